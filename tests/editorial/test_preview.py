"""The preview: as each reader, of what is saved and of what is typed, in a frame that does nothing."""

import dataclasses
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lessons.editorial import services
from lessons.library.models import HelpService
from lessons.library.starter_files import STARTER, read_lesson
from lessons.library.store import content_of, write_content
from tests.factories import TopicFactory

from .builders import a_draft, a_guide_draft, in_review, live
from .pages import filled, url

READERS = ("pupil", "teacher", "parent", "projector", "print")
EVIL = (
    '<p>Kind words</p><script>alert("x")</script><p><img src="x" onerror="alert(1)"><a href="javascript:a()">Go</a></p>'
)


def framed(client, version, reader):
    return client.get(url(version, "preview/frame"), {"reader": reader})


def typed_frame(client, version, form, reader="pupil", **typed):
    data = {**filled(client, url(version, form)), **typed, "reader": reader}
    return client.post(url(version, f"{form}/preview/frame"), data)


def policy(response):
    return {line.split()[0]: line.split()[1:] for line in response.headers["Content-Security-Policy"].split(";")}


def test_only_the_page_with_the_frame_may_hold_one_and_only_the_framed_page_may_be_held(desk, signed_in):
    draft = a_draft(desk.writer)
    client = signed_in(desk.writer)
    holder, held, other = (client.get(url(draft, p)) for p in ("preview/readers", "preview/frame", "preview"))
    html = holder.content.decode()

    assert policy(holder)["frame-src"] == ["'self'"]
    assert "frame-src" not in policy(other)
    assert [policy(page)["frame-ancestors"] for page in (holder, held, other)] == [["'none'"], ["'self'"], ["'none'"]]
    assert [page.headers["X-Frame-Options"] for page in (holder, held, other)] == ["DENY", "SAMEORIGIN", "DENY"]
    assert re.findall(r"<iframe[^>]*\ssandbox=\"([^\"]*)\"", html) == ["allow-same-origin"]
    assert "style=" not in html


@pytest.mark.parametrize("reader", READERS)
def test_the_framed_page_runs_and_sends_nothing(desk, signed_in, reader):
    response = framed(signed_in(desk.reviewer), a_draft(desk.writer), reader)
    html = response.content.decode()

    assert response.status_code == 200
    assert policy(response)["sandbox"] == ["allow-same-origin"]
    assert policy(response)["form-action"] == policy(response)["default-src"] == ["'none'"]
    assert "script-src" not in policy(response)
    assert "<script" not in html
    assert "csrfmiddlewaretoken" not in html
    assert '<base target="_blank">' in html


@pytest.mark.parametrize(
    ("reader", "there", "not_there"),
    [
        ("pupil", ["I can ask before I share a photo.", "Step 1 of ", "Press a card", "That’s it"], ["misconception"]),
        ("projector", ["I can ask before I share a photo.", "Press a card"], ["That’s it", "Some think"]),
        ("teacher", ["Who may need care", "Some think", "minute by minute"], ["Do you teach?"]),
        ("parent", ["Note for home", "Who can help", "A helpline of ours"], ["Some think", "Who may need care"]),
        ("print", ["Who may need care", 'href="/desk/paper.css"'], []),
    ],
)
def test_each_reader_sees_what_is_theirs(desk, signed_in, reader, there, not_there):
    draft = a_draft(desk.writer)
    HelpService.objects.filter(slug="a-helpline").update(name="A helpline of ours")
    html = framed(signed_in(desk.writer), draft, reader).content.decode()

    assert [words for words in there if words not in html] == []
    assert [words for words in not_there if words in html] == []


def test_the_look_of_paper_holds_on_the_screen_too_and_is_for_the_desk(desk, signed_in, client):
    look = signed_in(desk.writer).get("/desk/paper.css")

    assert look.headers["Content-Type"] == "text/css"
    assert "@media print" not in look.text
    assert "@media all" in look.text
    assert client.get("/desk/paper.css").status_code == 302


