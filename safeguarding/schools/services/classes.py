"""Making a class, changing it, and its code."""

import datetime
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils import timezone

from .. import rules
from ..codes import new_code
from ..enums import ClassMode, CodeEnd, SecretKind
from ..errors import ClassNameTaken, ModeFixed, NotAllowed, NoTermNow, TeacherOfAnotherSchool
from ..models import Membership, SchoolClass, Term
from ..names import name_key
from .locking import lock_class

# A code lasts to the end of the school year. One made in the last weeks of a year is meant for the next.
SHORTEST_CODE_DAYS = 60


def code_expiry(on: datetime.date, year_begins_month: int = 9) -> datetime.datetime:
    """The end of the first school year that ends at least 60 days later."""
    least = on + datetime.timedelta(days=SHORTEST_CODE_DAYS)
    end = datetime.date(least.year, year_begins_month, 1) - datetime.timedelta(days=1)
    if end < least:
        end = datetime.date(least.year + 1, year_begins_month, 1) - datetime.timedelta(days=1)
    return _end_of(end)


def _end_of(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(23, 59)))


@transaction.atomic
def create_class(
    *,
    actor: Membership,
    name: str,
    year_group: str = "",
    age_from: int,
    age_to: int,
    mode: str = ClassMode.ANONYMOUS,
    secret_kind: str = SecretKind.PICTURES,
    teachers: Iterable[Membership] | None = None,
) -> SchoolClass:
    """A class of the actor's school. A teacher teaches the class that they make; a lead says who does.

    With an empty `secret_kind`, what suits the age. Raises NotAllowed, ClassNameTaken, TeacherOfAnotherSchool.
    """
    if not rules.can_create_class(actor):
        raise NotAllowed
    made = SchoolClass(
        school_id=actor.school_id,
        name=name,
        year_group=year_group,
        age_from=age_from,
        age_to=age_to,
        mode=mode,
        secret_kind=secret_kind or rules.fitting_secret(age_from),
        code_expires_at=code_expiry(timezone.localdate(), actor.school.year_begins_month),
        school_year=actor.school.year_of(timezone.localdate()),
    )
    _save_name(made)
    if rules.can_choose_teachers(actor):
        _set_teachers(actor, made, teachers or ())
    elif teachers is None:
        made.teachers.set([actor])
    else:
        raise NotAllowed
    return made


@transaction.atomic
def update_class(
    *,
    actor: Membership,
    school_class: SchoolClass,
    name: str,
    year_group: str,
    age_from: int,
    age_to: int,
    mode: str,
    secret_kind: str = "",
    teachers: Iterable[Membership] | None = None,
) -> SchoolClass:
    """Without `teachers` or `secret_kind`, these stay as they are. Whoever has a secret keeps theirs until it is reset.

    Raises NotAllowed, ClassArchived, ClassNameTaken, ModeFixed, TeacherOfAnotherSchool.
    """
    kept = lock_class(actor, school_class)
    if mode != kept.mode and not rules.can_change_mode(has_pupils=kept.pupils.exists()):
        raise ModeFixed
    kept.name, kept.year_group, kept.mode = name, year_group, mode
    kept.age_from, kept.age_to = age_from, age_to
    kept.secret_kind = secret_kind or kept.secret_kind
    _save_name(kept)
    if teachers is not None:
        if not rules.can_choose_teachers(actor):
            raise NotAllowed
        _set_teachers(actor, kept, teachers)
    return kept


@transaction.atomic
def renew_code(*, actor: Membership, school_class: SchoolClass) -> SchoolClass:
    """The old code stops at once; the new one lasts to the end of the year. Raises NotAllowed, ClassArchived."""
    kept = lock_class(actor, school_class)
    kept.code = new_code()
    kept.code_expires_at = code_expiry(timezone.localdate(), actor.school.year_begins_month)
    kept.save(update_fields=["code", "code_expires_at"])
    return kept


@transaction.atomic
def set_code_end(*, actor: Membership, school_class: SchoolClass, end: str) -> SchoolClass:
    """Say when the code stops working; one that had run out works again.

    Raises NotAllowed, ClassArchived, NoTermNow.
    """
    kept = lock_class(actor, school_class)
    today = timezone.localdate()
    match end:
        case CodeEnd.TODAY:
            kept.code_expires_at = _end_of(today)
        case CodeEnd.TERM:
            term = Term.objects.filter(school=kept.school_id, starts_on__lte=today, ends_on__gte=today).first()
            if term is None:
                raise NoTermNow
            kept.code_expires_at = _end_of(term.ends_on)
        case _:
            kept.code_expires_at = code_expiry(today, actor.school.year_begins_month)
    kept.save(update_fields=["code_expires_at"])
    return kept


def _save_name(school_class: SchoolClass) -> None:
    """Save a class whose name may be new. Raises ClassNameTaken."""
    if _is_taken(school_class):
        raise ClassNameTaken
    try:
        with transaction.atomic():
            school_class.save()
    except IntegrityError as error:
        # Two people gave the same name at the same moment.
        if _is_taken(school_class):
            raise ClassNameTaken from error
        raise


def _is_taken(school_class: SchoolClass) -> bool:
    others = SchoolClass.objects.current().filter(school=school_class.school_id).exclude(pk=school_class.pk)
    return name_key(school_class.name) in map(name_key, others.values_list("name", flat=True))


def _set_teachers(actor: Membership, school_class: SchoolClass, teachers: Iterable[Membership]) -> None:
    chosen = list(teachers)
    if any(teacher.school_id != actor.school_id or not teacher.is_active for teacher in chosen):
        raise TeacherOfAnotherSchool
    school_class.teachers.set(chosen)
