"""What somebody typed and did not save: their own copy, and who has a part open."""

import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.editorial import services
from lessons.editorial.enums import Kind
from lessons.editorial.errors import TooMuchToKeep, WrongStatus
from lessons.editorial.models import UnsavedCopy
from lessons.editorial.parts import Part, token_of
from lessons.editorial.queries.unsaved import kept_words, unsaved_of
from lessons.editorial.services.rows import _moved
from lessons.library.store import content_of
from safeguarding.audit.models import AuditEntry

from .builders import a_draft, a_guide_draft, in_review
from .pages import filled, url

FORMS = ["basics", "text", "objectives", "activities/1", "questions/1", "evidence", "documents"]


def keep(person, version, part=Part.BASICS, place=0, token="", **words):
    words = {name: [value] for name, value in words.items()}
    return services.keep_words(actor=person, version=version, part=part, place=place, token=token, words=words)


def token(version, part):
    return token_of(content_of(version), part)


@pytest.mark.parametrize("step", ["keep", "open", "throw-away"])
@pytest.mark.parametrize(("who", "status"), [("reviewer", 403), ("operator", 403), ("stranger", 403), (None, 302)])
def test_only_editors_keep_words(desk, signed_in, client, step, who, status):
    draft = a_draft(desk.writer)
    reader = signed_in(getattr(desk, who)) if who else client

    assert reader.post(url(draft, f"text/{step}")).status_code == status
    assert not UnsavedCopy.objects.exists()


@pytest.mark.parametrize("step", ["keep", "open", "throw-away"])
def test_nothing_is_kept_by_a_link(desk, signed_in, step):
    assert signed_in(desk.writer).get(url(a_draft(desk.writer), f"text/{step}")).status_code == 405


@pytest.mark.parametrize("page", FORMS)
def test_what_is_typed_is_kept_and_nothing_of_the_draft_changes(desk, signed_in, page):
    draft = a_draft(desk.writer)
    before, entries = content_of(draft), AuditEntry.objects.count()
    client = signed_in(desk.second)
    data = filled(client, url(draft, page))
    answer = client.post(url(draft, f"{page}/keep"), data)

    assert (answer.status_code, answer.content) == (204, b"")
    copy = UnsavedCopy.objects.get()
    assert (copy.person, copy.token) == (desk.second, data["token"])
    assert set(copy.words) == {name for name in data if name != "token" and data[name] != []}
    assert content_of(draft) == before
    assert AuditEntry.objects.count() == entries
    assert desk.second not in draft.contributors.all()


def test_keeping_again_takes_the_place_of_what_was_kept(desk):
    draft = a_draft(desk.writer)
    first = keep(desk.writer, draft, title="One")
    keep(desk.writer, draft, title="Two")

    assert kept_words(desk.writer, draft, Part.BASICS).words == {"title": ["Two"]}
    assert UnsavedCopy.objects.get().opened_at == first.opened_at


def test_words_are_offered_before_anything_is_written_over_them(desk, signed_in):
    draft = a_draft(desk.writer)
    client = signed_in(desk.writer)
    data = filled(client, url(draft, "basics"))
    client.post(url(draft, "basics/keep"), data | {"title": "Not saved"})
    html = client.get(url(draft, "basics")).content.decode()

    assert "You have words here that were not saved" in html
    assert '<form class="draft"' not in html
    mine = client.get(url(draft, "basics") + "?mine=1")
    assert 'value="Not saved"' in mine.content.decode()
    assert mine.context["token"] == data["token"]
    assert (
        "not saved" not in signed_in(desk.second).get(url(draft, "basics")).content.decode().lower().split("<aside")[0]
    )


def test_what_is_gone_on_with_can_be_saved_and_is_forgotten_then(desk, signed_in):
    draft = a_draft(desk.writer)
    client = signed_in(desk.writer)
    data = filled(client, url(draft, "basics")) | {"title": "Kept"}
    client.post(url(draft, "basics/keep"), data)

    assert client.post(url(draft, "basics"), data).status_code == 302
    assert content_of(draft).title == "Kept"
    assert not UnsavedCopy.objects.exists()


def test_half_a_form_comes_back_without_a_complaint(desk, signed_in):
    draft = a_draft(desk.writer)
    client = signed_in(desk.writer)
    data = filled(client, url(draft, "objectives")) | {"vocabulary-2-term": "consent"}
    client.post(url(draft, "objectives/keep"), data)
    html = client.get(url(draft, "objectives") + "?mine=1").content.decode()

    assert 'value="consent"' in html
    assert "This field is required." not in html


