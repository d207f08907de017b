import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lessons.teaching.models import Attempt
from safeguarding.schools.enums import ClassMode
from safeguarding.schools.models import Pupil
from tests.factories import PupilFactory

from .conftest import count_queries

JOIN = "/join/"


def test_the_page_asks_for_the_code_and_signs_nobody_in(client: Client, db):
    page = client.get(JOIN)
    assert page.status_code == 200
    assert "Class code" in page.text
    assert "sessionid" not in page.cookies


def test_in_an_anonymous_class_the_code_leads_straight_to_the_lessons(client: Client, cast):
    page = client.post(JOIN, {"code": cast.anonymous_class.code})
    assert page.url == reverse("teaching:pupil-lessons")
    assert client.get(page.url).status_code == 200


def test_capitals_spaces_and_stray_marks_in_the_code_do_not_matter(client: Client, cast):
    typed = f"  {cast.anonymous_class.code.upper().replace('-', ' ')}! "
    assert client.post(JOIN, {"code": typed}).status_code == 302


def test_an_unknown_code_is_not_found_and_stays_in_the_box(client: Client, cast):
    page = client.post(JOIN, {"code": "Wrong otter 99"})
    assert page.status_code == 404
    assert "We can’t find a class with that code" in page.text
    assert "Wrong otter 99" in page.text


def test_an_expired_code_is_gone(client: Client, cast):
    cast.anonymous_class.code_expires_at = timezone.now() - datetime.timedelta(minutes=1)
    cast.anonymous_class.save()
    page = client.post(JOIN, {"code": cast.anonymous_class.code})
    assert page.status_code == 410
    assert "Ask your teacher for a new one" in page.text


@pytest.mark.parametrize("typed", ["", " ", "x" * 81, "\x00", "💥"])
def test_nonsense_in_the_box_is_answered_with_a_sentence(client: Client, cast, typed):
    assert client.post(JOIN, {"code": typed}).status_code in (400, 404)


def test_many_wrong_codes_from_one_address_lock_nobody_out(client: Client, cast):
    for _ in range(50):
        client.post(JOIN, {"code": "wrong"})
    assert client.post(JOIN, {"code": cast.anonymous_class.code}).status_code == 302


def test_joining_takes_a_new_session_key(client: Client, cast):
    client.post(JOIN, {"code": cast.southfield_class.code})
    before = client.session.session_key
    client.post(JOIN, {"code": cast.anonymous_class.code})
    assert client.session.session_key != before


def test_joining_again_begins_afresh(join, cast, assignment):
    client = join(cast.anonymous_class)
    url = reverse("teaching:step", args=[assignment.pk, 1])
    client.post(url, {"next": "1"})
    join(cast.anonymous_class, client=client)
    client.post(url, {"next": "1"})
    assert Attempt.objects.filter(assignment=assignment).count() == 2


def test_a_teacher_who_tries_it_out_stays_signed_in_and_is_told(signed_in, join, cast):
    client = signed_in(cast.teacher)
    key = client.session.session_key
    join(cast.anonymous_class, client=client)
    assert client.session.session_key == key
    page = client.get(reverse("teaching:pupil-lessons"))
    assert "You are trying this as a pupil" in page.text
    client.post(reverse("teaching:leave"))
    assert client.get(reverse("teaching:pupil-lessons")).status_code == 302
    assert client.get(reverse("teaching:join")).wsgi_request.user == cast.teacher.user


def test_leaving_forgets_the_pupil_on_this_device(join, cast, assignment):
    client = join(cast.anonymous_class)
    page = client.post(reverse("teaching:leave"), follow=True)
    assert "You have left your class" in page.text
    assert client.get(reverse("teaching:pupil-lessons")).url == "/join/?again=start"
    assert client.get(reverse("teaching:leave")).status_code == 405


