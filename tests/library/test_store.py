import pytest

from lessons.library.content import GuideContent, LessonContent
from lessons.library.models import LessonVersion
from lessons.library.starter_files import STARTER, read_guide, read_lesson
from lessons.library.store import content_of, held_contents, write_content
from tests.factories import (
    FindingFactory,
    GuideVersionFactory,
    IllustrationFactory,
    LessonFactory,
    LessonVersionFactory,
)

pytestmark = pytest.mark.django_db


def a_draft() -> LessonVersion:
    return LessonVersionFactory(lesson=LessonFactory(slug="grooming-9-11", topic__slug="grooming", band__slug="9-11"))


def test_what_is_written_into_a_version_is_read_out_again():
    content = read_lesson(STARTER / "lessons" / "grooming-9-11.md")
    for code in content.findings:
        FindingFactory(code=code)
    for activity in content.activities:
        if activity.illustration:
            IllustrationFactory(slug=activity.illustration)
    draft = a_draft()

    write_content(draft, content)
    read = content_of(draft)

    assert isinstance(read, LessonContent)
    assert read.sections == content.sections
    assert read.activities == content.activities
    assert read.questions == content.questions
    assert set(read.findings) == set(content.findings)


def test_writing_the_same_again_changes_nothing():
    draft = a_draft()
    before = content_of(draft)

    write_content(draft, before)

    assert content_of(draft) == before


def test_a_long_lesson_is_read_in_as_many_queries_as_a_short_one(django_assert_num_queries):
    short = a_draft()
    long = LessonVersionFactory()
    write_content(long, read_lesson(STARTER / "lessons" / "grooming-11-14.md"))

    # Of a factory's draft some relations are empty, and an empty relation saves the query behind it.
    with django_assert_num_queries(4):
        content_of(short)
    with django_assert_num_queries(4):
        content_of(long)


def test_a_guides_content_does_not_go_into_a_lesson():
    guide = content_of(GuideVersionFactory())

    assert isinstance(guide, GuideContent)
    with pytest.raises(TypeError):
        write_content(a_draft(), guide)


def test_many_versions_are_read_at_once_and_each_keeps_its_own_words(django_assert_num_queries):
    lessons = [LessonVersionFactory() for _ in range(3)]
    guides = [GuideVersionFactory() for _ in range(2)]
    long, short = (read_lesson(STARTER / "lessons" / f"{name}.md") for name in ("grooming-11-14", "grooming-9-11"))
    guide = read_guide(STARTER / "guides" / "grooming.md")
    for version, content in zip([*lessons, *guides], [long, short, long, guide, guide], strict=True):
        write_content(version, content)

    with django_assert_num_queries(4):
        held = held_contents([*guides, *lessons])

    assert list(held) == [*guides, *lessons]
    assert all(held[version] == content_of(version) for version in held)
    assert held[lessons[0]].sections == long.sections
    assert held[lessons[1]].sections == short.sections