def test_a_guide_is_read_by_parents_with_the_services_of_the_country(desk, signed_in):
    draft = a_guide_draft(desk.writer)
    HelpService.objects.filter(slug="a-helpline").update(name="A helpline of ours", serves="parent")
    client = signed_in(desk.writer)
    html = framed(client, draft, "parent").content.decode()
    choices = client.get(url(draft, "preview/readers"))

    assert "Signs to notice" in html
    assert "A helpline of ours" in html
    assert [reader.value for reader in choices.context["readers"]] == ["parent", "print"]


@pytest.mark.parametrize("asked", [{}, {"reader": "nobody"}, {"reader": "pupil"}])
def test_a_guide_has_no_other_reader(desk, signed_in, asked):
    response = signed_in(desk.writer).get(url(a_guide_draft(desk.writer), "preview/frame"), asked)

    assert response.status_code == 400
    assert "Choose one of those on the page." in response.content.decode()


@pytest.mark.parametrize("make", [in_review, live])
def test_a_version_of_any_status_can_be_looked_at(desk, signed_in, make):
    version = make(desk.writer) if make is in_review else make(desk.writer, desk.reviewer)
    client = signed_in(desk.reviewer)

    assert client.get(url(version, "preview/readers")).status_code == 200
    assert framed(client, version, "pupil").status_code == 200


# --- what is not saved ------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "typed", "reader"),
    [
        ("text", {"starter": "<p>Kind words</p>"}, "pupil"),
        ("text", {"home_note": "<p>Kind words</p>"}, "parent"),
        ("text", {"script": "<p>Kind words</p>"}, "teacher"),
        ("basics", {"title": "Kind words"}, "projector"),
        ("objectives", {"objectives-0-can": "Kind words"}, "pupil"),
        ("activities/1", {"intro": "<p>Kind words</p>"}, "print"),
        ("questions/2", {"text": "Kind words"}, "pupil"),
    ],
)
def test_what_is_typed_is_shown_and_not_saved_and_seen_by_nobody_else(desk, signed_in, form, typed, reader):
    draft = a_draft(desk.writer)
    before = content_of(draft)
    response = typed_frame(signed_in(desk.writer), draft, form, reader, **typed)

    assert response.status_code == 200
    assert "Kind words" in response.content.decode()
    assert content_of(draft) == before
    assert "Kind words" not in framed(signed_in(desk.second), draft, reader).content.decode()


def test_the_page_carries_what_was_typed_to_each_reader(desk, signed_in):
    draft = a_draft(desk.writer)
    client = signed_in(desk.writer)
    data = {**filled(client, url(draft, "text")), "starter": '<p>Kind "words"</p>', "home_note": "<p>For home</p>"}
    page = client.post(url(draft, "text/preview"), data)
    carried = dict(page.context["typed"])
    frames = [client.post(page.context["action"], {**carried, "reader": r}) for r in ("pupil", "parent")]

    assert page.status_code == 200
    assert policy(page)["frame-src"] == ["'self'"]
    assert 'method="post" action="' + url(draft, "text/preview/frame") in page.content.decode()
    assert "src=" not in page.content.decode().split("<iframe")[1].split(">")[0]
    assert "Kind" in frames[0].content.decode()
    assert "For home" in frames[1].content.decode()


@pytest.mark.parametrize(
    ("form", "field"), [("text", "starter"), ("text", "home_note"), ("activities/1", "intro"), ("basics", "title")]
)
@pytest.mark.parametrize("reader", ["pupil", "parent", "print"])
def test_a_script_that_is_pasted_never_arrives_in_the_frame(desk, signed_in, form, field, reader):
    html = typed_frame(signed_in(desk.writer), a_draft(desk.writer), form, reader, **{field: EVIL}).content.decode()

    assert not re.search(r"<script|<[a-z][^>]*\son[a-z]+=|href=\"javascript", html)


