from dataclasses import dataclass

from django.urls import reverse

from ..models import Lesson
from ..nearest import nearest


@dataclass(frozen=True)
class NearLesson:
    title: str
    url: str
    language: str


def near_lessons(asked: str) -> list[NearLesson]:
    """What somebody may have meant who came to an address at which no lesson ever stood. One query."""
    lessons = Lesson.objects.listed().sources()
    rows = {
        slug: (title, language)
        for slug, title, language in lessons.values_list("slug", "live_version__title", "language")
    }
    titles = {slug: title for slug, (title, _language) in rows.items()}
    return [
        NearLesson(rows[slug][0], reverse("library:lesson-detail", args=[slug]), rows[slug][1])
        for slug in nearest(asked, titles)
    ]
