"""All that readers meet now, as plain data."""

from django.db.models import Q
from django.utils import timezone

from lessons.library.content import Content
from lessons.library.models import GuideVersion, LessonVersion
from lessons.library.store import AnyVersion, held_contents


def live_contents() -> dict[AnyVersion, Content]:
    """Lessons and guides. Seven queries, however many there are."""
    lessons = LessonVersion.objects.live().select_related("lesson__topic", "lesson__band")
    guides = GuideVersion.objects.live().select_related("guide__topic")
    return held_contents([*lessons, *guides])


def live_or_planned_contents() -> dict[AnyVersion, Content]:
    """With those that go live by themselves later. Seven queries, however many there are."""
    has_not_ended = Q(live_until__isnull=True) | Q(live_until__gt=timezone.now())
    begins = Q(live_from__isnull=False) & has_not_ended
    lessons = LessonVersion.objects.filter(begins).select_related("lesson__topic", "lesson__band")
    guides = GuideVersion.objects.filter(begins).select_related("guide__topic")
    return held_contents([*lessons, *guides])
