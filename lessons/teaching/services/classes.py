"""What becomes of classes, where lessons hang on it: archiving, a new school year, and what can be taken back."""

import datetime
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Count
from django.utils import timezone

from safeguarding.schools.enums import RosterChangeKind
from safeguarding.schools.models import Membership, Pupil, PupilGroup, RosterImport, SchoolClass
from safeguarding.schools.names import name_key
from safeguarding.schools.services import Undone, code_expiry, lock_class, lock_import, undo_import

from ..enums import ForWhom, YearAction
from ..errors import GroupInUse, YearRefused
from ..models import Assignment, Attempt, Poll, PollVote
from ..queries.years import new_year_page


@transaction.atomic
def undo_roster(*, actor: Membership, roster_import: RosterImport) -> Undone:
    """Who has begun a lesson or was chosen for one stays, and so does a class that was set one.

    Raises the errors of `lock_import`.
    """
    changes = lock_import(actor=actor, roster_import=roster_import)
    pupils = [change.pupil_id for change in changes if change.kind == RosterChangeKind.ADDED]
    classes = [change.school_class_id for change in changes if change.kind == RosterChangeKind.CLASS_MADE]
    begun = Attempt.objects.filter(pupil__in=pupils).values_list("pupil", flat=True)
    chosen = Assignment.pupils.through.objects.filter(pupil__in=pupils).values_list("pupil", flat=True)
    set_one = Assignment.objects.filter(school_class__in=classes).values_list("school_class", flat=True)
    asked = Poll.objects.filter(school_class__in=classes).values_list("school_class", flat=True)
    return undo_import(
        actor=actor,
        roster_import=roster_import,
        kept_pupils={pk for pk in (*begun, *chosen) if pk},
        kept_classes={*set_one, *asked},
    )


@transaction.atomic
def delete_group(*, actor: Membership, group: PupilGroup) -> None:
    """What it was set stays in the numbers, with as many pupils as it was for.

    Raises NotAllowed and ClassArchived of `schools`, GroupInUse.
    """
    lock_class(actor, group.school_class)
    of_group = Assignment.objects.filter(for_whom=ForWhom.GROUPS, groups=group)
    if of_group.filter(closed_at__isnull=True).exists():
        raise GroupInUse
    # What was kept when another of its groups went counts those pupils too.
    _keep_sizes(list(of_group.filter(size_then__isnull=True)))
    group.delete()


@transaction.atomic
def archive_class(*, actor: Membership, school_class: SchoolClass) -> None:
    """Its numbers stay and its names go. Open lessons are closed. Raises NotAllowed and ClassArchived of `schools`."""
    kept = lock_class(actor, school_class)
    _archive([kept])
    Pupil.objects.filter(school_class=kept).delete()


@dataclass(frozen=True)
class Move:
    """What becomes of one class. The name and all that follows it are read only where it moves up."""

    class_pk: int
    action: YearAction
    name: str = ""
    year_group: str = ""
    age_from: int = 0
    age_to: int = 0
    leavers: frozenset[int] = frozenset()


@dataclass(frozen=True)
class YearBegun:
    moved: int
    left: int
    stayed: int
    pupils_left: int


def check_moves(membership: Membership, moves: Sequence[Move]) -> None:
    """Whether the classes may have these names once all have moved: 7A may become 8A while 8A becomes 9A.

    Raises YearRefused. One query.
    """
    going = {move.class_pk for move in moves if move.action != YearAction.STAY}
    there = SchoolClass.objects.current().filter(school=membership.school_id).exclude(pk__in=going)
    taken = {name_key(name) for name in there.values_list("name", flat=True)}
    up = [move for move in moves if move.action == YearAction.UP]
    keys = [name_key(move.name) for move in up]
    problems: dict[int | None, str] = {}
    for move, key in zip(up, keys, strict=True):
        if key in taken:
            problems[move.class_pk] = f"{move.name} is the name of a class that stays. Choose another name."
        elif keys.count(key) > 1:
            problems[move.class_pk] = f"Two classes would be called {move.name}. Give one of them another name."
    if problems:
        raise YearRefused(problems)


@transaction.atomic
def begin_year(*, actor: Membership, year: int, moves: Sequence[Move], expected: str) -> YearBegun:
    """Carry out what becomes of every class on the page that was read, named by its token, or nothing.

    Raises YearRefused, NotAllowed and ClassArchived of `schools`.
    """
    classes = {}
    for pk in sorted(move.class_pk for move in moves):
        if not SchoolClass.objects.filter(pk=pk, school=actor.school_id).exists():
            raise YearRefused({None: CHANGED_MEANWHILE})
        classes[pk] = lock_class(actor, SchoolClass(pk=pk))
    page = new_year_page(actor, year)
    if page.token != expected or {each.pk for each in page.classes} != set(classes):
        raise YearRefused({None: CHANGED_MEANWHILE})
    check_moves(actor, moves)
    by_action = {action: [move for move in moves if move.action == action] for action in YearAction}
    # All leave their names before anybody takes one.
    _archive([classes[move.class_pk] for move in moves if move.action != YearAction.STAY])
    gone = 0
    for move in by_action[YearAction.LEAVE]:
        gone += _remove(Pupil.objects.filter(school_class=move.class_pk).values_list("pk", flat=True))
    for move in by_action[YearAction.UP]:
        leavers = Pupil.objects.filter(school_class=move.class_pk, pk__in=move.leavers)
        gone += _remove(leavers.values_list("pk", flat=True))
        _move_up(actor, classes[move.class_pk], move, year)
    for move in by_action[YearAction.STAY]:
        closed = Assignment.objects.filter(school_class=move.class_pk, closed_at__isnull=False, size_then__isnull=True)
        if move.leavers:
            _keep_sizes(list(closed))
        leavers = Pupil.objects.filter(school_class=move.class_pk, pk__in=move.leavers)
        gone += _remove(leavers.values_list("pk", flat=True))
        SchoolClass.objects.filter(pk=move.class_pk).update(school_year=year)
    return YearBegun(
        moved=len(by_action[YearAction.UP]),
        left=len(by_action[YearAction.LEAVE]),
        stayed=len(by_action[YearAction.STAY]),
        pupils_left=gone,
    )


