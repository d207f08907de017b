"""A quick question to a class. Of a vote only the sum is kept; who has voted is forgotten when the poll is closed."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from safeguarding.schools.models import Membership, SchoolClass
from safeguarding.schools.rules import can_manage_class

from .. import rules
from ..errors import ClassArchived, LeadNotTold, NotAllowed, PollClosed, PollStillOpen, TaughtNoMore
from ..models import Assignment, Poll, PollOption, PollVote
from ..pupil_session import Visit
from ..queries.polls import vote_key


@transaction.atomic
def open_poll(
    *,
    actor: Membership,
    school_class: SchoolClass,
    question: str,
    options: Sequence[str],
    assignment: Assignment | None = None,
) -> Poll:
    """`assignment` is the lesson that it is asked in, if any; it has to be ready to be taught.

    Raises NotAllowed, ClassArchived, LeadNotTold, TaughtNoMore, PollStillOpen.
    """
    # Two teachers of the class wait for each other here.
    kept = SchoolClass.objects.select_for_update(no_key=True).get(pk=school_class.pk)
    if not can_manage_class(actor, kept):
        raise NotAllowed
    if kept.is_archived:
        raise ClassArchived([kept.name])
    if assignment and assignment.version.withdrawn_at:
        raise TaughtNoMore
    if assignment and not rules.is_ready(assignment):
        raise LeadNotTold
    if Poll.objects.filter(school_class=kept).open().exists():
        raise PollStillOpen
    for forgotten in Poll.objects.filter(school_class=kept, closed_at__isnull=True):
        _close(forgotten)
    poll = Poll.objects.create(school_class=kept, question=question, opened_by=actor)
    PollOption.objects.bulk_create(
        PollOption(poll=poll, position=position, text=text) for position, text in enumerate(options, start=1)
    )
    return poll


@transaction.atomic
def close_poll(*, actor: Membership, poll: Poll) -> None:
    """Nobody can vote any more, and nothing says any more who did. Closing it twice changes nothing.

    Raises NotAllowed.
    """
    kept = Poll.objects.select_for_update(no_key=True).get(pk=poll.pk)
    if not can_manage_class(actor, kept.school_class):
        raise NotAllowed
    if kept.closed_at is None:
        _close(kept)


@transaction.atomic
def vote(*, visit: Visit, poll_id: int, option_pk: int) -> bool:
    """Count the visitor's choice, once for each device that has joined. Returns whether it was counted now.

    Raises PollClosed, and ValueError where the option is not one of the poll's.
    """
    # Waits for a teacher who is closing it, so that no vote comes after the last look.
    poll = Poll.objects.select_for_update(no_key=True).filter(pk=poll_id, school_class=visit.school_class).first()
    if poll is None or poll.is_closed:
        raise PollClosed
    if not poll.options.filter(pk=option_pk).exists():
        raise ValueError("A vote is for one of the poll's own options.")
    _, is_new = PollVote.objects.get_or_create(poll=poll, key=vote_key(visit, poll.pk))
    if is_new:
        PollOption.objects.filter(pk=option_pk).update(count=F("count") + 1)
    return is_new


def _close(poll: Poll) -> None:
    poll.closed_at = min(timezone.now(), poll.ends_at)
    poll.save(update_fields=["closed_at"])
    poll.votes.all().delete()
