import dataclasses

import pytest

from lessons.editorial import services
from lessons.editorial.errors import EditedMeanwhile, NotAllowed, SlugTaken, WrongStatus
from lessons.editorial.parts import Part, token_of
from lessons.library.content import SectionContent
from lessons.library.models import Lesson
from lessons.library.store import content_of
from safeguarding.audit.models import AuditEntry
from tests.factories import AgeBandFactory, TopicFactory

from .builders import a_draft, in_review, live


def save(actor, version, part, token=None, **changes):
    token = token or token_of(content_of(version), part)
    return services.save_part(actor=actor, version=version, part=part, token=token, changes=changes)


def test_the_second_of_two_editors_is_told_and_the_first_ones_text_stays(desk):
    draft = a_draft(desk.writer)
    token = token_of(content_of(draft), Part.BASICS)
    save(desk.writer, draft, Part.BASICS, token, title="First")

    with pytest.raises(EditedMeanwhile, match="Wanda Writer saved this part"):
        save(desk.second, draft, Part.BASICS, token, title="Second")

    assert content_of(draft).title == "First"
    assert desk.second not in draft.contributors.all()


def test_two_editors_of_different_parts_do_not_disturb_each_other(desk):
    draft = a_draft(desk.writer)
    token = token_of(content_of(draft), Part.TEXT)
    save(desk.writer, draft, Part.BASICS, title="First")
    save(desk.second, draft, Part.TEXT, token, sections={})

    content = content_of(draft)
    assert (content.title, content.sections) == ("First", {})


def test_whoever_saves_a_change_counts_as_a_writer(desk):
    draft = a_draft(desk.writer)
    save(desk.second, draft, Part.BASICS, title="Another title")

    assert desk.second in draft.contributors.all()
    draft.refresh_from_db()
    assert draft.edited_by == desk.second


def test_saving_nothing_new_changes_nothing(desk):
    draft = a_draft(desk.writer)
    before = draft.edited_at
    save(desk.second, draft, Part.BASICS, title=content_of(draft).title)

    draft.refresh_from_db()
    assert draft.edited_at == before
    assert desk.second not in draft.contributors.all()


def test_what_was_submitted_is_never_edited_again(desk):
    with pytest.raises(WrongStatus, match="never edited again"):
        save(desk.writer, in_review(desk.writer), Part.BASICS, title="Too late")


@pytest.mark.parametrize("who", ["reviewer", "operator", "stranger"])
def test_writing_is_for_editors(desk, who):
    draft = a_draft(desk.writer)
    with pytest.raises(NotAllowed):
        save(getattr(desk, who), draft, Part.BASICS, title="Mine")


def test_the_topic_and_the_band_stay_once_something_has_been_published(desk):
    live(desk.writer, desk.reviewer)
    TopicFactory(slug="live-video")
    draft = a_draft(desk.writer)
    save(desk.writer, draft, Part.BASICS, topic="live-video")

    assert Lesson.objects.get().topic.slug == "image-sharing"


def test_script_is_cleaned_whatever_way_it_comes(desk):
    draft = a_draft(desk.writer)
    body = '<p onclick="steal()">Fine</p><script>steal()</script><a href="javascript:steal()">x</a>'
    save(desk.writer, draft, Part.TEXT, sections={"script": SectionContent("script", body)})

    stored = content_of(draft).sections["script"].body
    assert "Fine" in stored
    assert "steal" not in stored


def test_a_change_that_belongs_to_another_part_is_a_mistake_of_the_caller(desk):
    with pytest.raises(ValueError, match="do not belong"):
        save(desk.writer, a_draft(desk.writer), Part.BASICS, sections={})


def test_a_token_does_not_depend_on_the_order_of_the_sections(desk):
    content = content_of(a_draft(desk.writer))
    turned = dataclasses.replace(content, sections=dict(reversed(content.sections.items())))

    assert token_of(turned, Part.TEXT) == token_of(content, Part.TEXT)


def test_an_address_is_given_once(desk):
    values = {"topic": TopicFactory(), "band": AgeBandFactory(), "title": "Photos"}
    services.create_lesson(actor=desk.writer, slug="photos", **values)
    entries = AuditEntry.objects.count()

    with pytest.raises(SlugTaken, match="photos-2"):
        services.create_lesson(actor=desk.writer, slug="photos", **values)
    assert AuditEntry.objects.count() == entries


def test_there_is_one_version_under_way(desk):
    draft = a_draft(desk.writer)

    with pytest.raises(WrongStatus, match="Version 1 is under way"):
        services.start_draft(actor=desk.second, identity=draft.identity)


def test_a_new_draft_begins_as_a_copy(desk):
    first = live(desk.writer, desk.reviewer)
    second = services.start_draft(actor=desk.second, identity=first.identity)

    assert content_of(second) == content_of(first)
    assert list(second.contributors.all()) == [desk.second]
