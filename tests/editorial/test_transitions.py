"""Who may move a version on, and from which status. Each row is one refusal or one success."""

import datetime

import pytest
from django.utils import timezone

from lessons.editorial import services
from lessons.editorial.errors import ChecksFailed, EditorialError, NotAllowed, WrongStatus
from lessons.library.enums import State
from lessons.library.models import LessonVersion
from safeguarding.audit.models import AuditEntry

from .builders import a_draft, a_guide_draft, in_review, item_of, live


def stored(version):
    return type(version)._default_manager.get(pk=version.pk)


def tomorrow():
    return timezone.now() + datetime.timedelta(days=1)


def at(state: State, desk):
    """A version that the writer wrote, and that stands there."""
    if state == State.DRAFT:
        return a_draft(desk.writer)
    if state == State.IN_REVIEW:
        return in_review(desk.writer)
    if state == State.RETURNED:
        version = in_review(desk.writer)
        services.return_version(actor=desk.reviewer, version=version, reason="Say more.")
        return stored(version)
    if state == State.APPROVED:
        version = in_review(desk.writer)
        return services.approve_version(actor=desk.reviewer, version=version, number=1)
    if state == State.SCHEDULED:
        version = at(State.APPROVED, desk)
        return services.schedule_version(actor=desk.reviewer, version=version, live_from=tomorrow())
    version = live(desk.writer, desk.reviewer)
    if state == State.RETIRED:
        services.retire_item(actor=desk.reviewer, identity=version.identity, reason="Out of date.")
    if state == State.WITHDRAWN:
        services.withdraw_item(actor=desk.reviewer, identity=version.identity, reason="Wrong.")
    return stored(version)


