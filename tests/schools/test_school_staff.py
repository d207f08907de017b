import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from safeguarding.accounts.models import User
from safeguarding.schools.enums import Role
from safeguarding.schools.models import Invitation, Membership
from tests.cast import Cast
from tests.factories import MembershipFactory, SchoolClassFactory, UserFactory

SignIn = Callable[..., Client]
URL, INVITE, OWN = "/school/staff/", "/school/staff/invite/", "/school/invitations/"
NIA = {"email": "Nia@Northfield.example", "name": "Nia New", "role": "teacher"}


@pytest.fixture
def lead(cast: Cast, signed_in: SignIn) -> Client:
    return signed_in(cast.lead)


def page(client: Client, url: str = URL) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def member_url(member: Membership) -> str:
    return f"{URL}{member.pk}/"


def without_what_changes(html: str) -> str:
    return re.sub(r"csrfmiddlewaretoken\" value=\"[^\"]+\"|invitations/\d+/", "", html)


def test_everybody_of_the_school_stands_there_with_their_classes(cast: Cast, lead: Client) -> None:
    html = page(lead)

    assert html.index("Lena Lead") < html.index("Cal Colleague") < html.index("Tess Teacher")
    assert "8A, 8B" in html
    assert "Otto Outsider" not in html


def test_whoever_is_new_gets_an_account_and_two_letters_and_joins_with_a_yes(
    cast: Cast, lead: Client, signed_in: SignIn
) -> None:
    answer = lead.post(INVITE, NIA, follow=True)

    nia = User.objects.get(email="nia@northfield.example")
    assert not nia.has_usable_password()
    assert "Nia New is invited" in answer.content.decode()
    assert not Membership.objects.filter(user=nia).exists()
    invitation, password = mail.outbox
    assert invitation.to == password.to == ["nia@northfield.example"]
    assert "http://testserver/school/invitations/" in invitation.body
    assert "/account/password/reset/key/" in password.body

    client = signed_in(nia)
    assert client.get("/teach/").status_code == 403
    assert "Northfield" in page(client, OWN)
    joined = client.post(f"{OWN}{Invitation.objects.get().pk}/accept/")

    assert joined.url == "/teach/"
    assert Membership.objects.get(user=nia).role == Role.TEACHER
    assert "Nia New" in page(lead)
    assert not Invitation.objects.exists()


def test_nobody_learns_whether_an_address_has_an_account_elsewhere(cast: Cast, lead: Client) -> None:
    lead.post(INVITE, NIA, follow=True)
    new = without_what_changes(page(lead))
    Invitation.objects.all().delete()
    User.objects.filter(email="nia@northfield.example").delete()
    mail.outbox.clear()

    MembershipFactory(
        school=cast.southfield, user=UserFactory(email="nia@northfield.example", name="Dr Nia Known", password="x")
    )
    answer = lead.post(INVITE, NIA, follow=True)

    assert "Nia New is invited" in answer.content.decode()
    assert without_what_changes(page(lead)) == new
    assert "Known" not in page(lead)
    assert "Nia New is invited" not in mail.outbox[0].body


def test_an_account_with_a_password_gets_the_invitation_alone(cast: Cast, lead: Client) -> None:
    cast.outsider.user.set_password("a long password of their own")
    cast.outsider.user.save()

    lead.post(INVITE, NIA | {"email": "OTTO@southfield.example"})

    assert [letter.to for letter in mail.outbox] == [["otto@southfield.example"]]
    assert "Nia" not in mail.outbox[0].body


def test_somebody_may_say_no(cast: Cast, lead: Client, signed_in: SignIn) -> None:
    lead.post(INVITE, NIA)
    nia = signed_in(User.objects.get(email="nia@northfield.example"))

    nia.post(f"{OWN}{Invitation.objects.get().pk}/decline/")

    assert not Invitation.objects.exists()
    assert Membership.objects.filter(school=cast.northfield).count() == 3


