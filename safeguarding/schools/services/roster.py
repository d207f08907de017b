"""Class lists from a file: looked at first, then done as a whole, and taken back within a day."""

import datetime
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

from .. import names
from ..enums import ClassMode, RosterAction, RosterChangeKind
from ..errors import ImportNotUndone, RosterRefused
from ..models import Membership, Pupil, RosterChange, RosterImport, SchoolClass
from ..queries.roster import UNDONE_WITHIN, plan_file
from ..roster_file import RosterFile, read_roster
from ..roster_plan import PlannedClass, RosterPlan
from .classes import create_class
from .locking import lock_class


@dataclass(frozen=True)
class NewClass:
    year_group: str
    age_from: int
    age_to: int


@dataclass(frozen=True)
class RosterDone:
    pk: int
    classes_made: int
    added: int
    changed: int


def import_roster(
    *, actor: Membership, data: bytes, expected: str, new_classes: Sequence[NewClass], leave_out: bool
) -> RosterDone:
    """Do what was looked at, named by the plan's token, or nothing. With `leave_out` the bad rows are left out.

    `new_classes` says what each class is that has to be made, in the plan's order.
    Raises RosterFileRefused, RosterRefused, ClassNameTaken.
    """
    # Reading is slow, so it is done before SQLite makes the whole school wait.
    file = read_roster(data)
    with transaction.atomic():
        return _import_file(actor, file, expected, new_classes, leave_out=leave_out)


def _import_file(
    actor: Membership, file: RosterFile, expected: str, new_classes: Sequence[NewClass], *, leave_out: bool
) -> RosterDone:
    forget_old_imports(timezone.now())
    visible = SchoolClass.objects.current().visible_to(actor).values("pk")
    # In one order, so that two who import at once wait for each other and not both for ever.
    list(SchoolClass.objects.select_for_update(no_key=True).filter(pk__in=visible).order_by("pk"))
    plan = plan_file(actor, file)
    _require(plan, expected, leave_out=leave_out)
    if len(new_classes) != len(plan.new_classes):
        raise RosterRefused("Give the ages of each class that is new, then import again.")
    done = RosterImport.objects.create(school_id=actor.school_id, made_by=actor)
    asked = iter(new_classes)
    try:
        with transaction.atomic():
            for planned in plan.classes:
                _import_class(actor, done, planned, next(asked) if planned.pk is None else None)
    except IntegrityError as error:
        # The database's own idea of two names being the same, or somebody at the same moment.
        raise RosterRefused(
            "Two names are too much alike to be kept apart. Nothing was imported. Look at the file once more."
        ) from error
    return RosterDone(done.pk, len(plan.new_classes), plan.added, plan.changed)


def _require(plan: RosterPlan, expected: str, *, leave_out: bool) -> None:
    if plan.token != expected:
        raise RosterRefused(
            "The classes have changed since you looked at the file, or it is another file. Nothing was imported. Below "
            "is what it would do now."
        )
    if plan.problems and not leave_out:
        raise RosterRefused(
            "Some rows cannot be imported. Put them right in the file and choose it again, or tick “Import the rest”."
        )
    if not plan.does_something:
        raise RosterRefused("There is nothing to import: the file says what is already there.")


def _import_class(actor: Membership, done: RosterImport, planned: PlannedClass, new: NewClass | None) -> None:
    if new is None:
        school_class = lock_class(actor, SchoolClass(pk=planned.pk))
    else:
        school_class = create_class(
            actor=actor,
            name=planned.name,
            year_group=new.year_group,
            age_from=new.age_from,
            age_to=new.age_to,
            mode=ClassMode.NAMED,
            secret_kind="",
        )
        _note(done, [RosterChange(kind=RosterChangeKind.CLASS_MADE, school_class=school_class)])
    changed = [each for each in planned.pupils if each.action == RosterAction.CHANGE and each.pupil]
    _write_names([(each.pupil.pk, each.name, each.external_id) for each in changed if each.pupil])
    added = Pupil.objects.bulk_create(
        Pupil(school_class=school_class, display_name=each.name, external_id=each.external_id)
        for each in planned.pupils
        if each.action == RosterAction.ADD
    )
    of_class = {"school_class": school_class}
    _note(
        done,
        [
            RosterChange(
                kind=RosterChangeKind.CHANGED,
                pupil_id=each.pupil.pk,
                name_before=each.pupil.name,
                external_id_before=each.pupil.external_id,
                **of_class,
            )
            for each in changed
            if each.pupil
        ]
        + [RosterChange(kind=RosterChangeKind.ADDED, pupil=pupil, **of_class) for pupil in added],
    )


def _write_names(values: Iterable[tuple[int, str, str]]) -> None:
    """Of `(pupil, name, id)`. Two may take each other's name, so that all give up their own first."""
    new = {pk: (name, external_id) for pk, name, external_id in values}
    if not new:
        return
    pupils = list(Pupil.objects.filter(pk__in=new))
    for pupil in pupils:
        pupil.display_name, pupil.external_id = f"\x1f{pupil.pk}", ""
    Pupil.objects.bulk_update(pupils, ["display_name", "external_id"], batch_size=200)
    for pupil in pupils:
        pupil.display_name, pupil.external_id = new[pupil.pk]
    Pupil.objects.bulk_update(pupils, ["display_name", "external_id"], batch_size=200)


