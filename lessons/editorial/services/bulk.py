"""Several items at once, by the same functions as one. Each is a transaction of its own: what fails stops no other."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.http import Http404

from lessons.library.store import AnyVersion
from safeguarding.accounts.models import User

from ..enums import Kind
from ..errors import EditorialError, WrongStatus
from ..queries.version import get_versions, live_of
from .ownership import set_owner
from .publishing import publish_version, retire_item
from .review import approve_version

MOST = 100
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Seen:
    """An item as it stood on the screen: its newest version and the one that was live, 0 for none."""

    kind: Kind
    slug: str
    number: int
    live_number: int


@dataclass(frozen=True)
class Outcome:
    """`error` is None where it was done."""

    seen: Seen
    error: EditorialError | None = None

    @property
    def is_done(self) -> bool:
        return self.error is None


Step = Callable[[Sequence[AnyVersion], Seen], object]


def approve_in_bulk(*, actor: User, items: Sequence[Seen]) -> tuple[Outcome, ...]:
    """The versions whose numbers were on the screen."""

    def step(versions: Sequence[AnyVersion], seen: Seen) -> object:
        return approve_version(actor=actor, version=_newest(versions, seen), number=seen.number)

    return _each(items, step)


def publish_in_bulk(*, actor: User, items: Sequence[Seen]) -> tuple[Outcome, ...]:
    """The versions whose numbers were on the screen."""
    return _each(items, lambda versions, seen: publish_version(actor=actor, version=_newest(versions, seen)))


def retire_in_bulk(*, actor: User, items: Sequence[Seen], reason: str) -> tuple[Outcome, ...]:
    """What was live on the screen."""

    def step(versions: Sequence[AnyVersion], seen: Seen) -> object:
        live = live_of(versions)
        if live and live.number != seen.live_number:
            was = f"version {seen.live_number}" if seen.live_number else "nothing"
            raise WrongStatus(f"Version {live.number} is live by now; on your screen it was {was}. Look at it first.")
        return retire_item(actor=actor, identity=versions[0].identity, reason=reason)

    return _each(items, step)


def set_owner_in_bulk(*, actor: User, items: Sequence[Seen], owner: User | None) -> tuple[Outcome, ...]:
    return _each(items, lambda versions, seen: set_owner(actor=actor, identity=versions[0].identity, owner=owner))


def _newest(versions: Sequence[AnyVersion], seen: Seen) -> AnyVersion:
    newest = versions[0]
    if newest.number != seen.number:
        raise WrongStatus(
            f"Version {newest.number} is there by now; on your screen it was version {seen.number}. Read it first."
        )
    return newest


def _each(items: Sequence[Seen], step: Step) -> tuple[Outcome, ...]:
    """Raises RuntimeError inside a transaction, where the items would stand or fall together."""
    return tuple(_outcome(seen, step) for seen in items)


def _outcome(seen: Seen, step: Step) -> Outcome:
    try:
        with transaction.atomic(durable=True):
            # Locked before it is read, so that what is looked at here is what the step meets.
            items = seen.kind.identity_model._default_manager.filter(slug=seen.slug).order_by("pk")
            list(items.select_for_update(of=("self",)).values_list("pk"))
            step(get_versions(seen.kind, seen.slug), seen)
    except EditorialError as error:
        return Outcome(seen, error)
    except Http404:
        return Outcome(seen, WrongStatus("It is no longer there."))
    except Exception:  # a full disk, a lost connection: the others are still to be tried, and this one is told of
        logger.exception("A bulk action failed at %s/%s.", seen.kind, seen.slug)
        return Outcome(
            seen, EditorialError("Something failed on our side, and nothing of it was changed. Try it again.")
        )
    return Outcome(seen)
