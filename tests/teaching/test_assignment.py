import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from lessons.teaching import services
from lessons.teaching.audience import WHOLE_CLASS
from lessons.teaching.errors import OpeningStays
from lessons.teaching.models import Assignment, Attempt, Delivery

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


def test_the_day_it_opens_moves_only_as_long_as_nobody_has_begun(signed_in, cast, assignment):
    client, page = signed_in(cast.teacher), url("assignment-edit", assignment)
    later = assignment.opens_on + 2 * DAY
    assert client.post(page, edited(assignment, opens_on=later, note="Bring a pen.")).status_code == 302
    kept = Assignment.objects.get()
    assert (kept.opens_on, kept.note) == (later, "Bring a pen.")
    Attempt.objects.create(assignment=assignment)
    shown = client.get(page).text
    assert "That day stays" in shown
    assert 'name="opens_on"' not in shown
    with pytest.raises(OpeningStays):
        services.change_assignment(
            actor=cast.teacher,
            assignment=kept,
            opens_on=later + DAY,
            due_on=kept.due_on,
            note="",
            audience=WHOLE_CLASS,
        )
    assert client.post(page, {"due_on": kept.due_on + DAY, "note": ""}).status_code == 302
    assert Assignment.objects.get().opens_on == later


def test_a_closed_lesson_goes_into_the_archive_and_comes_out_closed(signed_in, cast, assignment):
    client = signed_in(cast.teacher)
    refused = client.post(url("assignment-archive", assignment))
    assert refused.status_code == 409
    assert "Close the lesson first." in refused.text
    client.post(url("assignment-close", assignment))
    client.post(url("assignment-archive", assignment))
    assert Assignment.objects.get().archived_at
    listed = client.get(reverse("teaching:archive")).text
    assert url("assignment-edit", assignment) in listed
    assert "8A" in listed
    assert "The archive is empty" in signed_in(cast.outsider).get(reverse("teaching:archive")).text
    assert "Take it out of the archive" in client.get(url("assignment-edit", assignment)).text
    client.post(url("assignment-restore", assignment))
    kept = Assignment.objects.get()
    assert kept.archived_at is None
    assert kept.is_closed


@pytest.mark.parametrize("name", ["assignment-archive", "assignment-restore", "plan-move"])
def test_the_buttons_are_posts_by_somebody_of_the_class(signed_in, cast, assignment, name):
    page = url(name, assignment)
    assert signed_in(cast.colleague).post(page).status_code == 403
    assert signed_in(cast.outsider).post(page).status_code == 404
    assert signed_in(cast.teacher).get(page).status_code == 405


def test_nothing_changes_in_a_class_of_a_past_year(signed_in, cast, assignment):
    cast.anonymous_class.archived_at = timezone.now()
    cast.anonymous_class.save()
    client = signed_in(cast.teacher)
    sent = {
        "assignment-edit": edited(assignment, due_on=assignment.due_on + DAY),
        "assignment-close": {},
        "assignment-archive": {},
        "assignment-restore": {},
        "plan-move": {"opens_on": assignment.opens_on + DAY},
        "delivery-create": {"taught_on": timezone.localdate(), "pupils_present": 20},
    }
    for name, data in sent.items():
        page = client.post(url(name, assignment), data)
        assert page.status_code == 409, name
        assert "8A is a class of a past year" in page.text, name
    kept = Assignment.objects.get()
    assert (kept.due_on, kept.closed_at) == (assignment.due_on, None)
    assert "Nothing is changed there any more" in client.get(url("assignment-edit", assignment)).text


def test_a_withdrawn_lesson_offers_no_teaching_and_takes_only_days_before(signed_in, cast, assignment):
    Assignment.objects.update(opens_on=assignment.opens_on - 5 * DAY)
    version = assignment.version
    version.live_from = timezone.now() - 6 * DAY
    version.live_until = version.withdrawn_at = timezone.now() - DAY
    version.save()
    client, page = signed_in(cast.teacher), url("delivery-create", assignment)
    assert "Record teaching" not in client.get(url("assignment-edit", assignment)).text
    assert "It was withdrawn on" in client.get(page).text
    refused = client.post(page, {"taught_on": timezone.localdate(), "pupils_present": 20})
    assert refused.status_code == 400
    assert "no teaching of it is recorded for a later day" in refused.text
    before = timezone.localdate() - 2 * DAY
    assert client.post(page, {"taught_on": before, "pupils_present": 20}).status_code == 302