def test_an_invitation_is_taken_up_by_the_one_who_was_invited_only(cast: Cast, lead: Client, signed_in: SignIn) -> None:
    lead.post(INVITE, NIA | {"role": "lead"})
    pk = Invitation.objects.get().pk

    for who in (cast.teacher, cast.outsider, cast.editor):
        for answer in ("accept", "decline"):
            assert signed_in(who).post(f"{OWN}{pk}/{answer}/").status_code == 409
        assert "No invitation is waiting" in page(signed_in(who), OWN)
    assert Invitation.objects.count() == 1
    assert signed_in(cast.teacher).get(f"{OWN}{pk}/accept/").status_code == 405


def test_a_late_yes_takes_no_role_from_somebody_who_has_come_to_lead_the_school(
    cast: Cast, lead: Client, signed_in: SignIn
) -> None:
    lead.post(INVITE, NIA)
    invitation = Invitation.objects.get()
    nia = Membership.objects.create(user=invitation.user, school=cast.northfield, role="lead")
    lead.post(f"{member_url(cast.lead)}remove/")

    signed_in(nia).post(f"{OWN}{invitation.pk}/accept/")

    nia.refresh_from_db()
    assert nia.is_lead
    assert not Invitation.objects.exists()


def test_somebody_who_left_comes_back_to_the_same_place(cast: Cast, lead: Client, signed_in: SignIn) -> None:
    lead.post(f"{member_url(cast.teacher)}remove/")
    assert signed_in(cast.teacher).get("/teach/").status_code == 403

    lead.post(INVITE, NIA | {"email": "tess@northfield.example"})
    signed_in(cast.teacher).post(f"{OWN}{Invitation.objects.get().pk}/accept/")

    assert signed_in(cast.teacher).get(f"/teach/classes/{cast.named_class.pk}/").status_code == 200


@pytest.mark.parametrize(
    ("change", "status", "sentence"),
    [
        ({"email": "nobody"}, 400, "whole e-mail address"),
        ({"name": " "}, 400, "Type their name"),
        ({"role": "head"}, 400, "Choose one of the two roles"),
        ({"email": "TESS@northfield.example"}, 409, "on the list of staff already"),
        ({}, 409, "has been invited already"),
    ],
)
def test_an_invitation_that_cannot_be_is_refused_with_a_sentence(
    cast: Cast, lead: Client, change: dict[str, str], status: int, sentence: str
) -> None:
    lead.post(INVITE, NIA)
    mail.outbox.clear()

    answer = lead.post(INVITE, NIA | change)

    assert answer.status_code == status
    assert sentence in answer.content.decode()
    assert (Invitation.objects.count(), mail.outbox) == (1, [])


def test_the_letter_can_be_sent_again_but_not_in_a_loop(cast: Cast, lead: Client) -> None:
    lead.post(INVITE, NIA)
    url = f"{OWN}{Invitation.objects.get().pk}/send/"

    answers = [lead.post(url).status_code for _ in range(3)]

    assert answers == [302, 302, 429]
    assert "Wait an hour" in lead.post(url).content.decode()
    assert sum("invites you" in letter.subject for letter in mail.outbox) == 3