CHANGED_MEANWHILE = (
    "The classes have changed since you opened this page, so nothing was done. Look at it again: it shows them as they "
    "are now."
)


def _remove(pupil_pks: Iterable[int]) -> int:
    """Says how many. Their progress stays as numbers that belong to nobody, but for lessons that are open: these count
    who is on the list now.
    """
    # Waits for those who are answering, and lets nobody begin meanwhile.
    locked = Pupil.objects.select_for_update().filter(pk__in=list(pupil_pks)).order_by("pk")
    pks = [pupil.pk for pupil in locked]
    Attempt.objects.filter(pupil__in=pks, assignment__closed_at__isnull=False).update(pupil=None)
    Pupil.objects.filter(pk__in=pks).delete()
    return len(pks)


def _archive(classes: Collection[SchoolClass]) -> None:
    """Close what is open, keep what counts, and let go of who it was. The classes are locked."""
    now = timezone.now()
    # Waits for pupils who are answering; whoever comes after finds the lesson closed.
    assignments = list(
        Assignment.objects.select_for_update(no_key=True).filter(school_class__in=classes).order_by("pk")
    )
    _keep_sizes([assignment for assignment in assignments if assignment.size_then is None])
    Assignment.objects.filter(school_class__in=classes, closed_at__isnull=True).update(closed_at=now)
    Attempt.objects.filter(assignment__in=assignments).update(pupil=None)
    Assignment.pupils.through.objects.filter(assignment__in=assignments).delete()
    Poll.objects.filter(school_class__in=classes, closed_at__isnull=True).update(closed_at=now)
    PollVote.objects.filter(poll__school_class__in=classes).delete()
    sizes = _count_pupils(classes)
    for school_class in classes:
        school_class.archived_at = now
        school_class.code_expires_at = now
        school_class.pupils_then = sizes.get(school_class.pk, 0) if school_class.is_named else None
    SchoolClass.objects.bulk_update(classes, ["archived_at", "code_expires_at", "pupils_then"])


def _count_pupils(classes: Collection[SchoolClass]) -> dict[int, int]:
    counted = Pupil.objects.filter(school_class__in=classes).order_by().values_list("school_class")
    return dict(counted.annotate(Count("pk")))


def _keep_sizes(assignments: Sequence[Assignment]) -> None:
    """How many each is for, each pupil once, as long as it can still be told. Not in an anonymous class."""
    of_named = SchoolClass.objects.filter(assignments__in=assignments).distinct()
    named = {school_class.pk: school_class for school_class in of_named if school_class.is_named}
    sizes = _count_pupils(named.values())
    chosen = dict(
        Assignment.objects.filter(pk__in=[each.pk for each in assignments])
        .order_by()
        .values_list("pk")
        .annotate(Count("pupils"))
    )
    members = dict(
        Assignment.objects.filter(pk__in=[each.pk for each in assignments])
        .order_by()
        .values_list("pk")
        .annotate(Count("groups__pupils", distinct=True))
    )
    known = [assignment for assignment in assignments if assignment.school_class_id in named]
    for assignment in known:
        match assignment.for_whom:
            case ForWhom.GROUPS:
                assignment.size_then = members[assignment.pk]
            case ForWhom.PUPILS:
                assignment.size_then = chosen[assignment.pk]
            case _:
                assignment.size_then = sizes.get(assignment.school_class_id, 0)
    Assignment.objects.bulk_update(known, ["size_then"], batch_size=500)


def _move_up(actor: Membership, old: SchoolClass, move: Move, year: int) -> None:
    """The pupils go on with their secrets, the groups are made anew with whoever goes on, and the teachers stay."""
    month = actor.school.year_begins_month
    new = SchoolClass(
        school_id=old.school_id,
        name=move.name,
        year_group=move.year_group,
        age_from=move.age_from,
        age_to=move.age_to,
        mode=old.mode,
        secret_kind=old.secret_kind,
        # A class that is moved up before the summer is joined after it.
        code_expires_at=code_expiry(max(timezone.localdate(), datetime.date(year, month, 1)), month),
        school_year=year,
        previous=old,
    )
    try:
        with transaction.atomic():
            new.save()
    except IntegrityError as error:
        # Somebody has made a class of that name since the names were looked at.
        raise YearRefused({None: CHANGED_MEANWHILE}) from error
    new.teachers.set(old.teachers.all())
    for group in PupilGroup.objects.filter(school_class=old).prefetch_related("pupils"):
        if going_on := list(group.pupils.all()):
            PupilGroup.objects.create(school_class=new, name=group.name).pupils.set(going_on)
        group.pupils.clear()
    Pupil.objects.filter(school_class=old).update(school_class=new)
