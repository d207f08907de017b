"""The order of a lesson's activities and of its questions. What somebody has typed into a row goes with the row."""

from collections.abc import Callable

from django.db import transaction
from django.db.models import Case, F, Value, When

from lessons.library.store import AnyVersion, content_of
from safeguarding.accounts.models import User

from ..models import UnsavedCopy
from ..parts import Part
from .writing import save_part

ASIDE = 1_000  # no list is as long


@transaction.atomic
def move_row(*, actor: User, version: AnyVersion, part: Part, token: str, place: int, to: int) -> AnyVersion:
    """From one place to another, counted from 1. Past either end it stays where it is. Raises as `save_part` does."""
    return _reorder(actor, version, part, token, lambda order: _moved(order, place, to))


@transaction.atomic
def remove_row(*, actor: User, version: AnyVersion, part: Part, token: str, place: int) -> AnyVersion:
    """Raises as `save_part` does. What is typed into that row and not saved goes with it."""
    return _reorder(actor, version, part, token, lambda order: [row for row in order if row != place])


def _moved(order: list[int], place: int, to: int) -> list[int]:
    if place in order and to in order:
        order.insert(to - 1, order.pop(place - 1))
    return order


def _reorder(
    actor: User, version: AnyVersion, part: Part, token: str, change: Callable[[list[int]], list[int]]
) -> AnyVersion:
    rows = getattr(content_of(version), part.value)
    order = change(list(range(1, len(rows) + 1)))
    changes = {part.value: tuple(rows[place - 1] for place in order)}
    # The token holds the rows to what was read here, and what is typed into them still begins from the same row.
    version = save_part(actor=actor, version=version, part=part, token=token, changes=changes)
    copies = UnsavedCopy.objects.of(version).filter(part=part, place__gt=0)
    if copies.update(place=F("place") + ASIDE):
        copies.exclude(place__in=[place + ASIDE for place in order]).delete()
        moved = [When(place=old + ASIDE, then=Value(new)) for new, old in enumerate(order, start=1)]
        if moved:
            copies.update(place=Case(*moved))
    return version
