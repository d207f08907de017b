"""Publishing and retiring at a time: what is planned, what is refused, and that nothing has to run when it comes."""

import datetime

import pytest
from django.utils import timezone

from lessons.editorial import services
from lessons.editorial.errors import ChecksFailed, EditorialError, NotAllowed, WrongMoment, WrongStatus
from lessons.library.enums import State
from safeguarding.audit.models import AuditEntry

from .builders import in_review, item_of, live

NOON = datetime.datetime(2027, 3, 1, 12, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def clock(monkeypatch):
    def set_to(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)

    set_to(NOON)
    return set_to


def stored(version):
    return type(version)._default_manager.get(pk=version.pk)


def approved(desk, **changes):
    version = in_review(desk.writer, **changes)
    return services.approve_version(actor=desk.reviewer, version=version, number=version.number)


def an_old_and_a_new(desk, clock):
    old = live(desk.writer, desk.reviewer)
    clock(NOON + HOUR)
    return old, approved(desk)


def plan(desk, version, begins, ends=None):
    return services.schedule_version(actor=desk.reviewer, version=version, live_from=begins, live_until=ends)


def test_when_the_time_comes_the_new_version_is_live_and_the_old_is_not(desk, clock):
    old, new = an_old_and_a_new(desk, clock)
    plan(desk, new, NOON + 3 * HOUR)

    assert (stored(old).state, stored(new).state) == (State.LIVE, State.SCHEDULED)
    assert item_of(old).live_version == old
    clock(NOON + 3 * HOUR)
    assert (stored(old).state, stored(new).state) == (State.RETIRED, State.LIVE)
    assert item_of(old).live_version == new


def test_it_is_retired_by_itself_where_an_end_was_named_and_the_old_does_not_come_back(desk, clock):
    old, new = an_old_and_a_new(desk, clock)
    plan(desk, new, NOON + 2 * HOUR, NOON + 3 * HOUR)
    clock(NOON + 3 * HOUR)

    assert item_of(old).live_version is None
    assert stored(new).state == State.RETIRED


def test_another_time_replaces_the_first(desk, clock):
    old, new = an_old_and_a_new(desk, clock)
    plan(desk, new, NOON + 2 * HOUR, NOON + 4 * HOUR)
    plan(desk, stored(new), NOON + 5 * HOUR)
    clock(NOON + 3 * HOUR)

    assert item_of(old).live_version == old
    assert stored(new).state == State.SCHEDULED
    clock(NOON + 5 * HOUR)
    assert item_of(old).live_version == new


def test_a_plan_that_is_cancelled_leaves_everything_as_it_was(desk, clock):
    old, new = an_old_and_a_new(desk, clock)
    before = (stored(old).live_from, stored(old).live_until)
    plan(desk, new, NOON + 2 * HOUR, NOON + 4 * HOUR)
    services.cancel_schedule(actor=desk.reviewer, identity=old.identity)

    assert (stored(old).live_from, stored(old).live_until) == before
    assert stored(new).state == State.APPROVED
    clock(NOON + 9 * HOUR)
    assert item_of(old).live_version == old


def test_what_has_come_is_not_cancelled_any_more(desk, clock):
    old, new = an_old_and_a_new(desk, clock)
    plan(desk, new, NOON + 2 * HOUR)
    clock(NOON + 2 * HOUR)

    with pytest.raises(WrongStatus, match="Nothing of this is planned any more"):
        services.cancel_schedule(actor=desk.reviewer, identity=old.identity)
    assert item_of(old).live_version == new


def test_what_is_scheduled_can_go_live_at_once_and_keeps_its_end(desk, clock):
    old, new = an_old_and_a_new(desk, clock)
    plan(desk, new, NOON + 3 * HOUR, NOON + 5 * HOUR)
    services.publish_version(actor=desk.reviewer, version=new)

    assert item_of(old).live_version == new
    assert stored(new).live_until == NOON + 5 * HOUR
    assert stored(old).live_until == NOON + HOUR


def test_going_back_keeps_what_is_planned(desk, clock):
    first = live(desk.writer, desk.reviewer)
    clock(NOON + HOUR)
    live(desk.writer, desk.reviewer)
    third = plan(desk, approved(desk), NOON + 5 * HOUR)
    clock(NOON + 2 * HOUR)
    services.publish_version(actor=desk.reviewer, version=stored(first))

    assert item_of(first).live_version == first
    clock(NOON + 5 * HOUR)
    assert item_of(first).live_version == third


def test_what_is_live_is_retired_at_its_time(desk, clock):
    old = live(desk.writer, desk.reviewer)
    services.schedule_retirement(actor=desk.reviewer, identity=old.identity, at=NOON + HOUR, reason="The law changes.")

    assert item_of(old).live_version == old
    clock(NOON + HOUR)
    assert item_of(old).live_version is None
    entry = AuditEntry.objects.get(action="scheduled the end of")
    assert entry.reason == "on 1 March 2027, 13:00 (Europe/London): The law changes."


def test_an_item_has_one_plan_at_a_time(desk, clock):
    old, new = an_old_and_a_new(desk, clock)
    services.schedule_retirement(actor=desk.reviewer, identity=old.identity, at=NOON + 4 * HOUR, reason="Old.")
    with pytest.raises(WrongStatus, match="is to be retired on 1 March 2027, 16:00"):
        plan(desk, new, NOON + 5 * HOUR)
    services.cancel_schedule(actor=desk.reviewer, identity=old.identity)
    plan(desk, new, NOON + 5 * HOUR)

    with pytest.raises(WrongStatus, match="Version 2 is to take its place"):
        services.schedule_retirement(actor=desk.reviewer, identity=old.identity, at=NOON + 4 * HOUR, reason="Old.")
    with pytest.raises(WrongStatus, match="Version 2 is under way"):
        services.start_draft(actor=desk.writer, identity=old.identity)


@pytest.mark.parametrize(
    ("begins", "ends", "why"),
    [
        (NOON, None, "has passed"),
        (NOON - HOUR, None, "has passed"),
        (NOON + HOUR, NOON - HOUR, "has passed"),
        (NOON + 2 * HOUR, NOON + 2 * HOUR, "retired before it is live"),
        (NOON + datetime.timedelta(days=2_000), None, "more than five years away"),
    ],
)
def test_a_time_that_cannot_be_meant_is_refused(desk, clock, begins, ends, why):
    version = approved(desk)
    with pytest.raises(WrongMoment, match=why):
        plan(desk, version, begins, ends)

    assert stored(version).state == State.APPROVED


def test_the_same_rules_as_for_publishing_now(desk, clock):
    version = in_review(desk.writer)
    with pytest.raises(WrongStatus):
        plan(desk, version, NOON + HOUR)
    services.approve_version(actor=desk.reviewer, version=version, number=1)
    with pytest.raises(NotAllowed):
        services.schedule_version(actor=desk.writer, version=version, live_from=NOON + HOUR)
    type(version).objects.filter(pk=version.pk).update(summary="")
    with pytest.raises(ChecksFailed):
        plan(desk, version, NOON + HOUR)


def test_an_end_needs_a_reason_and_something_that_is_live(desk, clock):
    version = live(desk.writer, desk.reviewer)
    with pytest.raises(EditorialError, match="Say why"):
        services.schedule_retirement(actor=desk.reviewer, identity=version.identity, at=NOON + HOUR, reason=" ")
    clock(NOON + HOUR / 2)
    services.retire_item(actor=desk.reviewer, identity=version.identity, reason="Old.")
    with pytest.raises(WrongStatus, match="Nothing of this is live"):
        services.schedule_retirement(actor=desk.reviewer, identity=version.identity, at=NOON + HOUR, reason="Old.")


STEPS = {
    "publish": lambda desk, old, new: services.publish_version(actor=desk.reviewer, version=new),
    "schedule": lambda desk, old, new: plan(desk, new, NOON + 3 * HOUR),
    "retire": lambda desk, old, new: services.retire_item(actor=desk.reviewer, identity=old.identity, reason="Old."),
    "retire later": lambda desk, old, new: services.schedule_retirement(
        actor=desk.reviewer, identity=old.identity, at=NOON + 3 * HOUR, reason="Old."
    ),
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(
    "broken", ["lessons.editorial.services.locking.record", "lessons.library.models.LessonVersion.save"]
)
def test_a_failure_at_any_point_leaves_the_old_version_live_and_no_trace(desk, clock, monkeypatch, step, broken):
    old, new = an_old_and_a_new(desk, clock)
    clock(NOON + 2 * HOUR)

    def all_of_it():
        return [*type(old).objects.order_by("pk").values_list("status", "live_from", "live_until")]

    before, entries = all_of_it(), AuditEntry.objects.count()

    def fail(*args, **kwargs):
        raise OSError("The disk is full.")

    monkeypatch.setattr(broken, fail)
    with pytest.raises(OSError, match="disk"):
        STEPS[step](desk, old, new)

    assert all_of_it() == before
    assert AuditEntry.objects.count() == entries
    assert item_of(old).live_version == old
