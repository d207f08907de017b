"""The lists of activities and questions: add, move, remove."""

import pytest

from lessons.editorial import services
from lessons.editorial.parts import Part, token_of
from lessons.library.enums import ActivityKind, QuestionKind
from lessons.library.store import content_of

from .builders import SCENARIO, SORT, a_draft, in_review


def url(version, page):
    return f"/desk/lessons/{version.lesson.slug}/{version.number}/{page}/"


def token(version, part):
    return token_of(content_of(version), part)


def kinds(version):
    return [question.kind for question in content_of(version).questions]


@pytest.mark.parametrize("kind", ActivityKind)
def test_an_activity_is_added_and_opened(desk, signed_in, kind):
    draft = a_draft(desk.writer)
    data = {"kind": kind.value, "token": token(draft, Part.ACTIVITIES)}
    answer = signed_in(desk.writer).post(url(draft, "activities/add"), data, follow=True)

    assert answer.redirect_chain[-1][0] == url(draft, "activities/3")
    assert content_of(draft).activities[2].kind == kind


@pytest.mark.parametrize("kind", QuestionKind)
def test_a_question_is_added_with_its_fixed_options(desk, signed_in, kind):
    draft = a_draft(desk.writer)
    data = {"kind": kind.value, "token": token(draft, Part.QUESTIONS)}
    answer = signed_in(desk.writer).post(url(draft, "questions/add"), data, follow=True)

    assert answer.status_code == 200
    added = content_of(draft).questions[3]
    assert added.kind == kind
    assert tuple(option.text for option in added.options)[: len(kind.fixed_options)] == kind.fixed_options


def test_a_kind_that_there_is_not_is_refused(desk, signed_in):
    draft = a_draft(desk.writer)
    answer = signed_in(desk.writer).post(url(draft, "questions/add"), {"kind": "riddle"})

    assert answer.status_code == 400
    assert "Choose a kind of question first." in answer.content.decode()


def test_a_list_has_an_end(desk, signed_in):
    draft = a_draft(desk.writer, activities=(SCENARIO, SORT) * 3)
    data = {"kind": "sort", "token": token(draft, Part.ACTIVITIES)}

    assert signed_in(desk.writer).post(url(draft, "activities/add"), data).status_code == 400
    assert len(content_of(draft).activities) == 6


@pytest.mark.parametrize(
    ("place", "to", "order"),
    [(2, "up", [1, 0, 2]), (2, "down", [0, 2, 1]), (1, "up", [0, 1, 2]), (3, "down", [0, 1, 2]), (9, "up", [0, 1, 2])],
)
def test_a_question_is_moved(desk, signed_in, place, to, order):
    draft = a_draft(desk.writer)
    before = kinds(draft)
    data = {"to": to, "token": token(draft, Part.QUESTIONS)}

    assert signed_in(desk.writer).post(url(draft, f"questions/{place}/move"), data).status_code == 302
    assert kinds(draft) == [before[index] for index in order]


def test_removing_asks_first(desk, signed_in):
    draft = a_draft(desk.writer)
    client = signed_in(desk.writer)
    page = client.get(url(draft, "activities/1/remove"))
    assert "The funny photo" in page.content.decode()
    assert len(content_of(draft).activities) == 2

    client.post(url(draft, "activities/1/remove"), {"token": page.context["token"]})
    assert content_of(draft).activities == (SORT,)


def test_removing_what_is_not_there(desk, signed_in):
    assert signed_in(desk.writer).get(url(a_draft(desk.writer), "questions/9/remove")).status_code == 404


@pytest.mark.parametrize("step", ["add", "1/move", "1/remove"])
def test_a_list_that_somebody_changed_meanwhile_stays_as_they_left_it(desk, signed_in, step):
    draft = a_draft(desk.writer)
    before = kinds(draft)
    data = {"kind": "worry", "to": "down", "token": "of another time"}
    answer = signed_in(desk.writer).post(url(draft, f"questions/{step}"), data)

    assert answer.status_code == 409
    assert "saved this list after you opened it" in answer.content.decode()
    assert kinds(draft) == before


@pytest.mark.parametrize("step", ["add", "1/move", "1/remove"])
def test_the_list_of_what_was_submitted_stays(desk, signed_in, step):
    version = in_review(desk.writer)
    before = kinds(version)
    data = {"kind": "worry", "to": "down", "token": token(version, Part.QUESTIONS)}
    answer = signed_in(desk.writer).post(url(version, f"questions/{step}"), data)

    assert answer.status_code == 409
    assert kinds(version) == before


@pytest.mark.parametrize("step", ["add", "1/move", "1/remove"])
@pytest.mark.parametrize("who", ["reviewer", "operator", "stranger"])
def test_lists_are_changed_by_editors_alone(desk, signed_in, step, who):
    draft = a_draft(desk.writer)
    before = kinds(draft)
    data = {"kind": "worry", "to": "down", "token": token(draft, Part.QUESTIONS)}

    assert signed_in(getattr(desk, who)).post(url(draft, f"questions/{step}"), data).status_code == 403
    assert kinds(draft) == before


@pytest.mark.parametrize("step", ["add", "1/move"])
def test_nothing_is_changed_by_a_link(desk, signed_in, step):
    assert signed_in(desk.writer).get(url(a_draft(desk.writer), f"questions/{step}")).status_code == 405


def test_an_empty_list_says_so(desk, signed_in):
    draft = a_draft(desk.writer)
    content = content_of(draft)
    services.save_part(
        actor=desk.writer,
        version=draft,
        part=Part.ACTIVITIES,
        token=token_of(content, Part.ACTIVITIES),
        changes={"activities": ()},
    )

    assert "There is none yet." in signed_in(desk.writer).get(url(draft, "activities")).content.decode()
