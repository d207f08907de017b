"""Schools with a page for parents, and lessons that their years meet."""

import datetime

from django.utils import timezone

from lessons.library.enums import GuideKind, GuideSectionKind, LessonSectionKind
from lessons.library.models import GuideSection, GuideVersion, LessonSection, LessonVersion, Topic
from lessons.teaching.models import Assignment
from safeguarding.schools.models import School, SchoolClass
from tests.factories import (
    AssignmentFactory,
    GuideFactory,
    GuideVersionFactory,
    LessonFactory,
    LessonVersionFactory,
    SchoolClassFactory,
    TermFactory,
    TopicFactory,
    make_live,
)

TALK = (
    "<ol><li><strong>Through a story.</strong> “What would you do?”</li><li>Second way.</li><li>Third way.</li>"
    "<li>Fourth way.</li></ol><p>Choose a quiet time.</p>"
)


def day(number: int = 0) -> datetime.date:
    """Counted from today."""
    return timezone.localdate() + datetime.timedelta(days=number)


def open_page(school: School, languages: str = "") -> School:
    school.has_parents_page, school.languages = True, languages
    school.save()
    return school


def term_now(school: School) -> None:
    """From a month ago to a month ahead, but not beyond the school year in which today lies."""
    first = max(day(-30), datetime.date(school.year_of(day()), school.year_begins_month, 1))
    TermFactory(school=school, name="This term", starts_on=first, ends_on=day(30))


def year(school: School, year_group: str = "Year 8", name: str = "", **fields: object) -> SchoolClass:
    named = {"name": name} if name else {}
    return SchoolClassFactory(school=school, year_group=year_group, **named, **fields)


def lesson(title: str, *, note: str = "Ask about the story.", topic: Topic | None = None) -> LessonVersion:
    version = make_live(LessonVersionFactory(lesson=LessonFactory(topic=topic or TopicFactory()), title=title))
    LessonSection.objects.create(version=version, kind=LessonSectionKind.HOME_NOTE, body=f"<p>{note}</p>")
    return version


def set_for(school_class: SchoolClass, version: LessonVersion, opens: int = 0, due: int = 7, **fields) -> Assignment:
    return AssignmentFactory(school_class=school_class, version=version, opens_on=day(opens), due_on=day(due), **fields)


def topic_guide(title: str = "A guide", talk: str = TALK, source: GuideVersion | None = None, **fields) -> GuideVersion:
    if source:
        fields |= {"translation_of": source.guide, "topic": source.guide.topic}
    guide = GuideFactory(kind=GuideKind.TOPIC, **fields)
    version = GuideVersionFactory(guide=guide, title=title, translates=source)
    GuideSection.objects.create(version=version, kind=GuideSectionKind.TALK, body=talk)
    return make_live(version)
