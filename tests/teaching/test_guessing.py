"""Somebody who tries names, pictures or codes in a loop."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lessons.teaching import services
from lessons.teaching.errors import ClassLocked, SecretLocked, SecretWrong
from lessons.teaching.models import ClassTries
from lessons.teaching.services.joining import MOST_WRONG_TRIES_OF_A_CLASS
from safeguarding.schools.codes import new_code
from safeguarding.schools.enums import ClassMode, SecretKind
from safeguarding.schools.models import Pupil
from tests.factories import PupilFactory, SchoolClassFactory

RIGHT = "cat-boat-tree"
URL = "/join/secret/"
GOOD = {"first": "cat", "second": "boat", "third": "tree"}
BAD = {**GOOD, "first": "sun"}


@pytest.fixture
def names(cast) -> list[Pupil]:
    kept = {"school_class": cast.named_class, "secret": services.hash_secret(RIGHT), "secret_kind": SecretKind.PICTURES}
    return [PupilFactory(**kept) for _ in range(MOST_WRONG_TRIES_OF_A_CLASS)]


def try_in_turn(pupils: list[Pupil]) -> int:
    """A wrong try at each name; how many of them were looked at."""
    looked = 0
    for pupil in pupils:
        try:
            services.try_secret(pupil=pupil, text="sun-cup-kite")
        except (SecretWrong, SecretLocked):
            looked += 1
        except ClassLocked:
            pass
    return looked


def at_door(cast, pupil: Pupil) -> Client:
    device = Client()
    device.post(reverse("teaching:join"), {"code": cast.named_class.code})
    device.post(reverse("teaching:join-name"), {"pupil": pupil.pk})
    return device


def test_the_names_of_a_class_tried_one_after_the_other_from_many_devices_pause_the_class(cast, names):
    devices = [at_door(cast, pupil) for pupil in names]
    assert {device.post(URL, BAD).status_code for device in devices} == {400}
    page = at_door(cast, names[0]).post(URL, GOOD)
    assert page.status_code == 429
    assert "many wrong tries in your class" in page.text
    assert "ask your teacher" in page.text
    assert page.text.count("checked") == 0


def test_no_more_than_forty_are_looked_at_in_ten_minutes(names):
    assert try_in_turn(names * 3) == MOST_WRONG_TRIES_OF_A_CLASS


def test_after_ten_minutes_the_class_goes_on(names):
    try_in_turn(names)
    ClassTries.objects.update(since_at=timezone.now() - datetime.timedelta(minutes=10))
    assert services.try_secret(pupil=names[0], text=RIGHT) == names[0]


def test_whoever_is_inside_and_whoever_chooses_anew_is_not_held_up(cast, names):
    inside = at_door(cast, names[0])
    assert inside.post(URL, GOOD).status_code == 302
    try_in_turn(names * 2)
    assert inside.get("/join/lessons/").status_code == 200
    device = at_door(cast, cast.ada)  # has chosen nothing yet, or a teacher has cleared it
    device.post(URL, GOOD)
    assert device.post(URL, GOOD).url == "/join/lessons/"


def test_another_class_is_not_touched(cast, names):
    try_in_turn(names * 2)
    other = PupilFactory(
        school_class=SchoolClassFactory(mode=ClassMode.NAMED),
        secret=services.hash_secret(RIGHT),
        secret_kind="pictures",
    )
    assert services.try_secret(pupil=other, text=RIGHT) == other


def test_a_class_that_shows_its_own_is_never_paused(names):
    for _ in range(3):
        for pupil in names:
            services.try_secret(pupil=pupil, text=RIGHT)
    assert ClassTries.objects.get().wrong_tries == 0


def test_a_code_guessed_in_a_loop_stays_not_found_with_a_sentence(client: Client, cast):
    for _ in range(60):
        page = client.post("/join/", {"code": new_code()})
        assert page.status_code == 404
        assert "Look at the code again" in page.text
    assert not client.session.keys(), "Guesses leave no trace and lock nobody out."
    assert client.post("/join/", {"code": cast.anonymous_class.code}).status_code == 302
