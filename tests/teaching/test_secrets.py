"""Four words or a PIN in place of pictures; test_pictures.py has what all three share."""

import re
import uuid

import pytest
from django.contrib.auth.hashers import identify_hasher
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from lessons.teaching import services
from lessons.teaching.hashers import ALGORITHM
from lessons.teaching.pupil_secrets import WORDS, draw_words, is_easy_pin, is_pin, words_text
from safeguarding.schools.enums import SecretKind
from safeguarding.schools.models import Pupil

URL = "/join/secret/"
LESSONS = "/join/lessons/"


@pytest.fixture
def at_door(client: Client, cast):
    """A device on which Ada has chosen her name, in a class with this kind of secret."""

    def come(kind: SecretKind, *, device: Client = client) -> Client:
        cast.named_class.secret_kind = kind
        cast.named_class.save()
        device.post(reverse("teaching:join"), {"code": cast.named_class.code})
        device.post(reverse("teaching:join-name"), {"pupil": cast.ada.pk})
        return device

    return come


def shown_words(page: str) -> list[str]:
    return re.findall(r"<li>(\w+)</li>", page.split("secret-words")[1])


def test_words_are_shown_typed_back_and_let_the_pupil_in_from_then_on(at_door, cast):
    device = at_door(SecretKind.WORDS)
    words = shown_words(device.get(URL).text)
    assert len(words) == 4
    assert not any(f">{word}<" in device.get(f"{URL}?ready=1").text for word in words)
    assert device.post(URL, {"typed": " ".join(words)}).url == LESSONS
    cast.ada.refresh_from_db()
    assert cast.ada.secret_kind == SecretKind.WORDS

    again = at_door(SecretKind.WORDS, device=Client())
    page = again.get(URL).text
    assert "Type the four words" in page
    assert not any(f">{word}<" in page for word in words)
    assert again.post(URL, {"typed": "-".join(words).upper()}).url == LESSONS


@pytest.mark.parametrize("spoil", [lambda words: words[:3], lambda words: words[::-1], lambda words: [*words, "otter"]])
def test_words_that_are_not_the_ones_shown_are_not_kept(at_door, cast, spoil):
    device = at_door(SecretKind.WORDS)
    words = shown_words(device.get(URL).text)
    page = device.post(URL, {"typed": " ".join(spoil(words))})
    assert page.status_code == 400
    assert "Look at them again" in page.text
    assert "Show me the words again" in page.text
    assert shown_words(device.get(URL).text) == words
    cast.ada.refresh_from_db()
    assert not cast.ada.secret


@pytest.mark.parametrize("typed", ["", "   ", "1234", "💥", "x" * 121])
def test_nonsense_for_words_is_answered_with_a_sentence(at_door, typed):
    page = at_door(SecretKind.WORDS).post(URL, {"typed": typed})
    assert page.status_code == 400
    assert "four words" in page.text


def test_drawn_words_stand_neither_in_the_session_nor_in_the_address(at_door):
    device = at_door(SecretKind.WORDS)
    words = shown_words(device.get(URL).text)
    # The class code is made of the same words, and one of them, “seed”, is the name of something else there.
    kept = str([value for name, value in device.session["pupil"].items() if name != "code"])
    assert not any(word in kept for word in words)


@given(seed=st.uuids(), pupil=st.integers(1, 10**9))
def test_drawn_words_are_four_different_ones_and_stay_the_same(seed: uuid.UUID, pupil: int):
    words = draw_words(seed, pupil)
    assert len(set(words)) == 4
    assert set(words) <= set(WORDS)
    assert draw_words(seed, pupil) == words
    assert words_text(f" {words[0].title()}, {words[1]}-{words[2].upper()}\t{words[3]}. ") == "".join(words)


def test_two_visits_and_two_names_get_words_of_their_own():
    seed = uuid.uuid4()
    assert len({draw_words(seed, 1), draw_words(seed, 2), draw_words(uuid.uuid4(), 1)}) == 3


def test_a_pin_is_typed_twice_and_lets_the_pupil_in_from_then_on(at_door, cast):
    device = at_door(SecretKind.PIN)
    assert "Choose a PIN" in device.get(URL).text
    assert device.post(URL, {"pin": "29 17", "again": "2917"}).url == LESSONS
    cast.ada.refresh_from_db()
    assert cast.ada.secret_kind == SecretKind.PIN
    again = at_door(SecretKind.PIN, device=Client())
    assert "The same PIN again" not in again.get(URL).text
    assert again.post(URL, {"pin": "2917"}).url == LESSONS