def test_words_that_were_kept_meet_what_somebody_saved_since(desk, signed_in):
    draft = a_draft(desk.writer)
    mine, theirs = signed_in(desk.second), signed_in(desk.writer)
    mine.post(url(draft, "basics/keep"), filled(mine, url(draft, "basics")) | {"title": "Sven's"})
    theirs.post(url(draft, "basics"), filled(theirs, url(draft, "basics")) | {"title": "Wanda's"})
    page = mine.get(url(draft, "basics") + "?mine=1")
    copy = UnsavedCopy.objects.get()
    data = {name: values[0] for name, values in copy.words.items()} | {"token": page.context["token"]}
    told = mine.post(url(draft, "basics"), data)

    assert told.status_code == 409
    assert "Wanda&#x27;s" in told.content.decode()
    assert UnsavedCopy.objects.filter(person=desk.second).exists(), "nothing was saved, so nothing is forgotten"


def test_words_that_changed_nothing_are_not_offered(desk, signed_in):
    draft = a_draft(desk.writer)
    client = signed_in(desk.writer)
    client.post(url(draft, "basics/keep"), filled(client, url(draft, "basics")))

    assert "not saved" not in client.get(url(draft, "basics")).content.decode().split("<aside")[0]


def test_words_are_thrown_away_by_their_writer_alone(desk, signed_in):
    draft = a_draft(desk.writer)
    keep(desk.writer, draft, title="Mine")
    signed_in(desk.second).post(url(draft, "basics/throw-away"))
    assert kept_words(desk.writer, draft, Part.BASICS)

    answer = signed_in(desk.writer).post(url(draft, "basics/throw-away") + "?on=write")
    assert answer.url == url(draft, "basics") + "?on=write"
    assert not UnsavedCopy.objects.exists()


def test_script_that_was_kept_is_cleaned_before_an_editor_gets_it(desk, signed_in):
    draft = a_draft(desk.writer)
    client = signed_in(desk.writer)
    pasted = '<p onmouseover="steal()">Fine</p><img src=x onerror="steal()"><script>steal()</script>'
    client.post(url(draft, "text/keep"), filled(client, url(draft, "text")) | {"home_note": pasted})
    html = client.get(url(draft, "text") + "?mine=1").content.decode()

    assert "Fine" in html
    assert "steal()" not in html


def test_two_megabytes_are_not_kept_and_a_sentence_says_so(desk, signed_in):
    draft = a_draft(desk.writer)
    client = signed_in(desk.writer)
    keep(desk.writer, draft, Part.TEXT, script="Before")
    answer = client.post(url(draft, "text/keep"), {"script": "word " * 400_000})

    assert answer.status_code == 413
    assert "more than 500 KB" in answer.content.decode()
    assert kept_words(desk.writer, draft, Part.TEXT).words == {"script": ["Before"]}


@pytest.mark.parametrize(("length", "fits"), [(249_999, True), (250_000, False)])
def test_the_limit_counts_the_bytes_of_names_and_values(desk, length, fits):
    draft = a_draft(desk.writer)
    words = {"ab": ["é" * length]}
    if fits:
        services.keep_words(actor=desk.writer, version=draft, part=Part.TEXT, token="", words=words)
    else:
        with pytest.raises(TooMuchToKeep):
            services.keep_words(actor=desk.writer, version=draft, part=Part.TEXT, token="", words=words)
    assert UnsavedCopy.objects.exists() == fits


def test_a_nul_is_left_out(desk):
    draft = a_draft(desk.writer)
    words = {"ti\x00tle": ["a\x00b"]}
    copy = services.keep_words(actor=desk.writer, version=draft, part=Part.BASICS, token="c\x00d", words=words)

    assert (copy.words, copy.token) == ({"title": ["ab"]}, "cd")


def test_nothing_is_kept_of_what_was_submitted(desk, signed_in):
    version = in_review(desk.writer)
    answer = signed_in(desk.writer).post(url(version, "text/keep"), {"script": "x"})

    assert answer.status_code == 409
    assert "no longer a draft" in answer.content.decode()
    with pytest.raises(WrongStatus):
        services.note_open(actor=desk.writer, version=version, part=Part.TEXT)


def test_words_for_what_was_submitted_meanwhile_are_shown_for_copying(desk, signed_in):
    draft = a_draft(desk.writer)
    client = signed_in(desk.second)
    client.post(url(draft, "basics/keep"), filled(client, url(draft, "basics")) | {"title": "Too late"})
    services.submit_version(actor=desk.writer, version=draft)
    answer = client.get(url(draft, "basics"))

    assert answer.status_code == 409
    assert ("Title", "Too late") in answer.context["typed"]