def test_a_school_sends_only_so_many_letters_in_an_hour(
    cast: Cast, lead: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("safeguarding.schools.letters.MOST_OF_A_SCHOOL", 2)

    answers = [lead.post(INVITE, NIA | {"email": f"n{n}@northfield.example"}).status_code for n in range(3)]

    assert answers == [302, 302, 429]
    assert Invitation.objects.count() == 2
    assert not User.objects.filter(email="n2@northfield.example").exists()


def test_a_letter_that_cannot_be_sent_loses_nothing(
    cast: Cast, lead: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(self: object) -> None:
        raise OSError("nia@northfield.example was refused")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)

    answer = lead.post(INVITE, NIA, follow=True)

    assert "could not be sent" in answer.content.decode()
    assert Invitation.objects.count() == 1
    assert "nia@" not in caplog.text


def test_an_invitation_can_be_taken_back(cast: Cast, lead: Client, signed_in: SignIn) -> None:
    lead.post(INVITE, NIA)
    pk = Invitation.objects.get().pk

    lead.post(f"{OWN}{pk}/take-back/")

    assert lead.post(f"{OWN}{pk}/take-back/").status_code == 404
    nia = signed_in(User.objects.get(email="nia@northfield.example"))
    assert nia.post(f"{OWN}{pk}/accept/").status_code == 409
    assert nia.get("/teach/").status_code == 403


def test_a_teacher_is_made_a_lead_and_a_lead_a_teacher(cast: Cast, lead: Client, signed_in: SignIn) -> None:
    lead.post(member_url(cast.teacher), {"role": "lead"})
    assert signed_in(cast.teacher).get(URL).status_code == 200

    answer = lead.post(member_url(cast.lead), {"role": "teacher"})

    assert answer.url == "/account/"
    assert lead.get(URL).status_code == 403


def test_the_last_lead_stays(cast: Cast, lead: Client) -> None:
    MembershipFactory(school=cast.northfield, role=Role.LEAD, user__is_active=False)
    MembershipFactory(school=cast.northfield, role=Role.LEAD, is_active=False)

    assert lead.post(member_url(cast.lead), {"role": "teacher"}).status_code == 409
    answer = lead.post(f"{member_url(cast.lead)}remove/")

    assert answer.status_code == 409
    assert "Make somebody else a lead first" in answer.content.decode()
    cast.lead.refresh_from_db()
    assert cast.lead.is_lead
    assert cast.lead.is_active


def test_before_somebody_is_taken_away_the_page_names_the_classes_left_without_a_teacher(
    cast: Cast, lead: Client, signed_in: SignIn
) -> None:
    cast.named_class.teachers.add(cast.colleague)

    asked = lead.get(f"{member_url(cast.teacher)}remove/")
    assert asked.context["left_without"] == ("8A",)
    assert "<p>8A</p>" in asked.content.decode()
    lead.post(f"{member_url(cast.teacher)}remove/", follow=True)

    assert "Tess Teacher" not in page(lead)
    assert signed_in(cast.teacher).get(f"/teach/classes/{cast.named_class.pk}/").status_code == 404
    assert User.objects.get(pk=cast.teacher.user_id).is_active
    assert lead.get(member_url(cast.teacher)).status_code == 404


def test_only_the_lead_of_the_school_looks_after_its_staff(cast: Cast, signed_in: SignIn, client: Client) -> None:
    southern = MembershipFactory(school=cast.southfield, role=Role.LEAD)
    signed_in(cast.lead).post(INVITE, NIA)
    pk = Invitation.objects.get().pk
    own = (URL, INVITE)
    theirs = (member_url(cast.teacher), f"{member_url(cast.teacher)}remove/")
    posts = (*theirs, f"{OWN}{pk}/send/", f"{OWN}{pk}/take-back/")
    for url in (*own, *theirs):
        assert client.get(url).status_code == 302
        assert signed_in(cast.colleague).get(url).status_code == 403
        assert signed_in(cast.lead).get(url).status_code == 200
    for url in theirs:
        assert signed_in(cast.outsider).get(url).status_code == 404
    for url in posts:
        assert signed_in(cast.colleague).post(url, {"role": "lead"}).status_code == 403
        assert signed_in(southern).post(url, {"role": "lead"}).status_code == 404
    assert signed_in(cast.colleague).post(INVITE, NIA).status_code == 403
    assert signed_in(southern).get(f"{URL}?school=northfield").status_code == 404
    cast.teacher.refresh_from_db()
    assert (cast.teacher.role, cast.teacher.is_active) == (Role.TEACHER, True)
    assert Invitation.objects.count() == 1


def test_one_or_thirty_people_take_the_same_queries(cast: Cast, lead: Client) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            page(lead)
        return len(queries)

    lead.post(INVITE, NIA)
    page(lead)  # reads the message
    few = count()
    for n in range(30):
        SchoolClassFactory(school=cast.northfield, teachers=[MembershipFactory(school=cast.northfield)])
        Invitation.objects.create(
            school=cast.northfield, user=UserFactory(), email=f"{n}@x.example", name=f"N{n}", role=Role.TEACHER
        )
    assert count() == few
