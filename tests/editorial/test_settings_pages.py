"""Every kind of setting: the same list, the same form, the same way to take one away."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lessons.editorial import rules
from lessons.editorial.setting_kinds import SETTINGS, SettingKind
from lessons.library.models import Topic
from safeguarding.accounts.models import User
from safeguarding.audit.models import AuditEntry
from tests.factories import TopicFactory

from .settings_builders import MAKERS, address, filled, token

KINDS = list(SettingKind)
OPERATORS = {"topics", "bands", "band-words", "frameworks", "editions", "strands"}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("rights", "sees", "changes_all", "changes_some"),
    [
        ({}, False, False, False),
        ({"is_editor": True}, True, False, False),
        ({"is_reviewer": True}, True, False, True),
        ({"is_superuser": True}, True, True, True),
        ({"is_superuser": True, "is_editor": True}, True, True, True),
        ({"is_superuser": True, "is_reviewer": True, "is_active": False}, False, False, False),
        ({"is_staff": True}, False, False, False),
    ],
)
def test_who_may_do_what(kind, rights, sees, changes_all, changes_some):
    user = User(**rights)

    assert rules.can_see_settings(user) is sees
    assert rules.can_operate(user) is changes_all
    assert rules.can_change_setting(user, SETTINGS[kind]) is (changes_all if kind in OPERATORS else changes_some)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_listed_and_read_by_the_desk_and_changed_by_who_may(desk, signed_in, client, kind):
    row = MAKERS[kind]()
    pages = [address(kind), address(kind, row)]
    changing = [address(kind, page="new"), address(kind, row, "remove")]

    for url in [*pages, *changing]:
        assert client.get(url).status_code == 302
        assert signed_in(desk.stranger).get(url).status_code == 403
        assert signed_in(desk.operator).get(url).status_code == 200
    for who, status in ((desk.writer, 403), (desk.reviewer, 403 if kind in OPERATORS else 200)):
        reader = signed_in(who)
        assert [reader.get(url).status_code for url in pages] == [200, 200]
        assert [reader.get(url).status_code for url in changing] == [status, status]
        assert reader.post(pages[0]).status_code == 405
    assert signed_in(desk.writer).post(address(kind, row), {"name": "X"}).status_code == 403
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("kind", KINDS)
def test_saving_what_was_not_touched_changes_and_records_nothing(desk, signed_in, kind):
    row = MAKERS[kind]()
    before = token(kind, row)
    client = signed_in(desk.operator)

    assert client.post(address(kind, row), filled(client, address(kind, row))).status_code == 302
    assert token(kind, row) == before
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_list_says_what_to_do_and_an_empty_form_what_is_missing(desk, signed_in, kind):
    client = signed_in(desk.operator)

    assert "There are none yet" in client.get(address(kind)).content.decode()
    assert "There are none yet" in signed_in(desk.writer).get(address(kind)).content.decode()
    answer = client.post(address(kind, page="new"), {})
    assert answer.status_code == 400
    assert "Please put this right" in answer.content.decode()
    assert not SETTINGS[kind].model.objects.exists()


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_there_is_not_found_and_odd_queries_break_nothing(desk, signed_in, kind):
    client = signed_in(desk.operator)

    assert client.get(f"/desk/settings/{kind}/987/").status_code == 404
    assert client.get(f"/desk/settings/{kind}/?words=%00%25&of=x&country=%00&only=what&page=-1").status_code == 200


@pytest.mark.parametrize(("kind", "name"), [("services", "topics"), ("strands", "bands")])
def test_a_number_that_no_database_holds_is_not_on_offer(desk, signed_in, kind, name):
    client, where = signed_in(desk.operator), address(kind, MAKERS[kind]())
    answer = client.post(where, {**filled(client, where), name: "9" * 30})

    assert answer.status_code == 400
    assert name in answer.context["form"].errors


def test_a_second_save_is_shown_both(desk, signed_in):
    topic = TopicFactory()
    client = signed_in(desk.operator)
    mine = filled(client, address("topics", topic)) | {"name": "Mine", "summary": "Mine too."}
    theirs = filled(client, address("topics", topic)) | {"name": "Theirs"}
    assert signed_in(desk.chief).post(address("topics", topic), theirs).status_code == 302

    answer = client.post(address("topics", topic), mine)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert 'value="Mine"' in html
    assert "Name: saved by Cleo Chief</p><p>Theirs" in html
    assert Topic.objects.get().name == "Theirs"
    again = client.post(address("topics", topic), mine | {"token": answer.context["token"]})
    assert again.status_code == 302
    assert Topic.objects.get().name == "Mine"


def test_an_address_is_made_from_the_name_and_stays(desk, signed_in):
    client = signed_in(desk.operator)
    data = {"name": "Sharing photos", "summary": "What to do.", "least_age": 7, "position": 0}
    client.post(address("topics", page="new"), data)
    topic = Topic.objects.get()
    assert topic.slug == "sharing-photos"

    client.post(
        address("topics", topic), filled(client, address("topics", topic)) | {"slug": "other", "name": "Photos"}
    )
    topic.refresh_from_db()
    assert (topic.name, topic.slug) == ("Photos", "sharing-photos")
    twice = client.post(address("topics", page="new"), data)
    assert twice.status_code == 400
    assert "already exists" in twice.content.decode()


def test_each_change_stands_in_the_audit_with_what_was_before(desk, signed_in):
    client = signed_in(desk.operator)
    topic = TopicFactory(name="Photos")
    client.post(address("topics", topic), filled(client, address("topics", topic)) | {"name": "Pictures"})
    reader = signed_in(desk.reviewer)

    entry = AuditEntry.objects.get()
    assert (entry.actor_name, entry.action, entry.object_type) == ("Ola Operator", "changed", "topic")
    assert entry.reason == "name: Photos → Pictures"
    audit = reader.get(f"/desk/audit/?kind=topic&item=topic-{topic.pk}").content.decode()
    assert f'<a href="{address("topics", topic)}">Pictures</a>' in audit
    assert '<option value="topic" selected>Topics</option>' in audit
    assert "name: Photos → Pictures" in reader.get(address("topics", topic)).content.decode()

    client.post(address("topics", topic, "remove"), {"token": token("topics", topic)})
    assert not Topic.objects.exists()
    assert "Pictures (no longer there)" in reader.get("/desk/audit/?kind=topic").content.decode()


def test_the_cards_count_what_there_is(desk, signed_in):
    for make in MAKERS.values():
        make()
    answer = signed_in(desk.operator).get("/desk/settings/")
    html = answer.content.decode()

    assert {card.setting.kind: card.count for card in answer.context["cards"]}[SettingKind.TOPICS] == 1
    assert "People and roles" in html
    assert "1 to be verified" in html
    assert "People and roles" not in signed_in(desk.writer).get("/desk/settings/").content.decode()
    assert 'href="/desk/settings/"' in signed_in(desk.operator).get("/account/").content.decode()


@pytest.mark.parametrize("kind", ["topics", "services", "strands", "units"])
def test_a_list_takes_as_many_queries_for_many(desk, signed_in, kind):
    client = signed_in(desk.operator)
    MAKERS[kind]()

    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(address(kind))
        return len(captured)

    few = queries()
    model = SETTINGS[kind].model
    row = model.objects.get()
    for number in range(60):
        row.pk, row.slug = None, f"row-{number}"
        row.save(force_insert=True)
    assert model.objects.count() == 61
    assert queries() == few <= 12


@pytest.mark.parametrize("kind", KINDS)
def test_every_way_to_add_one_reads_as_english(desk, signed_in, kind):
    page = signed_in(desk.operator).get(address(kind, page="new")).text

    assert f"Add {'an edition' if kind == 'editions' else f'a {SETTINGS[kind].word}'}" in page
    assert ">---------<" not in page
