"""Who may do what to the library: operators give and take it, one of them is always left, and the audit keeps it."""

import re
from unittest import mock

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from lessons.editorial.errors import EditedMeanwhile, EditorialError, NotAllowed
from lessons.editorial.queries.desk_people import token_of_person
from lessons.editorial.services.people import Roles, add_person, change_roles, held_roles
from safeguarding.accounts.models import User
from safeguarding.audit.models import AuditEntry
from tests.factories import LessonFactory, UserFactory

PEOPLE = "/desk/settings/people/"
NEW = "a long new password 7"


def page_of(person):
    return f"{PEOPLE}{person.pk}/"


def names(answer):
    return [line.name for line in answer.context["page_obj"].object_list]


def sent(person, **ticks):
    return {"token": token_of_person(person), **{name: "on" for name, tick in ticks.items() if tick}}


@pytest.mark.parametrize("who", ["writer", "reviewer", "both", "stranger"])
def test_people_are_for_operators_alone(desk, signed_in, client, who):
    person = signed_in(getattr(desk, who))

    for url in (PEOPLE, f"{PEOPLE}new/", page_of(desk.writer)):
        assert client.get(url).status_code == 302
        assert person.get(url).status_code == 403
        assert signed_in(desk.operator).get(url).status_code == 200
    assert person.post(page_of(desk.writer), sent(desk.writer, is_active=True)).status_code == 403
    assert person.post(f"{page_of(desk.writer)}invite/").status_code == 403
    with pytest.raises(NotAllowed):
        add_person(actor=getattr(desk, who), email="x@y.example", name="X", roles=Roles())
    assert not AuditEntry.objects.exists()
    assert signed_in(desk.operator).post(PEOPLE).status_code == 405


def test_somebody_is_added_by_e_mail_and_chooses_a_password(desk, signed_in):
    data = {"email": "New@Desk.example", "name": "Nia New", "is_reviewer": "on"}
    answer = signed_in(desk.operator).post(f"{PEOPLE}new/", data, follow=True)

    person = User.objects.get(email="new@desk.example")
    assert (held_roles(person), person.has_usable_password()) == (Roles(is_reviewer=True), False)
    assert "lets them choose a password" in answer.content.decode()
    entry = AuditEntry.objects.get()
    assert (entry.actor_name, entry.action, entry.object_label) == ("Ola Operator", "added", "Nia New")
    assert entry.reason == "reviewer: given"
    assert "Invited" in signed_in(desk.operator).get(PEOPLE).content.decode()

    assert mail.outbox[0].to == ["new@desk.example"]
    link = re.search(r"http://testserver(/account/password/reset/key/\S+)", mail.outbox[0].body)
    new = Client()
    form = new.get(link[1], follow=True)
    new.post(form.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})
    person.refresh_from_db()
    assert person.check_password(NEW)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"email": "WANDA@desk.example"}, "Somebody signs in with this address already."),
        ({"email": "no address"}, "Type a whole e-mail address"),
        ({"name": ""}, "Type their name"),
    ],
)
def test_who_cannot_be_added_comes_back_with_a_sentence(desk, signed_in, changes, sentence):
    UserFactory(email="wanda@desk.example")
    data = {"email": "new@desk.example", "name": "Nia New", "is_reviewer": "on"}
    answer = signed_in(desk.operator).post(f"{PEOPLE}new/", data | changes)

    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert not User.objects.filter(name="Nia New").exists()
    assert not mail.outbox


def test_the_account_stands_where_the_message_fails_and_it_can_be_sent_again(desk, signed_in, caplog):
    client = signed_in(desk.operator)
    with mock.patch("django.core.mail.EmailMessage.send", side_effect=OSError("No box new@desk.example.")):
        answer = client.post(f"{PEOPLE}new/", {"email": "new@desk.example", "name": "Nia New"}, follow=True)
    assert "could not be sent. Try again later" in answer.content.decode()
    assert "could not be sent" in caplog.text
    assert "new@desk.example" not in caplog.text

    client.post(f"{page_of(User.objects.get(name='Nia New'))}invite/")
    assert len(mail.outbox) == 1