def test_after_two_hours_one_joins_again(join, signed_in, cast, monkeypatch):
    pupil, teacher = join(cast.anonymous_class), join(cast.anonymous_class, client=signed_in(cast.teacher))
    later = timezone.now() + datetime.timedelta(hours=2, minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    url = reverse("teaching:pupil-lessons")
    assert pupil.get(url).url == teacher.get(url).url == "/join/?again=anew"


def test_a_renewed_code_sends_everybody_back_to_join(join, cast):
    client = join(cast.anonymous_class)
    cast.anonymous_class.code = "new-code-for-11"
    cast.anonymous_class.save()
    page = client.get(reverse("teaching:pupil-lessons"), follow=True)
    assert page.redirect_chain == [("/join/?again=code", 302)]
    assert "Your class has a new code" in page.text


def test_a_class_that_changed_its_mode_sends_everybody_back_to_join(join, cast):
    client = join(cast.anonymous_class)
    cast.anonymous_class.mode = ClassMode.NAMED
    cast.anonymous_class.save()
    assert client.get(reverse("teaching:pupil-lessons")).url == "/join/?again=mode"


def test_a_pupil_who_was_removed_is_sent_back_to_join(join, cast):
    client = join(cast.named_class, cast.ada)
    cast.ada.delete()
    assert client.get(reverse("teaching:pupil-lessons")).url == "/join/?again=name"


def test_a_pupil_whose_secret_was_cleared_is_sent_back_to_join(join, cast):
    client = join(cast.named_class, cast.ada)
    Pupil.objects.filter(pk=cast.ada.pk).update(secret="")
    assert client.get(reverse("teaching:pupil-lessons")).url == "/join/?again=secret"


def test_an_unknown_reason_to_join_again_is_not_shown(client: Client, db):
    assert "<script>" not in client.get("/join/?again=<script>").text


def test_a_named_class_shows_its_own_names_and_no_others(client: Client, cast):
    PupilFactory(display_name="Zed")
    page = client.post(JOIN, {"code": cast.named_class.code}, follow=True)
    assert page.redirect_chain[0][0] == reverse("teaching:join-name")
    assert "Ada" in page.text
    assert "Zed" not in page.text


def test_no_name_chosen_is_a_sentence_and_another_classs_pupil_is_refused(client: Client, cast):
    client.post(JOIN, {"code": cast.named_class.code})
    stranger = PupilFactory()
    for data in ({}, {"pupil": stranger.pk}, {"pupil": "x"}):
        page = client.post(reverse("teaching:join-name"), data)
        assert page.status_code == 400
        assert "then press Next" in page.text


def test_a_name_alone_opens_nothing(client: Client, cast, named_assignment):
    client.post(JOIN, {"code": cast.named_class.code})
    client.post(reverse("teaching:join-name"), {"pupil": cast.ada.pk})
    for url in (reverse("teaching:pupil-lessons"), reverse("teaching:step", args=[named_assignment.pk, 1])):
        assert client.get(url).url == reverse("teaching:join-name")
        assert client.post(url, {"next": 1}).status_code in (302, 405)
    assert not Attempt.objects.exists()


def test_a_named_class_without_names_says_so(client: Client, cast):
    Pupil.objects.all().delete()
    page = client.post(JOIN, {"code": cast.named_class.code}, follow=True)
    assert "There are no names here yet" in page.text


def test_pupils_names_stand_in_no_title_and_no_address(join, cast):
    client = join(cast.named_class, cast.ada)
    page = client.get(reverse("teaching:pupil-lessons"))
    assert "Hello, Ada" in page.text
    assert "Ada" not in page.text.split("</title>")[0]


@pytest.mark.parametrize("name", ["join-name", "join-secret", "pupil-lessons"])
def test_pages_of_a_class_need_a_code_first(client: Client, db, name):
    assert client.get(reverse(f"teaching:{name}")).url == "/join/?again=start"


@pytest.mark.parametrize("name", ["join", "join-name", "join-secret", "pupil-lessons", "pupil-help"])
def test_other_methods_are_refused(client: Client, db, name):
    assert client.put(reverse(f"teaching:{name}")).status_code == 405


def test_nothing_of_a_joined_pupil_is_kept_by_a_browser(join, cast, assignment):
    client = join(cast.anonymous_class)
    for name in ("join", "pupil-lessons", "pupil-help"):
        assert "no-store" in client.get(reverse(f"teaching:{name}"))["Cache-Control"]
    assert "no-store" in client.get(reverse("teaching:step", args=[assignment.pk, 1]))["Cache-Control"]


def test_the_list_of_names_takes_the_same_queries_for_1_and_30(client: Client, cast):
    cast.bo.delete()
    client.post(JOIN, {"code": cast.named_class.code})
    few = count_queries(client, reverse("teaching:join-name"))
    for _ in range(29):
        PupilFactory(school_class=cast.named_class)
    assert count_queries(client, reverse("teaching:join-name")) == few <= 15