@pytest.mark.parametrize(
    ("pin", "again", "sentence"),
    [
        ("", "", "Type your PIN."),
        ("2917", "", "a second time"),
        ("2917", "2918", "not the same"),
        ("291", "291", "4 to 6 digits"),
        ("2917304", "2917304", "4 to 6 digits"),
        ("29a7", "29a7", "4 to 6 digits"),
        ("٢٩١٧", "٢٩١٧", "4 to 6 digits"),
        ("1111", "1111", "easy to guess"),
        ("1234", "1234", "easy to guess"),
        ("654321", "654321", "easy to guess"),
        ("9" * 21, "9" * 21, "4 to 6 digits"),
    ],
)
def test_a_pin_that_cannot_be_kept_says_why(at_door, cast, pin, again, sentence):
    page = at_door(SecretKind.PIN).post(URL, {"pin": pin, "again": again})
    assert page.status_code == 400
    assert sentence in page.text
    cast.ada.refresh_from_db()
    assert not cast.ada.secret


def test_a_pin_is_never_sent_back_to_the_page(at_door):
    page = at_door(SecretKind.PIN).post(URL, {"pin": "2917", "again": "2918"})
    assert "2917" not in page.text
    assert "2918" not in page.text


@given(pin=st.text("0123456789", min_size=4, max_size=6))
def test_what_is_easy_is_one_digit_or_a_row(pin: str):
    rows = "0123456789 9876543210"
    assert is_pin(pin)
    assert is_easy_pin(pin) == (len(set(pin)) == 1 or pin in rows)


@pytest.mark.parametrize(
    ("kind", "right", "wrong", "sentence", "way_out"),
    [
        (SecretKind.WORDS, "mapleottermoonfern", {"typed": "a b c d"}, "not the words", "new words"),
        (SecretKind.PIN, "2917", {"pin": "2918"}, "not the PIN", "a new PIN"),
    ],
)
def test_wrong_ones_are_counted_and_lock_the_name_as_pictures_do(at_door, cast, kind, right, wrong, sentence, way_out):
    services.keep_secret(pupil=cast.ada, kind=kind, secret_hash=services.hash_secret(right))
    device = at_door(kind)
    pages = [device.post(URL, wrong) for _ in range(5)]
    assert [page.status_code for page in pages] == [400, 400, 400, 400, 429]
    assert sentence in pages[0].text
    assert way_out in pages[4].text


def test_a_class_that_changes_its_kind_leaves_what_has_been_chosen(at_door, cast):
    services.keep_secret(pupil=cast.ada, kind=SecretKind.PICTURES, secret_hash=services.hash_secret("cat-boat-tree"))
    device = at_door(SecretKind.PIN)
    assert "Your three pictures" in device.get(URL).text
    Pupil.objects.filter(pk=cast.ada.pk).update(secret="")  # a teacher has cleared it
    assert "Choose a PIN" in device.get(URL).text


def test_a_page_that_is_sent_after_the_class_changed_its_kind_asks_for_the_new_kind(at_door, cast):
    device = at_door(SecretKind.PIN)
    at_door(SecretKind.WORDS, device=Client())
    page = device.post(URL, {"pin": "2917", "again": "2917"})
    assert page.status_code == 400
    assert "Type your four words." in page.text
    cast.ada.refresh_from_db()
    assert not cast.ada.secret


def test_a_secret_is_kept_by_the_pupils_own_hasher_and_an_account_is_not(cast):
    assert identify_hasher(services.hash_secret("2917")).algorithm == ALGORITHM
    cast.editor.set_password("correct horse battery staple")
    assert identify_hasher(cast.editor.password).algorithm != ALGORITHM


def test_without_the_installations_key_a_known_secret_does_not_fit_its_hash(settings):
    kept = services.hash_secret("2917")
    assert services.is_same_secret("2917", kept)
    settings.SECRET_KEY = "another installation's"
    assert not services.is_same_secret("2917", kept)


def test_every_page_of_a_secret_keeps_the_name_out_of_its_title(at_door):
    for kind in SecretKind:
        page = at_door(kind).get(URL).text
        assert "Hello, Ada" in page
        assert "Ada" not in page.split("</title>")[0]
