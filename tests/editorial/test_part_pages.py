import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lessons.editorial import services
from lessons.editorial.parts import Part, token_of
from lessons.library.enums import QuestionKind
from lessons.library.starter_files import STARTER, read_lesson
from lessons.library.store import content_of, write_content
from tests.factories import FindingFactory, GuideVersionFactory

from .builders import a_draft, a_guide_draft, in_review, lesson_content, live, question
from .pages import filled, url

PAGES = ["basics", "text", "objectives", "activities", "activities/1", "questions", "questions/1", "evidence"]
FORMS = [page for page in PAGES if page not in ("activities", "questions")]
WITH_EDITOR = {"text", "activities/1"}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("who", "status"), [("writer", 200), ("second", 200), ("reviewer", 403), ("operator", 403), (None, 302)]
)
def test_the_parts_are_for_editors(desk, signed_in, client, page, who, status):
    draft = a_draft(desk.writer)
    reader = signed_in(getattr(desk, who)) if who else client

    assert reader.get(url(draft, page)).status_code == status


@pytest.mark.parametrize("page", PAGES)
def test_only_the_pages_with_the_editor_have_its_policy(desk, signed_in, page):
    policy = signed_in(desk.writer).get(url(a_draft(desk.writer), page))["Content-Security-Policy"]

    assert ("unsafe-inline" in policy) == (page in WITH_EDITOR)


@pytest.mark.parametrize("page", FORMS)
def test_saving_what_is_there_changes_nothing(desk, signed_in, page):
    draft = a_draft(desk.writer)
    before = content_of(draft)
    client = signed_in(desk.second)

    assert client.post(url(draft, page), filled(client, url(draft, page))).status_code == 302
    assert content_of(draft) == before
    assert desk.second not in draft.contributors.all()


@pytest.mark.parametrize("page", FORMS)
def test_a_form_that_was_opened_before_somebody_saved_is_a_conflict(desk, signed_in, page):
    draft = a_draft(desk.writer)
    client = signed_in(desk.second)
    data = filled(client, url(draft, page)) | {"token": "of another time"}
    before = content_of(draft)
    answer = client.post(url(draft, page), data)

    assert answer.status_code == 409
    assert "saved this part while you were writing" in answer.content.decode()
    assert content_of(draft) == before


def test_the_second_editor_sees_both_texts_and_saving_again_is_their_decision(desk, signed_in):
    draft = a_draft(desk.writer)
    first, second = signed_in(desk.writer), signed_in(desk.second)
    page = url(draft, "text")
    theirs, mine = filled(first, page), filled(second, page)
    first.post(page, theirs | {"script": "<p>What Wanda wrote.</p>"})

    told = second.post(page, mine | {"script": "<p>What Sven wrote.</p>"})
    html = told.content.decode()
    assert told.status_code == 409
    assert "Script: saved by Wanda Writer at" in html
    assert "What Wanda wrote." in html
    assert "What Sven wrote." in html
    assert html.count("saved by Wanda Writer at") == 1, "only what differs is shown twice"
    assert content_of(draft).sections["script"].text == "What Wanda wrote."

    again = mine | {"script": "<p>Both together.</p>", "token": told.context["token"]}
    assert second.post(page, again).status_code == 302
    assert content_of(draft).sections["script"].text == "Both together."


def test_a_conflict_in_a_row_is_shown_beside_the_row(desk, signed_in):
    draft = a_draft(desk.writer)
    first, second = signed_in(desk.writer), signed_in(desk.second)
    page = url(draft, "questions/1")
    theirs, mine = filled(first, page), filled(second, page)
    first.post(page, theirs | {"options-0-text": "Ask him kindly"})
    html = second.post(page, mine | {"options-0-text": "Ask her"}).content.decode()

    assert re.search(r"Option: saved by Wanda Writer at \d\d:\d\d:</p>\s*<p>Ask him kindly</p>", html)
    assert 'value="Ask her"' in html


def test_a_question_that_somebody_removed_meanwhile_keeps_what_was_typed_for_copying(desk, signed_in):
    draft = a_draft(desk.writer)
    client = signed_in(desk.second)
    page = url(draft, "questions/3")
    data = filled(client, page) | {"text": "Whom would you tell?"}
    content = content_of(draft)
    services.save_part(
        actor=desk.writer,
        version=draft,
        part=Part.QUESTIONS,
        token=token_of(content, Part.QUESTIONS),
        changes={"questions": content.questions[:2]},
    )
    answer = client.post(page, data)

    assert answer.status_code == 409
    assert ("Text", "Whom would you tell?") in answer.context["typed"]
    assert len(content_of(draft).questions) == 2
    assert client.get(page).status_code == 404


