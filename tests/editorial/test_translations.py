"""A lesson or guide in another language: begun, reviewed by itself, and kept beside its source."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from lessons.editorial import services
from lessons.editorial.checks import blocking, check, load_reference
from lessons.editorial.errors import EditorialError, NotAllowed, SlugTaken, WarningsLeft, WrongStatus
from lessons.editorial.queries.needs import Need, in_need
from lessons.editorial.queries.warnings import judged_warnings, open_warnings
from lessons.library.content import ObjectiveContent
from lessons.library.models import Guide, Lesson, LessonVersion
from lessons.library.queries import coverage, evidence_map, school_words, source_page
from lessons.library.store import content_of
from safeguarding.audit.models import AuditEntry
from tests.dashboards.builders import set_lesson
from tests.factories import (
    FindingFactory,
    GuideFactory,
    GuideVersionFactory,
    LessonFactory,
    LessonVersionFactory,
    make_live,
)

from . import builders
from .builders import item_of
from .pages import filled, url


@pytest.fixture
def source(desk):
    """A lesson that is live."""
    return builders.live(desk.writer, desk.reviewer)


def translated(desk, source, language="cy"):
    return services.start_translation(actor=desk.writer, identity=source.identity, language=language)


def published(desk, draft):
    """Through a review of its own."""
    submitted = services.submit_version(actor=desk.writer, version=draft)
    content = content_of(submitted)
    for warning in open_warnings(judged_warnings(submitted, content, check(content, load_reference()))):
        reason = "I read it fluently."
        services.accept_warning(actor=desk.reviewer, version=submitted, key=warning.key, reason=reason)
    approved = services.approve_version(actor=desk.reviewer, version=submitted, number=submitted.number)
    return services.publish_version(actor=desk.reviewer, version=approved)


def changed(desk, source, title="The funny photo, again"):
    draft = services.start_draft(actor=desk.writer, identity=source.identity)
    type(draft).objects.filter(pk=draft.pk).update(title=title)
    return published(desk, draft)


def needy(kind=LessonVersion):
    return [version.title for version in in_need(kind.objects, Need.TRANSLATION)]


@pytest.mark.parametrize("language", ["cy", "ur"])
def test_a_translation_is_an_item_of_its_own_that_begins_as_a_copy_of_what_is_live(desk, source, language):
    draft = translated(desk, source, language)
    lesson, held = draft.lesson, content_of(draft)

    assert (lesson.slug, lesson.language) == (f"the-funny-photo-{language}", language)
    assert lesson.translation_of == source.lesson
    assert draft.translates == source
    assert (lesson.topic_id, lesson.band_id, lesson.owner) == (
        source.lesson.topic_id,
        source.lesson.band_id,
        desk.writer,
    )
    assert (draft.state, draft.author) == ("draft", desk.writer)
    assert held.sections == content_of(source).sections
    assert held.translation.of == "the-funny-photo"
    entry = AuditEntry.objects.get(object_type="lesson", object_id=lesson.pk)
    assert (entry.action, entry.actor_name) == ("began", "Wanda Writer")
    assert "A translation of “the-funny-photo” into" in entry.reason


def test_a_guide_can_be_translated_too(desk):
    guide = builders.a_guide_draft(desk.writer)
    source = published(desk, guide)
    draft = translated(desk, source, "fr")

    assert (draft.guide.slug, draft.guide.kind) == ("sharing-photos-fr", source.guide.kind)
    assert (draft.guide.age_from, draft.guide.age_to) == (source.guide.age_from, source.guide.age_to)


@pytest.mark.parametrize("language", ["en-gb", "xx", ""])
def test_a_language_that_cannot_be_chosen_is_refused(desk, source, language):
    with pytest.raises(EditorialError, match="Choose the language"):
        translated(desk, source, language)


def test_there_is_one_translation_into_a_language_and_none_of_a_translation(desk, source):
    welsh = translated(desk, source)
    with pytest.raises(WrongStatus, match="a translation into Welsh already"):
        translated(desk, source)
    with pytest.raises(WrongStatus, match="a translation itself"):
        translated(desk, welsh, "nl")
    assert Lesson.objects.count() == 2


def test_what_is_not_live_is_not_translated_and_only_editors_begin(desk):
    draft = builders.a_draft(desk.writer)
    with pytest.raises(WrongStatus, match="Nothing of this is live"):
        translated(desk, draft)
    with pytest.raises(NotAllowed):
        services.start_translation(actor=desk.reviewer, identity=draft.identity, language="cy")


def test_an_address_that_is_taken_is_refused_and_nothing_is_left(desk, source):
    LessonFactory(slug="the-funny-photo-cy")
    with pytest.raises(SlugTaken):
        translated(desk, source)
    assert not source.lesson.translations.exists()


def test_a_long_address_is_cut_so_that_the_language_fits(desk):
    source = make_live(LessonVersionFactory(lesson=LessonFactory(slug="a-" * 39 + "ab")))

    assert translated(desk, source).lesson.slug == "a-" * 38 + "a-cy"


def test_the_database_refuses_a_second_one_in_a_language_and_one_of_itself(db):
    guide = GuideFactory()
    GuideFactory(language="cy", translation_of=guide)
    with pytest.raises(IntegrityError), transaction.atomic():
        GuideFactory(language="cy", translation_of=guide)
    with pytest.raises(IntegrityError), transaction.atomic():
        Guide.objects.filter(pk=guide.pk).update(translation_of=guide.pk)


def test_each_has_its_own_review(desk, source):
    welsh = translated(desk, source)
    submitted = services.submit_version(actor=desk.writer, version=welsh)
    with pytest.raises(NotAllowed):
        services.approve_version(actor=desk.writer, version=submitted, number=1)
    with pytest.raises(WarningsLeft):  # until somebody who reads it says that they have
        services.approve_version(actor=desk.reviewer, version=submitted, number=1)
    assert published(desk, translated(desk, source, "nl")).is_live
    assert item_of(source).live_version == source


def test_the_words_of_another_language_are_not_checked_and_one_warning_says_so(desk, source):
    welsh = content_of(translated(desk, source))
    odd = ObjectiveContent("Stranger danger, 1 in 8.", "Gallaf ofyn.")
    problems = check(builders.lesson_content(language="cy", objectives=(odd,)), load_reference())

    assert not blocking(problems)
    assert [p.message for p in problems] == ["Not checked in Welsh: words to avoid, figures, length and reading age."]
    assert not blocking(check(welsh, load_reference()))
    without = builders.lesson_content(language="cy", objectives=())
    assert [p.message for p in blocking(check(without, load_reference()))] == ["A lesson has one to six objectives."]
    assert blocking(check(builders.lesson_content(objectives=(odd,)), load_reference()))


def test_a_source_that_has_changed_since_flags_its_translations_until_they_are_brought_up_to_date(desk, source):
    welsh = published(desk, translated(desk, source))
    published(desk, translated(desk, source, "nl"))
    assert needy() == []

    newer = changed(desk, source)
    assert len(needy()) == 2

    draft = services.start_draft(actor=desk.second, identity=welsh.identity)
    assert draft.translates == source
    confirmed = services.confirm_translation(actor=desk.second, version=draft, number=newer.number)
    assert confirmed.translates == newer
    assert desk.second in confirmed.contributors.all()
    entry = AuditEntry.objects.get(action="brought up to date")
    assert (entry.actor_name, entry.version_number) == ("Sven Second", 2)
    assert entry.reason == "With version 2 of “The funny photo, again”."
    assert len(needy()) == 2

    published(desk, confirmed)
    assert [version.lesson.language for version in in_need(LessonVersion.objects, Need.TRANSLATION)] == ["nl"]


def test_a_translation_of_which_nobody_noted_the_version_waits_too(desk, source):
    welsh = published(desk, translated(desk, source))
    LessonVersion.objects.filter(pk=welsh.pk).update(translates=None)

    assert needy() == [welsh.title]


def test_only_an_editor_confirms_a_draft_with_the_version_that_is_live_now(desk, source):
    draft = translated(desk, source)
    newer = changed(desk, source)
    with pytest.raises(NotAllowed):
        services.confirm_translation(actor=desk.reviewer, version=draft, number=newer.number)
    with pytest.raises(WrongStatus, match="You have read version 1 of the source; version 2 is live by now"):
        services.confirm_translation(actor=desk.writer, version=draft, number=1)
    with pytest.raises(WrongStatus, match="no live version"):
        services.confirm_translation(actor=desk.writer, version=builders.a_draft(desk.writer), number=1)
    submitted = services.submit_version(actor=desk.writer, version=draft)
    with pytest.raises(WrongStatus):
        services.confirm_translation(actor=desk.writer, version=submitted, number=2)
    draft.refresh_from_db()
    assert draft.translates == source


def test_saying_it_twice_is_recorded_once(desk, source):
    draft = translated(desk, source)
    services.confirm_translation(actor=desk.writer, version=draft, number=1)

    assert not AuditEntry.objects.filter(action="brought up to date").exists()


def test_what_counts_lessons_and_guides_counts_each_once(desk, client):
    finding = FindingFactory(code="F900")
    lesson, guide = make_live(LessonVersionFactory()), make_live(GuideVersionFactory())
    for version in (lesson, guide):
        version.findings.add(finding)
        for language in ("cy", "ur"):
            copy = make_live(translated(desk, version, language))
            assert list(copy.findings.all()) == [finding]

    assert coverage(school_words(None)).lesson_count == 1
    line = next(f for f in source_page(finding.source.code).findings if f.code == "F900")
    assert (line.lesson_count, line.guide_count) == (1, 1)
    assert not evidence_map().lessons_without
    assert client.get("/lessons/").context["page_obj"].paginator.count == 1


# The pages


def test_an_editor_translates_with_a_button_and_lands_in_the_draft(desk, source, signed_in):
    client = signed_in(desk.writer)
    page = client.get(url(source, "x")[:-2]).text
    assert "English, and no other language yet." in page
    assert '<option value="cy">Welsh (Cymraeg)</option>' in page
    assert '<option value="en-gb">' not in page

    response = client.post(url(source, "translate"), {"language": "cy"}, follow=True)
    assert response.redirect_chain[-1][0] == "/desk/lessons/the-funny-photo-cy/1/"
    assert "This is the draft in Welsh." in response.text
    assert "Welsh (Cymraeg). Translates version 1 of" in response.text
    assert "Up to date with its source" in response.text
    assert '<option value="cy">' not in client.get(url(source, "x")[:-2]).text


def test_a_refusal_comes_back_on_the_page_with_its_reason(desk, source, signed_in):
    response = signed_in(desk.writer).post(url(source, "translate"), {"language": "tlh"})
    assert response.status_code == 400
    assert "Choose the language into which it is translated from the list." in response.text
    assert signed_in(desk.reviewer).post(url(source, "translate"), {"language": "cy"}).status_code == 403
    assert Lesson.objects.count() == 1


def test_the_difference_between_what_was_translated_and_what_is_live_is_shown(desk, source, signed_in):
    draft = translated(desk, source)
    client = signed_in(desk.writer)
    assert "Nothing: it was translated from version 1, which is live." in client.get(url(draft, "source-changes")).text

    newer = changed(desk, source)
    overview = client.get(url(draft, "x")[:-2]).text
    assert "Source has changed since" in overview
    assert "The source is at version 2 now" in overview
    html = client.get(url(draft, "source-changes")).text
    assert "It was translated from version 1; version 2 is live now." in html
    assert "photo, again<span" in html
    assert "I have brought the translation up to version 2" in html

    response = client.post(url(draft, "confirm-translation"), {"number": newer.number}, follow=True)
    assert "Noted: this draft says the same as the source does now." in response.text
    assert "Up to date with its source" in response.text


def test_whoever_may_not_confirm_is_told_why_there_is_no_button(desk, source, signed_in):
    welsh = published(desk, translated(desk, source))
    changed(desk, source)
    assert "start a new version of it" in signed_in(desk.writer).get(url(welsh, "source-changes")).text
    draft = services.start_draft(actor=desk.writer, identity=welsh.identity)
    html = signed_in(desk.reviewer).get(url(draft, "source-changes")).text
    assert "An editor can say here" in html
    assert "I have brought" not in html
    assert signed_in(desk.reviewer).post(url(draft, "confirm-translation"), {"number": 2}).status_code == 403
    assert signed_in(desk.writer).post(url(draft, "confirm-translation"), {"number": "x"}).status_code == 409


def test_the_door_of_these_pages(desk, source, signed_in, client):
    draft = translated(desk, source)
    assert client.get(url(draft, "source-changes")).status_code == 302
    assert signed_in(desk.stranger).get(url(draft, "source-changes")).status_code == 403
    assert signed_in(desk.writer).post(url(draft, "source-changes")).status_code == 405
    assert signed_in(desk.writer).get(url(draft, "translate")).status_code == 405
    assert signed_in(desk.writer).get(url(draft, "confirm-translation")).status_code == 405
    assert signed_in(desk.writer).get(url(source, "source-changes")).status_code == 404


def test_the_desk_lists_what_waits_and_the_library_tells_languages_apart(desk, source, signed_in):
    published(desk, translated(desk, source))
    changed(desk, source)
    client = signed_in(desk.writer)

    html = client.get("/desk/").text
    assert "Translations whose source has changed since" in html
    slugs = [row.slug for row in client.get("/desk/?status=translation").context["page_obj"].object_list]
    assert slugs == ["the-funny-photo-cy"]
    rows = client.get("/desk/?language=cy").context["page_obj"].object_list
    assert [(row.slug, row.language_name) for row in rows] == [("the-funny-photo-cy", "Welsh")]
    assert len(client.get("/desk/").context["page_obj"].object_list) == 2
    assert 'href="/desk/lessons/the-funny-photo-cy/"' in client.get(url(source, "x")[:-2]).text


def test_the_place_of_a_translation_is_that_of_its_source(desk, source, signed_in):
    draft = translated(desk, source)
    LessonFactory(slug="other", topic__slug="other-topic", topic__least_age=5)
    client = signed_in(desk.writer)
    data = filled(client, url(draft, "basics"))
    client.post(url(draft, "basics"), {**data, "title": "Y llun doniol", "topic": "other-topic"})

    draft.refresh_from_db()
    assert (draft.title, draft.lesson.topic) == ("Y llun doniol", source.lesson.topic)


def test_what_the_pages_ask_of_the_database_does_not_grow(desk, source, signed_in):
    draft = translated(desk, source)
    newer = changed(desk, source)
    client = signed_in(desk.writer)

    def queries(address):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    few = queries(url(newer, "x")[:-2])
    assert queries(url(draft, "source-changes")) <= 8
    for language in ("nl", "fr", "pl", "ur", "ar", "ro", "so", "uk"):
        translated(desk, source, language)
    assert queries(url(newer, "x")[:-2]) == few <= 15
    assert queries(url(draft, "x")[:-2]) <= 16
    assert queries(url(draft, "source-changes")) <= 8


def test_what_is_withdrawn_takes_its_translations_with_it_and_no_other_item(desk, source, signed_in, client):
    welsh = published(desk, translated(desk, source))
    under_way = translated(desk, source, "nl")
    other = builders.live(desk.writer, desk.reviewer, slug="another")

    page = signed_in(desk.reviewer).get(url(source, "withdraw")).text
    services.withdraw_item(actor=desk.reviewer, identity=source.identity, reason="A picture shows too much.")

    assert "withdrawn with it: Welsh, Dutch." in page
    for lesson, status in ((source, 410), (welsh, 410), (other, 200)):
        assert client.get(f"/lessons/{lesson.identity.slug}/").status_code == status
    assert type(under_way).objects.get(pk=under_way.pk).state == "draft"
    assert AuditEntry.objects.filter(action="withdrew").count() == 2


def test_a_translation_is_withdrawn_alone(desk, source, client):
    welsh = published(desk, translated(desk, source))

    services.withdraw_item(actor=desk.reviewer, identity=welsh.identity, reason="One word is wrong.")

    assert client.get(f"/lessons/{welsh.identity.slug}/").status_code == 410
    assert client.get(f"/lessons/{source.identity.slug}/").status_code == 200


def test_before_a_withdrawal_the_classes_and_teachers_of_its_translations_are_counted_too(
    desk, source, cast, signed_in
):
    set_lesson(cast.anonymous_class, version=published(desk, translated(desk, source)))
    page = signed_in(desk.reviewer).get(url(source, "withdraw")).text

    assert "1 class has it open." in page
    assert "1 teacher is told by e-mail" in page
