"""A changed term of the glossary: what is live and holds it waits for a later version or for a reviewer."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lessons.editorial import services
from lessons.editorial.errors import EditorialError, NotAllowed, WrongStatus
from lessons.editorial.models import Flag
from lessons.editorial.queries.needs import Need
from lessons.editorial.services.flags import flag_term, keep_words
from lessons.editorial.services.starter import load_starter
from lessons.library.models import GlossaryTerm, Topic
from safeguarding.audit.models import AuditEntry
from tests.factories import LessonVersionFactory, make_live

from .builders import a_guide_draft, in_review, live
from .settings_builders import a_term, address, filled

TERM = {
    "term": "funny photo",
    "forms": "Funny photo\n\nfunny photos ",
    "term_class": "care",
    "audience": "everyone",
    "instead": "photo of somebody",
    "reason": "It is not always funny.",
    "source": "Our own advice",
}


@pytest.fixture
def published(desk):
    return live(desk.writer, desk.reviewer)  # “The funny photo”


def listed(client):
    return [(row.title, row.note) for row in client.get("/desk/").context["desk"].flagged.rows]


def found(client):
    return [row.title for row in client.get(f"/desk/?status={Need.GLOSSARY}").context["page_obj"].object_list]


def words_of(version):
    return f"/desk/lessons/{version.lesson.slug}/{version.number}/words/"


def test_a_new_term_flags_what_is_live_and_holds_it_wherever_it_stands(desk, signed_in, published):
    services.submit_version(actor=desk.writer, version=a_guide_draft(desk.writer))
    client = signed_in(desk.reviewer)
    answer = client.post(address("glossary", page="new"), TERM, follow=True)

    assert "It stands in 1 live or planned version: it waits on the desk." in answer.content.decode()
    assert GlossaryTerm.objects.get().forms == "funny photo\nfunny photos"
    assert listed(client) == [("The funny photo", "“funny photo”: write “photo of somebody”.")]
    assert found(client) == ["The funny photo"]
    assert "A changed glossary term stands in them" in client.get("/desk/").content.decode()
    page = client.get(words_of(published)).content.decode()
    for text in ("It is not always funny.", "Title", "Activity 1", "They are still right"):
        assert text in page


@pytest.mark.parametrize(
    ("changes", "flagged"),
    [
        ({"instead": "picture"}, True),
        ({"reason": "It hides who is hurt."}, True),
        ({"term_class": "avoid"}, True),
        ({"forms": "funny photo\nfunny pictures"}, True),
        ({"source": "Another report"}, False),
        ({"term_class": "use"}, False),
        ({"forms": "funny pictures"}, False),
        ({"audience": "teacher"}, True),
    ],
)
def test_a_term_that_changes_flags_what_it_is_still_found_in(desk, signed_in, published, changes, flagged):
    term = a_term(**TERM | {"forms": "funny photo"})
    client = signed_in(desk.reviewer)
    page = address("glossary", term)

    assert client.post(page, filled(client, page) | changes).status_code == 302
    assert bool(listed(client)) is flagged


def test_a_term_that_is_changed_back_or_removed_flags_nothing_any_more(desk, signed_in, published):
    term = a_term(**TERM)
    flag_term(term)
    client = signed_in(desk.reviewer)
    page = address("glossary", term)
    assert listed(client)
    client.post(page, filled(client, page) | {"term_class": "use"})
    assert not Flag.objects.exists()

    term.refresh_from_db()
    term.term_class = "care"
    term.save()
    flag_term(term)
    remove = client.get(address("glossary", term, "remove")).context["token"]
    client.post(address("glossary", term, "remove"), {"token": remove})
    assert listed(client) == found(client) == []


def test_a_version_that_is_live_later_leaves_the_list(desk, signed_in, published):
    flag_term(a_term(**TERM))
    client = signed_in(desk.reviewer)
    draft = services.start_draft(actor=desk.writer, identity=published.lesson)
    assert listed(client)
    GlossaryTerm.objects.update(term_class="use")  # or the checks would warn of it

    submitted = services.submit_version(actor=desk.writer, version=draft)
    approved = services.approve_version(actor=desk.reviewer, version=submitted, number=submitted.number)
    services.publish_version(actor=desk.reviewer, version=approved)
    assert listed(client) == found(client) == []


def test_what_is_planned_waits_from_the_moment_when_it_is_live(desk, published):
    later = timezone.now() + datetime.timedelta(days=2)
    type(published).objects.filter(pk=published.pk).update(live_from=later)
    in_review(desk.writer, slug="another-lesson")
    flag_term(a_term(**TERM))

    assert [flag.lesson_version for flag in Flag.objects.all()] == [published]


def test_a_reviewer_keeps_the_words_with_a_reason_that_stands_in_the_audit(desk, signed_in, published):
    flag_term(a_term(**TERM))
    client = signed_in(desk.reviewer)
    seen = [flag.pk for flag in client.get(words_of(published)).context["flags"]]
    empty = client.post(words_of(published), {"seen": seen, "reason": " "})
    assert empty.status_code == 400
    assert "Say why the words are still right" in empty.content.decode()
    assert client.post(words_of(published), {"seen": seen, "reason": "Pupils say it."}).status_code == 302

    assert listed(client) == []
    entry = AuditEntry.objects.first()
    assert (entry.actor_name, entry.action, entry.version_number) == ("Rui Reviewer", "kept the words of", 1)
    assert entry.reason == "“funny photo”: Pupils say it."
    again = client.post(words_of(published), {"seen": seen, "reason": "Pupils say it."})
    assert again.status_code == 409
    assert "Pupils say it." in again.content.decode()


def test_only_a_reviewer_keeps_words_and_only_those_that_they_have_read(desk, signed_in, client, published):
    term = a_term(**TERM)
    flag_term(term)
    page = words_of(published)
    seen = Flag.objects.get().pk
    assert client.get(page).status_code == 302
    assert signed_in(desk.stranger).get(page).status_code == 403
    editor = signed_in(desk.writer)
    assert "They are still right" not in editor.get(page).content.decode()
    assert editor.post(page, {"seen": seen, "reason": "Mine."}).status_code == 403
    assert signed_in(desk.writer).put(page).status_code == 405
    with pytest.raises(NotAllowed):
        keep_words(actor=desk.operator, version=published, seen=[seen], reason="So it is.")

    flag_term(term)  # it has changed again
    with pytest.raises(WrongStatus):
        keep_words(actor=desk.reviewer, version=published, seen=[seen], reason="So it is.")
    with pytest.raises(EditorialError):
        keep_words(actor=desk.reviewer, version=published, seen=[Flag.objects.get().pk], reason="")
    assert Flag.objects.count() == 1
    assert "No word of the glossary waits here." in (
        editor.get(words_of(make_live(LessonVersionFactory()))).content.decode()
    )


def test_the_words_are_found_and_listed_in_as_many_queries_for_many(desk, signed_in, published):
    client = signed_in(desk.reviewer)
    term = a_term(**TERM)

    def queries():
        with CaptureQueriesContext(connection) as finding:
            flag_term(term)
        with CaptureQueriesContext(connection) as listing:
            client.get("/desk/")
        return len(finding), len(listing)

    few = queries()
    GlossaryTerm.objects.update(term_class="use")  # or the checks would warn of it
    for number in range(5):
        live(desk.writer, desk.reviewer, slug=f"photo-{number}")
    GlossaryTerm.objects.update(term_class="care")
    assert (queries(), len(listed(client))) == (few, 6)
    assert few[0] <= 18
    assert few[1] <= 12


def test_terms_that_come_with_a_newer_starter_library_flag_what_was_live_before(desk, folder):
    for name in ("lessons", "guides"):
        for path in (folder / name).iterdir():
            path.unlink()
    load_starter(folder)
    live(desk.writer, desk.reviewer, slug="ours", topic=Topic.objects.first().slug)
    load_starter(folder)
    assert not Flag.objects.exists()  # nothing has changed

    term = "- term: funny photo\n  forms: [funny photo]\n  class: care\n  reason: Why.\n  source: Ours\n"
    glossary = folder / "glossary.yaml"
    glossary.write_text(glossary.read_text(encoding="utf-8") + term, encoding="utf-8")
    load_starter(folder)
    assert [flag.term.term for flag in Flag.objects.all()] == ["funny photo"]