@pytest.mark.parametrize("page", FORMS)
def test_what_was_submitted_meanwhile_is_not_saved_and_the_text_is_shown_for_copying(desk, signed_in, page):
    draft = a_draft(desk.writer)
    client = signed_in(desk.second)
    data = filled(client, url(draft, page))
    services.submit_version(actor=desk.writer, version=draft)
    before = content_of(draft)
    answer = client.post(url(draft, page), data)

    assert answer.status_code == 409
    assert "never edited again" in answer.content.decode()
    assert content_of(draft) == before
    if page == "basics":
        assert ("Title", "The funny photo") in answer.context["typed"]


def test_opening_a_part_of_what_was_submitted_says_so(desk, signed_in):
    answer = signed_in(desk.writer).get(url(in_review(desk.writer), "text"))

    assert answer.status_code == 409
    assert "Start a new version" in answer.content.decode()


def test_a_half_filled_form_comes_back_with_all_that_was_typed(desk, signed_in):
    draft = a_draft(desk.writer)
    client = signed_in(desk.writer)
    data = filled(client, url(draft, "basics")) | {"title": "", "summary": "Still here.", "review_by": "soon"}
    answer = client.post(url(draft, "basics"), data)
    html = answer.content.decode()

    assert answer.status_code == 400
    assert 'href="#id_title"' in html
    assert "Still here." in html
    assert 'value="soon"' in html
    assert answer.context["token"] == data["token"]


def test_a_form_that_is_wrong_first_and_right_later_still_meets_the_conflict(desk, signed_in):
    draft = a_draft(desk.writer)
    client = signed_in(desk.second)
    data = filled(client, url(draft, "basics")) | {"title": "", "token": "of another time"}

    assert client.post(url(draft, "basics"), data).context["token"] == "of another time"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"review_by": "2020-01-01"}, "within two years"),
        ({"topic": "nothing"}, "valid choice"),
        ({"check_minutes": "-1"}, "greater than or equal to 1"),
        ({"title": "x" * 121}, "at most 120"),
    ],
)
def test_basics_that_cannot_be(desk, signed_in, changes, sentence):
    draft = a_draft(desk.writer)
    client = signed_in(desk.writer)
    answer = client.post(url(draft, "basics"), filled(client, url(draft, "basics")) | changes)

    assert answer.status_code == 400
    assert sentence in answer.content.decode()


def test_the_topic_cannot_be_changed_once_something_was_published(desk, signed_in):
    live(desk.writer, desk.reviewer)
    draft = a_draft(desk.writer)
    client = signed_in(desk.writer)
    page = client.get(url(draft, "basics"))
    client.post(url(draft, "basics"), filled(client, url(draft, "basics")) | {"topic": "live-video"})

    assert page.context["editor"].form.fields["topic"].disabled
    assert content_of(draft).topic == "image-sharing"


def test_what_a_pasted_text_brings_along_is_cleaned(desk, signed_in):
    draft = a_draft(desk.writer)
    client = signed_in(desk.writer)
    pasted = (
        '<p style="color: red" class="MsoNormal"><font>Fine</font></p><iframe src="/x">y</iframe><style>p {}</style>'
    )
    client.post(url(draft, "text"), filled(client, url(draft, "text")) | {"home_note": pasted})

    assert content_of(draft).sections["home_note"].body == "<p>Fine</p>"


@pytest.mark.parametrize("place", [0, 99])
def test_a_row_that_is_not_there_cannot_be_removed(desk, signed_in, place):
    draft = a_draft(desk.writer)
    before = content_of(draft)
    token = token_of(before, Part.QUESTIONS)
    answer = signed_in(desk.writer).post(url(draft, f"questions/{place}/remove"), {"token": token})

    assert answer.status_code == 404
    assert content_of(draft) == before


def test_a_text_of_two_megabytes_is_refused_in_a_sentence(desk, signed_in):
    draft = a_draft(desk.writer)
    client = signed_in(desk.writer)
    data = filled(client, url(draft, "text")) | {"script": "<p>" + "word " * 400_000 + "</p>"}
    answer = client.post(url(draft, "text"), data)

    assert answer.status_code == 400
    assert "too long to read" in answer.content.decode()


def test_empty_rows_are_left_out_and_removed_rows_go(desk, signed_in):
    draft = a_draft(desk.writer)
    client = signed_in(desk.writer)
    data = filled(client, url(draft, "objectives"))
    data |= {"objectives-1-learn": "Say no kindly.", "objectives-1-can": "I can say no.", "objectives-0-DELETE": "on"}
    client.post(url(draft, "objectives"), data)

    assert [objective.learn for objective in content_of(draft).objectives] == ["Say no kindly."]


def test_rows_are_kept_in_the_order_of_their_positions_and_a_position_alone_is_no_row(desk, signed_in):
    draft = a_draft(desk.writer)
    client = signed_in(desk.writer)
    data = filled(client, url(draft, "objectives"))
    data |= {"objectives-1-learn": "B", "objectives-1-can": "I can b.", "objectives-1-ORDER": "1"}
    data |= {"objectives-0-ORDER": "2", "objectives-2-ORDER": "3"}
    client.post(url(draft, "objectives"), data)

    assert [objective.learn for objective in content_of(draft).objectives] == ["B", "Ask before sharing a photo."]


