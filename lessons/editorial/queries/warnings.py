"""What the checks warn of, and what reviewers have said about it."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from lessons.library.content import Content
from lessons.library.store import AnyVersion

from ..checks import Level, Problem
from ..checks.keys import key_of
from ..checks.problem import Part
from ..models import AcceptedWarning, version_field


@dataclass(frozen=True)
class Acceptance:
    who: str
    reason: str
    at: datetime.datetime
    number: int  # of the version in which it was accepted


@dataclass(frozen=True)
class Judged:
    """A warning; `accepted` is None while it is to be mended or accepted."""

    problem: Problem
    key: str
    accepted: Acceptance | None


def judged_warnings(version: AnyVersion, content: Content, problems: Sequence[Problem]) -> tuple[Judged, ...]:
    """The warnings among the problems, in their order. An acceptance in an earlier version of the item holds as long as
    the text is the same. One query.
    """
    accepted = _accepted(version)
    warnings = [(problem, key_of(content, problem)) for problem in problems if not problem.blocks]
    return tuple(Judged(problem, key, accepted.get(key)) for problem, key in warnings)


def open_warnings(judged: Sequence[Judged]) -> tuple[Judged, ...]:
    return tuple(one for one in judged if one.accepted is None)


def accepted_warnings(version: AnyVersion, content: Content) -> tuple[Judged, ...]:
    """What holds of the text as it is, without asking the checks. One query."""
    held = []
    for accepted in _rows(version):
        problem = Problem(Part(accepted.part), accepted.place, accepted.message, "", Level.WARNS)
        if key_of(content, problem) == accepted.key:
            held.append(Judged(problem, accepted.key, _acceptance(accepted)))
    return tuple(held)


def _accepted(version: AnyVersion) -> dict[str, Acceptance]:
    return {accepted.key: _acceptance(accepted) for accepted in _rows(version)}


def _acceptance(accepted: AcceptedWarning) -> Acceptance:
    version = accepted.lesson_version or accepted.guide_version
    number = version.number if version else 0
    return Acceptance(accepted.accepted_by_name, accepted.reason, accepted.at, number)


def _rows(version: AnyVersion) -> QuerySet[AcceptedWarning]:
    """Of this version and the earlier ones of its item."""
    field = version_field(version)
    kind = field.removesuffix("_version")
    return AcceptedWarning.objects.filter(
        **{f"{field}__{kind}": version.identity.pk, f"{field}__number__lte": version.number}
    ).select_related(field)