def _note(done: RosterImport, changes: list[RosterChange]) -> None:
    for change in changes:
        change.roster_import = done
    RosterChange.objects.bulk_create(changes)


def forget_old_imports(now: datetime.datetime) -> int:
    """What stood on the lists before an import is kept for a day. Says how many imports were forgotten."""
    old = RosterImport.objects.filter(made_at__lte=now - UNDONE_WITHIN)
    count = old.count()
    old.delete()
    return count


@dataclass(frozen=True)
class Undone:
    """`stayed`: pupils who could not be taken back, because something has come of them since."""

    removed: int
    restored: int
    stayed: int
    classes_removed: int


@transaction.atomic
def lock_import(*, actor: Membership, roster_import: RosterImport) -> list[RosterChange]:
    """What the import did, with its classes and pupils held until the transaction ends.

    Raises NotAllowed, ClassArchived, ImportNotUndone.
    """
    kept = RosterImport.objects.select_for_update().get(pk=roster_import.pk)
    if kept.undone_at:
        raise ImportNotUndone("This import was undone already. There is nothing more to do.")
    if kept.made_at <= timezone.now() - UNDONE_WITHIN:
        raise ImportNotUndone("This import is more than a day old, so what stood there before has been forgotten.")
    changes = list(kept.changes.order_by("pk"))
    class_pks = sorted({change.school_class_id for change in changes})
    for pk in class_pks:
        lock_class(actor, SchoolClass(pk=pk))
    later = RosterImport.objects.filter(school=kept.school_id, undone_at__isnull=True, pk__gt=kept.pk)
    if later.filter(changes__school_class__in=class_pks).exists():
        raise ImportNotUndone("A later import changed the same classes. Undo that one first, or ask whoever made it.")
    pupil_pks = [change.pupil_id for change in changes if change.pupil_id]
    list(Pupil.objects.select_for_update().filter(pk__in=pupil_pks).order_by("pk"))
    return changes


@transaction.atomic
def undo_import(
    *,
    actor: Membership,
    roster_import: RosterImport,
    kept_pupils: Collection[int] = (),
    kept_classes: Collection[int] = (),
) -> Undone:
    """Take off the pupils that the file added, give the others their names back, remove the classes that it made.

    Who has joined, or is in a group, stays, and so do `kept_pupils` and `kept_classes`, of which other rooms know.
    Raises NotAllowed, ClassArchived, ImportNotUndone.
    """
    changes = lock_import(actor=actor, roster_import=roster_import)
    added = [change.pupil_id for change in changes if change.kind == RosterChangeKind.ADDED and change.pupil_id]
    goes = Pupil.objects.filter(pk__in=added, secret="", groups__isnull=True).exclude(pk__in=kept_pupils)
    gone = set(goes.values_list("pk", flat=True))
    Pupil.objects.filter(pk__in=gone).delete()
    changed = [change for change in changes if change.kind == RosterChangeKind.CHANGED]
    restored = _give_names_back(changed)
    made = [change.school_class_id for change in changes if change.kind == RosterChangeKind.CLASS_MADE]
    empty = SchoolClass.objects.filter(pk__in=made, pupils__isnull=True, groups__isnull=True)
    classes_gone = list(empty.exclude(pk__in=kept_classes).values_list("pk", flat=True))
    SchoolClass.objects.filter(pk__in=classes_gone).delete()
    RosterImport.objects.filter(pk=roster_import.pk).update(undone_at=timezone.now())
    RosterChange.objects.filter(roster_import=roster_import).delete()
    return Undone(
        removed=len(gone),
        restored=restored,
        stayed=len(added) - len(gone) + len(changed) - restored,
        classes_removed=len(classes_gone),
    )


def _give_names_back(changes: list[RosterChange]) -> int:
    """Says to how many. Not where somebody else has got the name or the id since: then the pupil keeps the new one."""
    back = {change.pupil_id: (change.name_before, change.external_id_before) for change in changes if change.pupil_id}
    of_classes = Pupil.objects.filter(school_class__in={change.school_class_id for change in changes})
    rows = list(of_classes.values_list("pk", "school_class", "display_name", "external_id"))
    returned = {pk: back[pk] for pk, *_ in rows if pk in back}
    while True:
        held: Counter[tuple[str, int, str]] = Counter()
        for pk, class_pk, name, external_id in rows:
            held.update(_held(class_pk, *returned.get(pk, (name, external_id))))
        clashing = [
            pk
            for pk, class_pk, *_ in rows
            if pk in returned and any(held[each] > 1 for each in _held(class_pk, *returned[pk]))
        ]
        if not clashing:
            break
        for pk in clashing:
            del returned[pk]
    _write_names((pk, name, external_id) for pk, (name, external_id) in returned.items())
    return len(returned)


def _held(class_pk: int, name: str, external_id: str) -> list[tuple[str, int, str]]:
    """What nobody else in the class may have."""
    held = [("name", class_pk, names.name_key(name))]
    return [*held, ("id", class_pk, external_id)] if external_id else held