def test_a_row_that_is_half_filled_says_so_and_where(desk, signed_in):
    draft = a_draft(desk.writer)
    client = signed_in(desk.writer)
    data = filled(client, url(draft, "objectives")) | {"vocabulary-2-term": "consent"}
    answer = client.post(url(draft, "objectives"), data)

    assert answer.status_code == 400
    assert "Row 3, What it means: This field is required." in answer.content.decode()


def test_only_one_option_can_be_right(desk, signed_in):
    draft = a_draft(desk.writer)
    client = signed_in(desk.writer)
    data = filled(client, url(draft, "questions/1")) | {"options-1-is_correct": "on"}
    answer = client.post(url(draft, "questions/1"), data)

    assert answer.status_code == 400
    assert "Only one option can be right." in answer.content.decode()


def test_fixed_options_are_shown_and_cannot_be_changed(desk, signed_in):
    draft = a_draft(desk.writer)
    client = signed_in(desk.writer)
    page = client.get(url(draft, "questions/2"))
    data = filled(client, url(draft, "questions/2")) | {"text": "How sure?", "options-0-text": "Mine"}
    client.post(url(draft, "questions/2"), data)

    assert "Not sure at all" in page.content.decode()
    assert content_of(draft).questions[1] == question(QuestionKind.CONFIDENCE, text="How sure?")


def test_a_question_about_seeking_help_always_lets_a_child_say_nobody(desk, signed_in):
    draft = a_draft(desk.writer)
    client = signed_in(desk.writer)
    page = url(draft, "questions/3")
    data = filled(client, page)
    last = max(int(name.split("-")[1]) for name, value in data.items() if name.endswith("-text"))
    client.post(page, data | {f"options-{last}-DELETE": "on"})

    assert content_of(draft).questions[2].options[-1].text == "Nobody, or I do not know yet"


def test_findings_are_searched_and_what_is_ticked_is_always_shown(desk, signed_in):
    FindingFactory(code="F102", statement="Gifts often come first.")
    FindingFactory(code="F103", statement="Most tell a friend.")
    page = signed_in(desk.writer).get(url(a_draft(desk.writer), "evidence") + "?words=GIFTS")
    shown = [tick.value for group in page.context["editor"].findings for tick in group.ticks]

    assert shown == ["F101", "F102"]


def test_a_finding_is_chosen(desk, signed_in):
    FindingFactory(code="F102")
    draft = a_draft(desk.writer)
    client = signed_in(desk.writer)
    data = filled(client, url(draft, "evidence")) | {"findings": ["F102"]}
    client.post(url(draft, "evidence"), data)

    assert content_of(draft).findings == ("F102",)


@pytest.mark.parametrize("page", ["basics", "text", "evidence"])
def test_the_parts_of_a_guide(desk, signed_in, page):
    draft = a_guide_draft(desk.writer)
    client = signed_in(desk.writer)
    before = content_of(draft)

    assert client.post(url(draft, page), filled(client, url(draft, page))).status_code == 302
    assert content_of(draft) == before


@pytest.mark.parametrize("page", ["objectives", "activities", "questions", "activities/1"])
def test_a_guide_has_no_other_parts(desk, signed_in, page):
    assert signed_in(desk.writer).get(url(GuideVersionFactory(), page)).status_code == 404


def test_ages_in_the_wrong_order_are_told(desk, signed_in):
    draft = a_guide_draft(desk.writer)
    client = signed_in(desk.writer)
    data = filled(client, url(draft, "basics")) | {"age_from": "15", "age_to": "11"}
    answer = client.post(url(draft, "basics"), data)

    assert answer.status_code == 400
    assert "Put the two ages in order" in answer.content.decode()


def test_a_part_that_did_not_arrive_whole_is_not_saved(desk, signed_in):
    draft = a_draft(desk.writer)
    before = content_of(draft)
    answer = signed_in(desk.writer).post(url(draft, "objectives"), {"token": "x"})

    assert answer.status_code == 400
    assert content_of(draft) == before


@pytest.mark.parametrize("page", PAGES)
def test_a_page_takes_at_most_fifteen_queries_however_long_the_lesson(desk, signed_in, page):
    draft = a_draft(desk.writer)
    client = signed_in(desk.writer)
    with CaptureQueriesContext(connection) as few:
        client.get(url(draft, page))
    write_content(draft, read_lesson(STARTER / "lessons" / "grooming-11-14.md"))
    for _ in range(30):
        FindingFactory()
    with CaptureQueriesContext(connection) as many:
        client.get(url(draft, page))

    assert len(few) == len(many) <= 15


def test_the_builders_lesson_is_the_one_that_is_stored(desk):
    assert content_of(a_draft(desk.writer)) == lesson_content()
