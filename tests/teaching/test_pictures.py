import datetime

import pytest
from django.contrib.auth.hashers import check_password
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lessons.teaching import services
from lessons.teaching.errors import SecretLocked, SecretTaken, SecretWrong
from lessons.teaching.pictures import PICTURES
from safeguarding.schools.enums import SecretKind
from safeguarding.schools.models import Pupil

URL = "/join/secret/"
GOOD = {"first": "cat", "second": "boat", "third": "tree"}
BAD = {"first": "sun", "second": "boat", "third": "tree"}


@pytest.fixture
def at_door(client: Client, cast) -> Client:
    client.post(reverse("teaching:join"), {"code": cast.named_class.code})
    client.post(reverse("teaching:join-name"), {"pupil": cast.ada.pk})
    return client


@pytest.fixture
def known(cast) -> Pupil:
    cast.ada.secret = services.hash_secret("cat-boat-tree")
    cast.ada.save()
    return cast.ada


def test_every_picture_has_a_file_and_a_word(at_door, settings):
    page = at_door.get(URL).text
    for slug, word in PICTURES.items():
        assert (settings.BASE_DIR / f"static/img/pictures/{slug}.svg").exists()
        assert page.count(f"<span>{word}</span>") == 3


def test_the_first_time_they_are_chosen_twice_and_kept_as_a_hash(at_door, cast):
    assert at_door.post(URL, GOOD).url == URL
    assert "Choose them once more" in at_door.get(URL).text
    assert at_door.post(URL, GOOD).url == reverse("teaching:pupil-lessons")
    cast.ada.refresh_from_db()
    assert check_password("cat-boat-tree", cast.ada.secret)
    assert at_door.get(reverse("teaching:pupil-lessons")).status_code == 200


def test_the_session_holds_the_first_choice_only_as_a_hash(at_door):
    at_door.post(URL, GOOD)
    assert "cat-boat" not in str(dict(at_door.session))


def test_two_different_choices_begin_again(at_door, cast):
    at_door.post(URL, GOOD)
    page = at_door.post(URL, {"first": "sun", "second": "cup", "third": "kite"})
    assert page.status_code == 400
    assert "not the same both times" in page.text
    cast.ada.refresh_from_db()
    assert cast.ada.secret == ""
    assert "Choose three pictures" in at_door.get(URL).text


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Choose your first picture."),
        ({"first": "cat", "second": "boat"}, "Choose your third picture."),
        ({**GOOD, "third": "lion"}, "Choose one of the twelve pictures."),
        ({"first": "cat", "second": "cat", "third": "cat"}, "three different pictures"),
    ],
)
def test_a_half_filled_choice_is_answered_with_a_sentence(at_door, data, sentence):
    page = at_door.post(URL, data)
    assert page.status_code == 400
    assert sentence in page.text


def test_known_pictures_let_the_pupil_in(at_door, known):
    assert at_door.post(URL, GOOD).url == reverse("teaching:pupil-lessons")


def test_entering_takes_a_new_session_key(at_door, known):
    before = at_door.session.session_key
    at_door.post(URL, GOOD)
    assert at_door.session.session_key != before


def test_wrong_pictures_are_counted_and_kindly_refused(at_door, known):
    page = at_door.post(URL, BAD)
    assert page.status_code == 400
    assert "ask your teacher to help you" in page.text
    known.refresh_from_db()
    assert known.wrong_tries == 1


def test_right_pictures_clear_the_count(at_door, known):
    at_door.post(URL, BAD)
    at_door.post(URL, GOOD)
    known.refresh_from_db()
    assert (known.wrong_tries, known.locked_until_at) == (0, None)


def test_five_wrong_tries_lock_the_name_for_ten_minutes_even_for_the_right_pictures(at_door, known):
    statuses = [at_door.post(URL, BAD).status_code for _ in range(5)]
    assert statuses == [400, 400, 400, 400, 429]
    page = at_door.post(URL, GOOD)
    assert page.status_code == 429
    assert "Ask your teacher" in page.text
    Pupil.objects.filter(pk=known.pk).update(locked_until_at=timezone.now() - datetime.timedelta(seconds=1))
    assert at_door.post(URL, GOOD).status_code == 302


def test_the_lock_is_the_names_and_not_the_devices(known, cast):
    for _ in range(4):
        with pytest.raises(SecretWrong):
            services.try_secret(pupil=known, text="sun-sun-sun")
    with pytest.raises(SecretLocked):
        services.try_secret(pupil=known, text="sun-sun-sun")
    cast.bo.secret = known.secret
    cast.bo.save()
    assert services.try_secret(pupil=cast.bo, text="cat-boat-tree") == cast.bo


def test_the_right_pictures_on_the_fifth_try_open_the_name(known):
    for _ in range(4):
        with pytest.raises(SecretWrong):
            services.try_secret(pupil=known, text="sun-cup-kite")
    services.try_secret(pupil=known, text="cat-boat-tree")
    known.refresh_from_db()
    assert (known.wrong_tries, known.locked_until_at) == (0, None)


def test_pictures_that_somebody_chose_meanwhile_are_not_overwritten(at_door, cast):
    at_door.post(URL, GOOD)
    services.keep_secret(pupil=cast.ada, kind=SecretKind.PICTURES, secret_hash=services.hash_secret("sun-cup-kite"))
    with pytest.raises(SecretTaken):
        services.keep_secret(pupil=cast.ada, kind=SecretKind.PICTURES, secret_hash=services.hash_secret("cat-cup-kite"))
    # This device had chosen once; now the name has pictures, and it is asked for those.
    assert at_door.post(URL, GOOD).status_code == 400
    cast.ada.refresh_from_db()
    assert check_password("sun-cup-kite", cast.ada.secret)


def test_the_name_is_in_no_title(at_door):
    page = at_door.get(URL).text
    assert "Ada" not in page.split("</title>")[0]
    assert "Hello, Ada" in page