def test_roles_are_given_and_taken_away_and_an_account_is_closed(desk, signed_in):
    client, theirs = signed_in(desk.operator), signed_in(desk.writer)
    LessonFactory(owner=desk.writer)
    assert "They look after 1 lesson or guide." in client.get(page_of(desk.writer)).content.decode()
    client.post(page_of(desk.writer), sent(desk.writer, is_editor=True, is_reviewer=True, is_active=True))
    desk.writer.refresh_from_db()
    assert held_roles(desk.writer) == Roles(is_editor=True, is_reviewer=True)
    assert theirs.get("/desk/").status_code == 200

    client.post(page_of(desk.writer), sent(desk.writer, is_editor=True))
    desk.writer.refresh_from_db()
    assert held_roles(desk.writer) == Roles(is_editor=True, is_active=False)
    assert theirs.get("/desk/").status_code == 302
    assert names(client.get(f"{PEOPLE}?only=closed")) == ["Wanda Writer"]
    assert [entry.reason for entry in AuditEntry.objects.order_by("pk")] == [
        "reviewer: given",
        "reviewer: taken away; open account: taken away",
    ]
    assert f'href="{page_of(desk.writer)}"' in signed_in(desk.reviewer).get("/desk/audit/?kind=person").content.decode()


def test_an_operator_is_made_and_may_then_do_all_of_it(desk, signed_in):
    signed_in(desk.operator).post(page_of(desk.writer), sent(desk.writer, is_operator=True, is_active=True))
    desk.writer.refresh_from_db()

    assert desk.writer.is_superuser
    assert desk.writer.is_staff
    assert signed_in(desk.writer).get(PEOPLE).status_code == 200


@pytest.mark.parametrize("ticks", [{"is_active": True}, {"is_operator": True}, {"is_editor": True}])
def test_nobody_takes_their_own_last_rights_away(desk, signed_in, ticks):
    answer = signed_in(desk.operator).post(page_of(desk.operator), sent(desk.operator, **ticks))

    assert answer.status_code == 403
    assert "Ask another operator." in answer.content.decode()
    desk.operator.refresh_from_db()
    assert held_roles(desk.operator) == Roles(is_operator=True)


def test_a_second_change_of_the_same_person_is_told_what_the_first_did(desk, signed_in):
    began = sent(desk.writer, is_active=True)
    signed_in(desk.chief).post(page_of(desk.writer), sent(desk.writer, is_reviewer=True, is_active=True))
    answer = signed_in(desk.operator).post(page_of(desk.writer), began)

    assert answer.status_code == 409
    assert "Cleo Chief changed these rights meanwhile. What is saved now: reviewer." in answer.content.decode()


def test_a_list_shows_the_desk_or_everybody_and_takes_as_many_queries_for_many(desk, signed_in):
    client = signed_in(desk.operator)
    assert "Tess Teacher" not in names(client.get(PEOPLE))
    assert names(client.get(f"{PEOPLE}?only=everybody&words=tess")) == ["Tess Teacher"]
    assert "Nobody fits" in client.get(f"{PEOPLE}?words=nobody").content.decode()

    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(PEOPLE)
        return len(captured)

    few = queries()
    User.objects.bulk_create(User(email=f"p{n}@desk.example", name=f"P {n}", is_editor=True) for n in range(60))
    assert queries() == few <= 12


STEPS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 3), st.builds(Roles, *[st.booleans()] * 4)), min_size=1, max_size=12
)


class AnyChanges(TestCase):
    @settings(max_examples=25, deadline=None)
    @given(STEPS)
    def test_whatever_operators_do_to_each_other_one_who_can_sign_in_is_left(self, steps):
        people = [UserFactory(is_superuser=n < 2) for n in range(4)]
        for actor, person, roles in steps:
            before = User.objects.get(pk=people[person].pk)
            recorded = AuditEntry.objects.count()
            try:
                change_roles(
                    actor=people[actor], person=before, token=token_of_person(before), roles=roles
                )  # the actor as they were when they signed in
            except EditorialError:
                assert held_roles(User.objects.get(pk=before.pk)) == held_roles(before)
                assert AuditEntry.objects.count() == recorded
            else:
                assert held_roles(User.objects.get(pk=before.pk)) == roles
                assert AuditEntry.objects.count() - recorded == (held_roles(before) != roles)
            assert User.objects.filter(is_superuser=True, is_active=True).exists()


def test_an_operator_who_is_none_any_more_changes_nothing(desk):
    stale = User.objects.get(pk=desk.chief.pk)
    change_roles(actor=desk.operator, person=desk.chief, token=token_of_person(desk.chief), roles=Roles())

    with pytest.raises(NotAllowed):
        change_roles(actor=stale, person=desk.operator, token=token_of_person(desk.operator), roles=Roles())
    with pytest.raises(EditedMeanwhile):
        change_roles(actor=desk.operator, person=desk.chief, token="old", roles=Roles())
