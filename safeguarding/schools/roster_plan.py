"""What a file of class lists would do to the classes as they are now. Nothing here reads or changes the database.

Nobody is ever taken off a list: a row adds a pupil, changes one, or leaves one as they are.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from . import names
from .enums import RosterAction
from .roster_file import NO_FORMULA, RosterFile, RosterRow, RowProblem, shown


@dataclass(frozen=True)
class KeptPupil:
    pk: int
    name: str
    external_id: str


@dataclass(frozen=True)
class KeptClass:
    """A class of the school that is called as one in the file. `refusal` says why nothing may be read into it."""

    pk: int
    name: str
    refusal: str = ""
    pupils: tuple[KeptPupil, ...] = ()


@dataclass(frozen=True)
class PlannedPupil:
    row: RosterRow
    action: RosterAction
    name: str
    external_id: str
    pupil: KeptPupil | None = None

    @property
    def name_before(self) -> str:
        return self.pupil.name if self.pupil else ""

    @property
    def says(self) -> str:
        """The change in words; empty where it is none."""
        if self.pupil is None or self.action != RosterAction.CHANGE:
            return ""
        said = []
        if names.tidy(self.pupil.name) != self.name:
            said.append(f"was {self.pupil.name}")
        if self.pupil.external_id != self.external_id:
            said.append(f"gets the id {self.external_id}")
        return ", ".join(said)


@dataclass(frozen=True)
class PlannedClass:
    """`pk` is None where the class has to be made."""

    name: str
    pk: int | None
    pupils: list[PlannedPupil]

    def _count(self, action: RosterAction) -> int:
        return sum(planned.action == action for planned in self.pupils)

    @property
    def added(self) -> int:
        return self._count(RosterAction.ADD)

    @property
    def changed(self) -> int:
        return self._count(RosterAction.CHANGE)

    @property
    def same(self) -> int:
        return self._count(RosterAction.SAME)


@dataclass(frozen=True)
class RosterPlan:
    classes: list[PlannedClass]
    problems: list[RowProblem]
    unread: list[str] = field(default_factory=list)

    @property
    def new_classes(self) -> list[PlannedClass]:
        return [planned for planned in self.classes if planned.pk is None]

    @property
    def added(self) -> int:
        return sum(planned.added for planned in self.classes)

    @property
    def changed(self) -> int:
        return sum(planned.changed for planned in self.classes)

    @property
    def same(self) -> int:
        return sum(planned.same for planned in self.classes)

    @property
    def bad_rows(self) -> int:
        return len({problem.row for problem in self.problems})

    @property
    def does_something(self) -> bool:
        return bool(self.added or self.changed)

    @cached_property
    def token(self) -> str:
        """Another one, as soon as the file or the lists that it is for are others."""
        return hashlib.sha256(repr((self.classes, self.problems)).encode()).hexdigest()


def plan_roster(file: RosterFile, kept: Mapping[str, KeptClass]) -> RosterPlan:
    """`kept` by the key of the class's name."""
    by_class: dict[str, list[RosterRow]] = defaultdict(list)
    for row in file.rows:
        by_class[row.class_key].append(row)
    classes, problems = [], list(file.problems)
    for key, rows in by_class.items():
        planned, wrong = _plan_class(rows, kept.get(key))
        problems += wrong
        if planned.pupils:
            classes.append(planned)
    return RosterPlan(classes, sorted(problems, key=lambda problem: problem.row), file.unread)


def _plan_class(rows: list[RosterRow], kept: KeptClass | None) -> tuple[PlannedClass, list[RowProblem]]:
    name, pk = (kept.name, kept.pk) if kept else (rows[0].class_name, None)
    if kept and kept.refusal:
        return PlannedClass(name, pk, []), [_problem(row, "class", kept.refusal) for row in rows]
    problems: list[RowProblem] = []
    rows = _without_doubles(rows, "display_name", lambda row: row.key, problems)
    rows = _without_doubles(rows, "external_id", lambda row: row.external_id, problems)
    pupils = kept.pupils if kept else ()
    planned = _matched(rows, pupils, problems)
    planned = _without_formulas(planned, is_new=kept is None, problems=problems)
    planned = _that_fit(planned, len(pupils), problems)
    return PlannedClass(name, pk, _without_clashes(planned, pupils, problems)), problems


