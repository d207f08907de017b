"""What is live is decided by time, here and nowhere else: of one version, in a query, and along a path of a query.

A version is live from `live_from` until `live_until`, which is open where it is empty. Nothing has to run when a moment
comes: from then on every query finds the other version.
"""

import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Case, CharField, DateTimeField, Expression, F, FilteredRelation, Q, Value, When
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

from .enums import State

if TYPE_CHECKING:
    from .models.base import Version


class CurrentMoment(Expression):
    """When the query runs, by the clock that also wrote the times: a query may be built long before."""

    output_field = DateTimeField()

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, Any]:
        return compiler.compile(Value(timezone.now(), output_field=self.output_field))


def live_q(path: str = "", at: datetime.datetime | None = None) -> Q:
    """That the version at the end of the path is live, now unless another moment is named."""
    moment = at or CurrentMoment()
    is_open = Q(**{f"{path}live_until__isnull": True}) | Q(**{f"{path}live_until__gt": moment})
    return Q(**{f"{path}live_from__lte": moment}) & is_open


def live_relation() -> FilteredRelation:
    """From a lesson or guide to its live version, for its manager: at most one row."""
    return FilteredRelation("versions", condition=live_q("versions__"))


def state_case() -> Case:
    """The state of a version as a column. It says the same as `state_of`."""
    return Case(
        When(live_q(), then=Value(State.LIVE.value)),
        When(live_from__gt=CurrentMoment(), then=Value(State.SCHEDULED.value)),
        When(withdrawn_at__isnull=False, then=Value(State.WITHDRAWN.value)),
        When(live_from__isnull=False, then=Value(State.RETIRED.value)),
        default=F("status"),
        output_field=CharField(),
    )


def state_of(version: "Version", at: datetime.datetime | None = None) -> State:
    moment = at or timezone.now()
    if version.live_from is None:
        return State(version.status)
    if version.live_from > moment:
        return State.SCHEDULED
    if version.live_until is None or version.live_until > moment:
        return State.LIVE
    return State.WITHDRAWN if version.withdrawn_at else State.RETIRED
