"""All that readers meet now, as plain data."""

from lessons.library.content import Content
from lessons.library.enums import Status
from lessons.library.models import GuideVersion, LessonVersion
from lessons.library.store import AnyVersion, held_contents


def live_contents() -> dict[AnyVersion, Content]:
    """Lessons and guides. Seven queries, however many there are."""
    lessons = LessonVersion.objects.filter(status=Status.LIVE).select_related("lesson__topic", "lesson__band")
    guides = GuideVersion.objects.filter(status=Status.LIVE).select_related("guide__topic")
    return held_contents([*lessons, *guides])