def _without_doubles(
    rows: list[RosterRow], column: str, key: Callable[[RosterRow], str], problems: list[RowProblem]
) -> list[RosterRow]:
    by_key: dict[str, list[RosterRow]] = defaultdict(list)
    for row in rows:
        if key(row):
            by_key[key(row)].append(row)
    doubled = {row.number: same for same in by_key.values() if len(same) > 1 for row in same}
    what = "Add an initial, to tell them apart." if column == "display_name" else "Give each its own."
    for row in rows:
        if row.number in doubled:
            other = next(other for other in doubled[row.number] if other is not row)
            problems.append(_problem(row, column, f"Row {other.number} of this class has the same. {what}"))
    return [row for row in rows if row.number not in doubled]


def _matched(rows: list[RosterRow], pupils: tuple[KeptPupil, ...], problems: list[RowProblem]) -> list[PlannedPupil]:
    """The same id is the same pupil; else the same name is."""
    by_id = {pupil.external_id: pupil for pupil in pupils if pupil.external_id}
    by_name = {names.name_key(names.tidy(pupil.name)): pupil for pupil in pupils}
    planned = []
    for row in rows:
        pupil = by_id.get(row.external_id) or by_name.get(row.key)
        if pupil and row.external_id and pupil.external_id not in ("", row.external_id):
            problems.append(
                _problem(
                    row,
                    "external_id",
                    "Somebody of this name is in the class with another id. Put the id right, or add an initial to the "
                    "name of another pupil.",
                )
            )
        else:
            planned.append(_planned(row, pupil))
    of_pupil = Counter(each.pupil for each in planned if each.pupil)
    twice = {each.row.number for each in planned if of_pupil[each.pupil] > 1}  # type: ignore[index]
    problems += [
        _problem(each.row, "display_name", "Another row is the same pupil, by the id. Take one of the two out.")
        for each in planned
        if each.row.number in twice
    ]
    return [each for each in planned if each.row.number not in twice]


def _planned(row: RosterRow, pupil: KeptPupil | None) -> PlannedPupil:
    if pupil is None:
        return PlannedPupil(row, RosterAction.ADD, row.name, row.external_id)
    external_id = row.external_id or pupil.external_id
    is_same = names.tidy(pupil.name) == row.name and pupil.external_id == external_id
    return PlannedPupil(row, RosterAction.SAME if is_same else RosterAction.CHANGE, row.name, external_id, pupil)


def _without_formulas(planned: list[PlannedPupil], *, is_new: bool, problems: list[RowProblem]) -> list[PlannedPupil]:
    """One with an apostrophe before it may say what is there already, as in a file of ours, and nothing new."""
    bad = [each for each in planned if each.row.was_quoted and (is_new or each.action != RosterAction.SAME)]
    problems += [_problem(each.row, "display_name", NO_FORMULA) for each in bad]
    return _less(planned, bad)


def _that_fit(planned: list[PlannedPupil], size: int, problems: list[RowProblem]) -> list[PlannedPupil]:
    room = max(names.MOST_IN_A_CLASS - size, 0)
    bad = [each for each in planned if each.action == RosterAction.ADD][room:]
    problems += [
        _problem(each.row, "class", f"The class would have more than {names.MOST_IN_A_CLASS} pupils. Make another one.")
        for each in bad
    ]
    return _less(planned, bad)


def _without_clashes(
    planned: list[PlannedPupil], pupils: tuple[KeptPupil, ...], problems: list[RowProblem]
) -> list[PlannedPupil]:
    """Two pupils may change names with each other; nobody gets a name that somebody keeps."""
    while True:
        changed = {each.pupil for each in planned if each.pupil}
        holders: dict[Hashable, list[PlannedPupil | None]] = defaultdict(list)
        for pupil in pupils:
            if pupil not in changed:
                holders[names.name_key(names.tidy(pupil.name))].append(None)
        for each in planned:
            holders[names.name_key(each.name)].append(each)
        bad = [
            each
            for held in holders.values()
            if len(held) > 1
            for each in held
            if each is not None and each.action != RosterAction.SAME
        ]
        if not bad:
            return planned
        problems += [
            _problem(
                each.row, "display_name", "Another pupil of the class has this name. Add an initial to tell them apart."
            )
            for each in bad
        ]
        planned = _less(planned, bad)


def _less(planned: list[PlannedPupil], bad: Iterable[PlannedPupil]) -> list[PlannedPupil]:
    numbers = {each.row.number for each in bad}
    return [each for each in planned if each.row.number not in numbers]


def _problem(row: RosterRow, column: str, reason: str) -> RowProblem:
    values = {"class": row.class_name, "display_name": row.name, "external_id": row.external_id}
    return RowProblem(row.number, column, shown(values[column]), reason)
