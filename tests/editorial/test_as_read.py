"""What the desk shows of a content is what readers are shown once it is live."""

import dataclasses

import pytest

from lessons.editorial import services
from lessons.editorial.enums import Kind
from lessons.editorial.queries import as_read
from lessons.editorial.queries.version import get_version
from lessons.guidance.queries import guide_page
from lessons.library.enums import QuestionKind
from lessons.library.queries import lesson_page, lesson_plan, pictures_of
from lessons.library.steps import steps_of_content
from lessons.library.store import content_of, held_content
from lessons.teaching.steps import steps_of

from .builders import a_guide_draft, lesson_content, live, question

pytestmark = pytest.mark.django_db


def without_numbers(value):
    """Of options and items, the database and a preview each have their own."""
    if isinstance(value, tuple):
        return tuple(without_numbers(one) for one in value)
    if dataclasses.is_dataclass(value):
        return {f.name: without_numbers(getattr(value, f.name)) for f in dataclasses.fields(value) if f.name != "pk"}
    return value


@pytest.fixture
def lesson(desk):
    worry = question(QuestionKind.WORRY)
    version = live(desk.writer, desk.reviewer, questions=(*lesson_content().questions, worry))
    return get_version(Kind.LESSONS, version.lesson.slug, 1)


def test_a_pupil_goes_through_the_same_steps(lesson):
    content = held_content(lesson)
    shown = steps_of_content(content, pictures_of(content))

    assert without_numbers(shown) == without_numbers(steps_of(lesson))
    pks = [option.pk for step in shown if step.question and step.moment == "before" for option in step.question.options]
    assert len(pks) == len(set(pks))


def test_a_teacher_and_a_visitor_read_the_same_page_and_plan(lesson):
    page = lesson_page(lesson.lesson.slug)
    for reading in (as_read.for_teachers, as_read.for_visitors):
        shown = reading(lesson, held_content(lesson))
        assert shown.lesson == page
        assert shown.plan == lesson_plan(page)


def test_a_parent_reads_the_same_guide(desk):
    draft = services.submit_version(actor=desk.writer, version=a_guide_draft(desk.writer))
    approved = services.approve_version(actor=desk.reviewer, version=draft, number=1)
    version = services.publish_version(actor=desk.reviewer, version=approved)

    page = guide_page(version.guide.slug)
    # Where it stands in each language is known once it is live.
    assert as_read.of_guide(version, content_of(version)).guide == dataclasses.replace(
        page, url="", pages=(), published_at=None, changed_at=None
    )