STEPS = {
    "submit": lambda actor, version: services.submit_version(actor=actor, version=version),
    "approve": lambda actor, version: services.approve_version(actor=actor, version=version, number=version.number),
    "return": lambda actor, version: services.return_version(actor=actor, version=version, reason="Say more."),
    "publish": lambda actor, version: services.publish_version(actor=actor, version=version, reason="It is right."),
    "schedule": lambda actor, version: services.schedule_version(actor=actor, version=version, live_from=tomorrow()),
    "withdraw": lambda actor, version: services.withdraw_item(actor=actor, identity=item_of(version), reason="No."),
    "archive": lambda actor, version: services.archive_item(actor=actor, identity=item_of(version), reason="Old."),
    "retire": lambda actor, version: services.retire_item(actor=actor, identity=item_of(version), reason="Old."),
    "begin anew": lambda actor, version: services.start_draft(actor=actor, identity=item_of(version)),
}
BEGINS_AT = {
    "submit": {State.DRAFT},
    "approve": {State.IN_REVIEW},
    "return": {State.IN_REVIEW, State.APPROVED},
    "publish": {State.APPROVED, State.SCHEDULED, State.RETIRED, State.WITHDRAWN},
    "schedule": {State.APPROVED, State.SCHEDULED},
    "withdraw": {State.LIVE, State.RETIRED},
    "archive": {State.LIVE},
    "retire": {State.LIVE},
    "begin anew": {State.LIVE, State.RETIRED, State.WITHDRAWN},
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("step", STEPS)
def test_a_step_begins_only_where_it_may(desk, step, state):
    version = at(state, desk)
    entries = AuditEntry.objects.count()

    if state in BEGINS_AT[step]:
        STEPS[step](desk.both, version)
        assert AuditEntry.objects.count() > entries
    else:
        with pytest.raises(WrongStatus):
            STEPS[step](desk.both, version)
        assert stored(version).state == state
        assert AuditEntry.objects.count() == entries


ALLOWED = {
    "submit": {"writer", "second", "both", "chief"},
    "approve": {"reviewer", "both", "chief"},
    "return": {"reviewer", "both", "chief"},
    "publish": {"reviewer", "both", "chief"},
    "schedule": {"reviewer", "both", "chief"},
    "withdraw": {"reviewer", "both", "chief"},
    "archive": {"reviewer", "both", "chief"},
    "retire": {"reviewer", "both", "chief"},
    "begin anew": {"writer", "second", "both", "chief"},
}
STARTS = {step: min(states, key=list(State).index) for step, states in BEGINS_AT.items()}


@pytest.mark.parametrize("who", ["writer", "second", "reviewer", "both", "operator", "chief", "stranger"])
@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_for_those_who_have_the_role(desk, step, who):
    version = at(STARTS[step], desk)

    if who in ALLOWED[step]:
        STEPS[step](getattr(desk, who), version)
    else:
        with pytest.raises(NotAllowed):
            STEPS[step](getattr(desk, who), version)
        assert stored(version).state == STARTS[step]


def test_an_author_cannot_approve_their_own_version(desk):
    version = in_review(desk.both)

    with pytest.raises(NotAllowed, match="Somebody else"):
        services.approve_version(actor=desk.both, version=version, number=1)


def test_a_superuser_who_wrote_it_cannot_approve_it_either(desk):
    with pytest.raises(NotAllowed):
        services.approve_version(actor=desk.chief, version=in_review(desk.chief), number=1)


def test_whoever_submitted_it_cannot_approve_it(desk):
    version = services.submit_version(actor=desk.both, version=a_draft(desk.writer))

    with pytest.raises(NotAllowed):
        services.approve_version(actor=desk.both, version=version, number=1)


def test_a_reviewer_who_saved_a_change_cannot_approve_it(desk):
    version = a_draft(desk.writer)
    version.contributors.add(desk.both)
    version = services.submit_version(actor=desk.writer, version=version)

    with pytest.raises(NotAllowed):
        services.approve_version(actor=desk.both, version=version, number=1)


def test_whoever_wrote_in_a_returned_version_cannot_approve_the_next(desk):
    version = a_draft(desk.writer)
    version.contributors.add(desk.both)
    version = services.submit_version(actor=desk.writer, version=version)
    draft = services.return_version(actor=desk.reviewer, version=version, reason="Shorter.")
    again = services.submit_version(actor=desk.writer, version=draft)

    with pytest.raises(NotAllowed):
        services.approve_version(actor=desk.both, version=again, number=2)


def test_an_approval_names_the_version_that_was_read(desk):
    with pytest.raises(WrongStatus, match="You have read version 2"):
        services.approve_version(actor=desk.reviewer, version=in_review(desk.writer), number=2)


def test_somebody_who_was_deactivated_approves_nothing(desk):
    version = in_review(desk.writer)
    desk.reviewer.is_active = False

    with pytest.raises(NotAllowed):
        services.approve_version(actor=desk.reviewer, version=version, number=1)


@pytest.mark.parametrize("step", ["submit", "publish"])
def test_what_fails_a_check_goes_no_further(desk, step):
    version = at(STARTS[step], desk)
    version.summary = ""
    version.save()

    with pytest.raises(ChecksFailed, match="1 thing stands"):
        STEPS[step](desk.both, version)
    assert stored(version).state == STARTS[step]


@pytest.mark.parametrize("reason", ["", "   "])
def test_returning_and_retiring_need_a_reason(desk, reason):
    version = at(State.IN_REVIEW, desk)
    with pytest.raises(EditorialError, match="Say what should change"):
        services.return_version(actor=desk.reviewer, version=version, reason=reason)
    services.approve_version(actor=desk.reviewer, version=version, number=1)
    services.publish_version(actor=desk.reviewer, version=version)
    with pytest.raises(EditorialError, match="Say why"):
        services.retire_item(actor=desk.reviewer, identity=item_of(version), reason=reason)
    assert stored(version).state == State.LIVE


def test_a_returned_version_stays_as_it_was_read_and_its_author_goes_on_in_a_new_draft(desk):
    version = in_review(desk.writer)
    draft = services.return_version(actor=desk.reviewer, version=version, reason="Shorter.")

    assert stored(version).state == State.RETURNED
    assert stored(version).return_reason == "Shorter."
    assert (draft.number, draft.state, draft.author) == (2, State.DRAFT, desk.writer)


def test_publishing_ends_what_was_live(desk):
    first = live(desk.writer, desk.reviewer)
    second = live(desk.writer, desk.reviewer)

    assert stored(first).state == State.RETIRED
    assert item_of(second).live_version == second


def test_one_can_go_back_to_an_earlier_version(desk):
    first = live(desk.writer, desk.reviewer)
    second = live(desk.writer, desk.reviewer)
    services.publish_version(actor=desk.reviewer, version=first)

    assert item_of(first).live_version == first
    assert (stored(first).state, stored(second).state) == (State.LIVE, State.RETIRED)


def test_a_guide_goes_the_same_way(desk):
    version = services.submit_version(actor=desk.writer, version=a_guide_draft(desk.writer))
    services.approve_version(actor=desk.reviewer, version=version, number=1)
    services.publish_version(actor=desk.reviewer, version=version)

    assert item_of(version).live_version == version


@pytest.mark.parametrize("step", STEPS)
def test_where_the_audit_cannot_be_written_nothing_has_changed(desk, step, monkeypatch):
    version = at(STARTS[step], desk)
    versions = LessonVersion.objects.count()
    live = item_of(version).live_version

    def fail(**kwargs):
        raise OSError("The disk is full.")

    monkeypatch.setattr("lessons.editorial.services.locking.record", fail)
    with pytest.raises(OSError, match="disk"):
        STEPS[step](desk.both, version)

    assert stored(version).state == STARTS[step]
    assert LessonVersion.objects.count() == versions
    assert item_of(version).live_version == live


def test_where_the_version_cannot_be_saved_the_old_version_stays_live(desk, monkeypatch):
    old = live(desk.writer, desk.reviewer)
    new = in_review(desk.writer)
    services.approve_version(actor=desk.reviewer, version=new, number=2)

    def fail(self, *args, **kwargs):
        raise OSError("The disk is full.")

    monkeypatch.setattr("lessons.library.models.LessonVersion.save", fail)
    with pytest.raises(OSError, match="disk"):
        services.publish_version(actor=desk.reviewer, version=new)

    assert item_of(old).live_version == old
    assert (stored(old).state, stored(new).state) == (State.LIVE, State.APPROVED)


def test_each_step_is_recorded_with_who_what_and_why(desk):
    version = in_review(desk.writer)
    services.return_version(actor=desk.reviewer, version=version, reason="Shorter.")

    entry = AuditEntry.objects.get(action="returned")
    assert (entry.actor_id, entry.object_id, entry.version_number) == (desk.reviewer.pk, version.lesson_id, 1)
    assert entry.reason == "Shorter."
