"""How parents come to a guide, and where they are led once it is retired."""

import pytest

from lessons.editorial import services
from lessons.editorial.errors import NotAllowed, TooMuchToKeep, WrongSuccessor
from lessons.library.enums import GuideKind
from lessons.library.models import Guide
from safeguarding.audit.models import AuditEntry
from tests.factories import GuideFactory, GuideVersionFactory, LessonVersionFactory, make_live, retire

from .pages import url


def live_guide(slug, **fields):
    return make_live(GuideVersionFactory(guide=GuideFactory(slug=slug, **fields), title=slug.title())).guide


@pytest.fixture
def old(db):
    return live_guide("old")


def test_who_retires_a_guide_says_where_its_readers_are_led(desk, signed_in, client, old):
    new = live_guide("new")
    version = old.versions.get()
    reviewer = signed_in(desk.reviewer)
    assert "What should readers be led to?" in reviewer.get(url(version).removesuffix("/")).text
    answer = reviewer.post(url(version, "retire"), {"words": "Written anew.", "successor": str(new.pk)})
    assert answer.status_code == 302
    assert Guide.objects.get(pk=old.pk).successor == new
    entry = AuditEntry.objects.get(action="chose where its readers are led")
    assert (entry.object_id, entry.reason) == (old.pk, "new, in place of nowhere")
    assert client.get("/guidance/old/").headers["Location"] == "/guidance/new/"


def test_a_refused_retirement_leads_nobody_anywhere(desk, signed_in, old):
    new = live_guide("new")
    answer = signed_in(desk.reviewer).post(url(old.versions.get(), "retire"), {"words": "", "successor": str(new.pk)})
    assert answer.status_code == 400
    assert Guide.objects.get(pk=old.pk).successor is None


def test_it_can_be_changed_after_it_was_retired(desk, signed_in, old):
    new, version = live_guide("new"), old.versions.get()
    retire(version)
    reviewer = signed_in(desk.reviewer)
    assert reviewer.post(url(version, "successor"), {"successor": str(new.pk)}).status_code == 302
    assert Guide.objects.get(pk=old.pk).successor == new
    assert reviewer.post(url(version, "successor"), {"successor": ""}).status_code == 302
    assert Guide.objects.get(pk=old.pk).successor is None


@pytest.mark.parametrize("typed", ["0", "x", "\x00", "9" * 400])
def test_what_is_not_on_the_list_is_refused_with_a_sentence(desk, signed_in, old, typed):
    answer = signed_in(desk.reviewer).post(url(old.versions.get(), "successor"), {"successor": typed})
    assert answer.status_code == 400
    assert "Choose one from the list, or nowhere." in answer.text


def test_only_reviewers_choose_it(desk, signed_in, old):
    new = live_guide("new")
    answer = signed_in(desk.writer).post(url(old.versions.get(), "successor"), {"successor": str(new.pk)})
    assert answer.status_code == 403
    assert Guide.objects.get(pk=old.pk).successor is None


def test_a_guide_leads_to_another_live_one_for_the_same_readers(desk, old):
    def choose(successor, guide=old):
        services.set_successor(actor=desk.reviewer, identity=guide, successor=successor)

    translation = GuideFactory(slug="old-cy", language="cy", translation_of=old)
    for itself in (old, translation):
        with pytest.raises(WrongSuccessor, match="cannot lead to itself"):
            choose(itself)
    with pytest.raises(WrongSuccessor, match="for other readers"):
        choose(live_guide("staff", kind=GuideKind.STAFF, topic=None))
    with pytest.raises(WrongSuccessor, match="Nothing of that guide is live"):
        choose(GuideFactory(slug="draft"))
    with pytest.raises(WrongSuccessor, match="A lesson leads nowhere"):
        choose(old, guide=make_live(LessonVersionFactory()).lesson)
    with pytest.raises(NotAllowed):
        services.set_successor(actor=desk.writer, identity=old, successor=None)


def test_editors_say_under_which_words_it_is_found(desk, signed_in, old):
    answer = signed_in(desk.writer).post(
        url(old.versions.get(), "search-words"), {"search_words": " snap ,\nsnap, chat "}
    )
    assert answer.status_code == 302
    assert Guide.objects.get(pk=old.pk).search_words == "snap, chat"
    assert AuditEntry.objects.get(action="changed the search words").reason == "snap, chat, in place of none"


def test_too_many_words_are_refused_and_nothing_is_kept(desk, signed_in, old):
    answer = signed_in(desk.writer).post(url(old.versions.get(), "search-words"), {"search_words": "x" * 1_001})
    assert answer.status_code == 400
    assert "there is room for 1,000 characters" in answer.text
    with pytest.raises(TooMuchToKeep):
        services.set_search_words(actor=desk.writer, identity=old, words="x" * 1_001)
    with pytest.raises(NotAllowed):
        services.set_search_words(actor=desk.reviewer, identity=old, words="x")
    assert Guide.objects.get(pk=old.pk).search_words == ""