def test_what_cannot_be_read_yet_is_shown_as_it_was_saved_and_said(desk, signed_in):
    draft = a_draft(desk.writer)
    client = signed_in(desk.writer)
    data = {**filled(client, url(draft, "text")), "starter_minutes": "soon", "starter": "<p>Kind words</p>"}
    page = client.post(url(draft, "text/preview"), data)

    assert "Minutes for starter: Enter a whole number." in page.content.decode()
    assert "Kind words" in client.post(url(draft, "text/preview/frame"), data | {"reader": "pupil"}).content.decode()


def test_a_guides_unsaved_topic_is_what_its_page_shows(desk, signed_in):
    draft = a_guide_draft(desk.writer)
    TopicFactory(slug="sextortion", name="Online blackmail")
    response = typed_frame(signed_in(desk.writer), draft, "basics", "parent", topic="sextortion", age_to="18")

    assert "11 to 18 years" in response.content.decode()
    assert "?topic=sextortion" in response.content.decode()


# --- who ----------------------------------------------------------------------


@pytest.mark.parametrize("page", ["preview/readers", "preview/frame?reader=pupil"])
@pytest.mark.parametrize(
    ("who", "status"), [("second", 200), ("reviewer", 200), ("operator", 403), ("stranger", 403), (None, 302)]
)
def test_the_desk_looks_at_what_is_saved(desk, signed_in, client, page, who, status):
    reader = signed_in(getattr(desk, who)) if who else client
    address, _, query = page.partition("?")

    assert reader.get(url(a_draft(desk.writer), address) + f"?{query}").status_code == status


@pytest.mark.parametrize("page", ["text/preview", "text/preview/frame", "questions/1/preview/frame"])
@pytest.mark.parametrize(
    ("who", "status"), [("second", 200), ("reviewer", 403), ("operator", 403), ("stranger", 403), (None, 302)]
)
def test_only_editors_look_at_what_is_not_saved(desk, signed_in, client, page, who, status):
    reader = signed_in(getattr(desk, who)) if who else client

    assert reader.post(url(a_draft(desk.writer), page), {"reader": "pupil"}).status_code == status


def test_only_a_draft_has_what_is_not_saved(desk, signed_in):
    version, client = in_review(desk.writer), signed_in(desk.writer)
    page = client.post(url(version, "text/preview"), {"starter": "My own words"})

    assert page.status_code == client.post(url(version, "text/preview/frame"), {"reader": "pupil"}).status_code == 409
    assert "My own words" in page.content.decode()
    assert client.get(url(version, "text/preview")).status_code == 405
    assert client.post(url(version, "preview/frame")).status_code == 405


def test_an_activity_that_is_gone_cannot_be_looked_at(desk, signed_in):
    draft, client = a_draft(desk.writer), signed_in(desk.writer)

    for page in ("activities/9/preview", "activities/9/preview/frame"):
        assert client.post(url(draft, page), {"title": "Mine", "reader": "pupil"}).status_code == 409


@pytest.mark.parametrize("reader", READERS)
def test_it_takes_as_many_queries_however_long_the_lesson(desk, signed_in, reader):
    short = a_draft(desk.writer)
    long = services.create_lesson(
        actor=desk.writer, slug="long", topic=short.lesson.topic, band=short.lesson.band, title="Long"
    )
    content = read_lesson(STARTER / "lessons" / "grooming-11-14.md")
    plain = [dataclasses.replace(activity, illustration="") for activity in content.activities]
    write_content(long, dataclasses.replace(content, findings=("F101",), activities=tuple(plain)))
    client = signed_in(desk.reviewer)
    counts = []
    for draft in (short, long):
        with CaptureQueriesContext(connection) as taken:
            framed(client, draft, reader)
        counts.append(len(taken))

    assert counts[0] == counts[1] <= 21
