"""Who looks after an item: chosen on the page of any of its versions, recorded, and a filter of the library."""

import pytest

from lessons.editorial import services
from lessons.editorial.errors import EditorialError, NotAllowed
from safeguarding.audit.models import AuditEntry
from tests.factories import GuideVersionFactory, LessonVersionFactory, UserFactory, make_live

from .builders import a_draft, item_of
from .pages import url


def page_of(version):
    return url(version).removesuffix("/")


def choose(client, version, owner):
    return client.post(url(version, "owner"), {"owner": str(owner.pk) if owner else ""})


@pytest.mark.parametrize("factory", [LessonVersionFactory, GuideVersionFactory])
@pytest.mark.parametrize("who", ["writer", "reviewer"])
def test_editors_and_reviewers_choose_who_looks_after_it(desk, signed_in, who, factory):
    version = make_live(factory())
    answer = choose(signed_in(getattr(desk, who)), version, desk.second)

    assert answer.status_code == 302
    assert item_of(version).owner == desk.second


@pytest.mark.parametrize(("who", "status"), [("operator", 403), ("stranger", 403), (None, 302)])
def test_nobody_else_does(desk, signed_in, client, who, status):
    draft = a_draft(desk.writer)
    presser = signed_in(getattr(desk, who)) if who else client

    assert choose(presser, draft, desk.second).status_code == status
    assert item_of(draft).owner == desk.writer


def test_it_is_not_chosen_by_a_link(desk, signed_in):
    assert signed_in(desk.writer).get(url(a_draft(desk.writer), "owner")).status_code == 405


def test_the_service_refuses_who_is_not_at_the_desk(desk):
    draft = a_draft(desk.writer)

    with pytest.raises(NotAllowed):
        services.set_owner(actor=desk.operator, identity=draft.identity, owner=desk.second)
    with pytest.raises(EditorialError, match="Tess Teacher is neither an editor nor a reviewer now"):
        services.set_owner(actor=desk.writer, identity=draft.identity, owner=desk.stranger)
    assert item_of(draft).owner == desk.writer


def test_only_those_at_the_desk_are_on_offer(desk, signed_in):
    UserFactory(name="Gone Editor", is_editor=True, is_active=False)
    form = signed_in(desk.writer).get(page_of(a_draft(desk.writer))).context["owner_form"]

    offered = [label for _, label in form.fields["owner"].choices]
    assert "Sven Second" in offered
    assert "Rui Reviewer" in offered
    assert not {"Gone Editor", "Tess Teacher", "Ola Operator"} & set(offered)
    assert form["owner"].value() == str(desk.writer.pk)


@pytest.mark.parametrize("typed", ["0", "x", "²", "9" * 5_000, "\x00"])
def test_somebody_who_is_not_on_offer_is_refused_with_a_sentence(desk, signed_in, typed):
    draft = a_draft(desk.writer)
    answer = signed_in(desk.writer).post(url(draft, "owner"), {"owner": typed})

    assert answer.status_code == 400
    assert "Choose from the list." in answer.content.decode()
    assert item_of(draft).owner == desk.writer


def test_the_change_is_told_in_the_history(desk, signed_in):
    draft = a_draft(desk.writer)
    client = signed_in(desk.writer)
    choose(client, draft, desk.second)
    choose(client, draft, None)
    html = client.get(page_of(draft)).content.decode()

    assert "Wanda Writer chose who looks after it: Sven Second, in place of Wanda Writer" in html
    assert "Wanda Writer chose who looks after it: nobody, in place of Sven Second" in html
    assert item_of(draft).owner is None


def test_choosing_the_same_person_again_records_nothing(desk, signed_in):
    draft = a_draft(desk.writer)
    entries = AuditEntry.objects.count()

    assert choose(signed_in(desk.writer), draft, desk.writer).status_code == 302
    assert AuditEntry.objects.count() == entries


def test_an_owner_who_has_left_is_shown_as_one(desk, signed_in):
    draft = a_draft(desk.second)
    desk.second.is_editor = False
    desk.second.save()

    assert "Sven Second, who is not at the desk any more" in signed_in(desk.writer).get(page_of(draft)).content.decode()


@pytest.mark.parametrize(
    ("query", "titles"), [("?owner=me", ["Mine", "Mine too"]), ("?owner=nobody", ["Nobody’s"]), ("?owner=x", None)]
)
def test_the_library_shows_what_is_looked_after_by_me_or_by_nobody(desk, signed_in, query, titles):
    make_live(LessonVersionFactory(title="Mine", lesson__owner=desk.writer))
    GuideVersionFactory(title="Mine too", guide__owner=desk.writer)
    make_live(GuideVersionFactory(title="Another’s", guide__owner=desk.second))
    LessonVersionFactory(title="Nobody’s")
    page = signed_in(desk.writer).get(f"/desk/{query}")

    everything = ["Another’s", "Mine", "Mine too", "Nobody’s"]
    assert [row.title for row in page.context["page_obj"].object_list] == (titles or everything)
