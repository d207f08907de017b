import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from lessons.teaching.models import Assignment, Delivery

from .conftest import count_queries

DAY = datetime.timedelta(days=1)
YESTERDAY = (timezone.localdate() - DAY).isoformat()
PAGES = ("assignment-edit", "delivery-create")


def url(name: str, assignment: Assignment) -> str:
    return reverse(f"teaching:{name}", args=[assignment.pk])


def edited(assignment: Assignment, **other) -> dict[str, object]:
    return {"opens_on": assignment.opens_on, "due_on": assignment.due_on, "note": "", "for_whom": "class", **other}


@pytest.mark.parametrize("name", PAGES)
def test_its_teacher_and_the_lead_see_the_page_and_nobody_else(signed_in, client, cast, assignment, name):
    page = url(name, assignment)
    assert signed_in(cast.teacher).get(page).status_code == 200
    assert signed_in(cast.lead).get(page).status_code == 200
    assert signed_in(cast.colleague).get(page).status_code == 403
    assert signed_in(cast.outsider).get(page).status_code == 404
    assert client.get(page).status_code == 302
    assert signed_in(cast.teacher).put(page).status_code == 405


def test_the_due_date_is_moved(signed_in, cast, assignment):
    later = assignment.due_on + 3 * DAY
    page = signed_in(cast.teacher).post(url("assignment-edit", assignment), edited(assignment, due_on=later))
    assert page.url == f"/teach/classes/{cast.anonymous_class.pk}/"
    assignment.refresh_from_db()
    assert assignment.due_on == later


@pytest.mark.parametrize("due_on", [YESTERDAY, "", "never"])
def test_a_due_date_before_the_opening_or_none_at_all_is_a_sentence(signed_in, cast, assignment, due_on):
    page = signed_in(cast.teacher).post(url("assignment-edit", assignment), edited(assignment, due_on=due_on))
    assert page.status_code == 400
    assert "date" in page.context["form"].errors["due_on"][0]


def test_the_dates_of_a_closed_lesson_stay(signed_in, cast, assignment):
    client = signed_in(cast.teacher)
    client.post(url("assignment-close", assignment))
    page = client.post(url("assignment-edit", assignment), edited(assignment, due_on=assignment.due_on + DAY))
    assert page.status_code == 409
    assert "has been closed for the class" in page.text
    assert "It was closed on" in client.get(url("assignment-edit", assignment)).text


def test_closing_is_a_post_by_somebody_of_the_class(signed_in, cast, assignment):
    page = url("assignment-close", assignment)
    assert signed_in(cast.colleague).post(page).status_code == 403
    assert signed_in(cast.outsider).post(page).status_code == 404
    assert signed_in(cast.teacher).get(page).status_code == 405
    assert not Assignment.objects.get().is_closed
    assert signed_in(cast.teacher).post(page).url == f"/teach/assignments/{assignment.pk}/"
    assert Assignment.objects.get().is_closed


def test_closing_twice_keeps_the_first_time(signed_in, cast, assignment):
    client = signed_in(cast.teacher)
    client.post(url("assignment-close", assignment))
    first = Assignment.objects.get().closed_at
    assert client.post(url("assignment-close", assignment)).status_code == 302
    assert Assignment.objects.get().closed_at == first


def test_a_delivery_is_recorded_with_the_number_present_and_no_names(signed_in, cast, assignment):
    today = timezone.localdate()
    page = signed_in(cast.teacher).post(url("delivery-create", assignment), {"taught_on": today, "pupils_present": 27})
    assert page.url == f"/teach/classes/{cast.anonymous_class.pk}/"
    delivery = Delivery.objects.get()
    assert (delivery.taught_on, delivery.pupils_present, delivery.taught_by) == (today, 27, cast.teacher)


def test_it_can_be_written_up_after_the_lesson_was_closed(signed_in, cast, assignment):
    client = signed_in(cast.teacher)
    client.post(url("assignment-close", assignment))
    sent = {"taught_on": timezone.localdate(), "pupils_present": 27}
    assert client.post(url("delivery-create", assignment), sent).status_code == 302


@pytest.mark.parametrize(
    ("days", "present", "sentence"),
    [
        (1, 27, "today or earlier"),
        (-1, 27, "not before the lesson opened"),
        (0, 0, "from 1 to 400"),
        (0, 401, "from 1 to 400"),
        (0, "", "from 1 to 400"),
        (0, "many", "from 1 to 400"),
    ],
)
def test_a_wrong_day_or_number_is_a_sentence(signed_in, cast, assignment, days, present, sentence):
    sent = {"taught_on": timezone.localdate() + days * DAY, "pupils_present": present}
    page = signed_in(cast.teacher).post(url("delivery-create", assignment), sent)
    assert page.status_code == 400
    assert sentence in page.text
    assert not Delivery.objects.exists()


def test_the_same_day_twice_is_a_sentence(signed_in, cast, assignment):
    sent = {"taught_on": timezone.localdate(), "pupils_present": 27}
    client = signed_in(cast.teacher)
    client.post(url("delivery-create", assignment), sent)
    page = client.post(url("delivery-create", assignment), {**sent, "pupils_present": 9})
    assert page.status_code == 409
    assert "already recorded" in page.text
    assert Delivery.objects.get().pupils_present == 27


def test_the_page_takes_the_same_queries_after_1_and_30_deliveries(signed_in, cast, assignment):
    client = signed_in(cast.teacher)
    page = url("delivery-create", assignment)
    few = None
    for day in range(30):
        Delivery.objects.create(assignment=assignment, taught_on=assignment.opens_on + day * DAY, pupils_present=20)
        few = few or count_queries(client, page)
    assert count_queries(client, page) == few <= 15