@pytest.mark.parametrize("place", [7, 30_000, 10**9])
def test_a_place_that_no_list_has(desk, signed_in, place):
    draft = a_draft(desk.writer)

    assert signed_in(desk.writer).post(url(draft, f"activities/{place}/keep"), {"title": "x"}).status_code == 404
    assert not UnsavedCopy.objects.exists()


def test_the_copy_of_a_row_goes_with_its_row(desk):
    draft = a_draft(desk.writer)
    for place in (1, 2, 3):
        keep(desk.writer, draft, Part.QUESTIONS, place, text=f"Question {place}")
    keep(desk.second, draft, Part.QUESTIONS, 1, text="Sven's")
    asked = {"actor": desk.writer, "version": draft, "part": Part.QUESTIONS}
    services.move_row(**asked, token=token(draft, Part.QUESTIONS), place=3, to=1)

    def held(person):
        copies = UnsavedCopy.objects.filter(person=person).order_by("place")
        return {copy.place: copy.words["text"][0] for copy in copies}

    assert held(desk.writer) == {1: "Question 3", 2: "Question 1", 3: "Question 2"}
    assert held(desk.second) == {2: "Sven's"}
    services.remove_row(**asked, token=token(draft, Part.QUESTIONS), place=2)
    assert held(desk.writer) == {1: "Question 3", 2: "Question 2"}
    assert held(desk.second) == {}


@settings(max_examples=25)
@given(st.integers(0, 8), st.integers(-2, 12), st.integers(-2, 12))
def test_moving_loses_and_doubles_nothing(length, place, to):
    before = list(range(1, length + 1))
    after = _moved(before.copy(), place, to)

    assert sorted(after) == before
    if place in before and to in before:
        assert after[to - 1] == place
        assert [row for row in after if row != place] == [row for row in before if row != place]
    else:
        assert after == before


def test_others_are_told_who_has_a_part_open_and_nothing_of_what_they_type(desk, signed_in):
    draft = a_draft(desk.writer)
    keep(desk.second, draft, Part.TEXT, script="A secret")
    answer = signed_in(desk.writer).post(url(draft, "text/open"))

    assert "Sven Second has had Text open since" in answer.content.decode()
    for page in ("text", "write"):
        html = signed_in(desk.writer).get(url(draft, page)).content.decode()
        assert "Sven Second has had Text open since" in html
        assert "A secret" not in html
    assert (
        "Sven Second"
        not in signed_in(desk.second).get(url(draft, "text")).content.decode().split("data-others")[1][:200]
    )


def test_a_part_counts_as_closed_ten_minutes_after_its_last_sign(desk):
    draft = a_guide_draft(desk.writer)
    services.note_open(actor=desk.second, version=draft, part=Part.TEXT)
    assert unsaved_of(desk.writer, Kind.GUIDES, draft).others[Part.TEXT, 0][0].who == "Sven Second"

    long_ago = timezone.now() - datetime.timedelta(minutes=11)
    UnsavedCopy.objects.update(seen_at=long_ago, opened_at=long_ago)
    assert unsaved_of(desk.writer, Kind.GUIDES, draft).others == {}
    again = services.note_open(actor=desk.second, version=draft, part=Part.TEXT)
    assert again.opened_at == again.seen_at


def test_the_overview_tells_of_words_that_are_not_saved(desk, signed_in):
    draft = a_draft(desk.writer)
    keep(desk.writer, draft, title="Mine")
    address = f"/desk/lessons/{draft.lesson.slug}/1/"

    told = "Words of yours in this draft are kept and not saved"
    assert told in signed_in(desk.writer).get(address).content.decode()
    others = signed_in(desk.second).get(address).content.decode()
    assert told not in others
    assert "Wanda Writer has had Basics open since" in others


def test_opening_a_page_writes_nothing(desk, signed_in):
    draft = a_draft(desk.writer)
    client = signed_in(desk.writer)
    for page in ("write", "text", "activities/1"):
        client.get(url(draft, page))

    assert not UnsavedCopy.objects.exists()


def test_copies_that_nobody_touched_for_thirty_days_are_forgotten(desk, capsys):
    draft = a_draft(desk.writer)
    keep(desk.writer, draft, title="Old")
    services.note_open(actor=desk.second, version=draft, part=Part.TEXT)
    UnsavedCopy.objects.update(seen_at=timezone.now() - datetime.timedelta(days=31))
    keep(desk.second, draft, title="New")
    call_command("forget_unsaved")

    assert "Unsaved copies forgotten: 1." in capsys.readouterr().out
    assert [copy.words for copy in UnsavedCopy.objects.all()] == [{"title": ["New"]}]
