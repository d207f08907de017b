"""Making a class, changing it, and its code."""

import datetime
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils import timezone

from .. import rules
from ..codes import new_code
from ..enums import ClassMode
from ..errors import ClassNameTaken, ModeFixed, NotAllowed, TeacherOfAnotherSchool
from ..models import Membership, SchoolClass
from .locking import lock_class

# A code lasts to the end of the school year. One made in the last weeks of a year is meant for the next.
SCHOOL_YEAR_ENDS = (8, 31)
SHORTEST_CODE_DAYS = 60


def code_expiry(on: datetime.date) -> datetime.datetime:
    """The end of the first 31 August that is at least 60 days away."""
    least = on + datetime.timedelta(days=SHORTEST_CODE_DAYS)
    end = datetime.date(least.year, *SCHOOL_YEAR_ENDS)
    if end < least:
        end = end.replace(year=end.year + 1)
    return timezone.make_aware(datetime.datetime.combine(end, datetime.time(23, 59)))


@transaction.atomic
def create_class(
    *,
    actor: Membership,
    name: str,
    year_group: str = "",
    age_from: int,
    age_to: int,
    mode: str = ClassMode.ANONYMOUS,
    teachers: Iterable[Membership] | None = None,
) -> SchoolClass:
    """A class of the actor's school. A teacher teaches the class that they make; a lead says who does.

    Raises NotAllowed, ClassNameTaken, TeacherOfAnotherSchool.
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
        code_expires_at=code_expiry(timezone.localdate()),
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
    teachers: Iterable[Membership] | None = None,
) -> SchoolClass:
    """Without `teachers`, who teaches the class stays as it is.

    Raises NotAllowed, ClassNameTaken, ModeFixed, TeacherOfAnotherSchool.
    """
    kept = lock_class(actor, school_class)
    if mode != kept.mode and not rules.can_change_mode(has_pupils=kept.pupils.exists()):
        raise ModeFixed
    kept.name, kept.year_group, kept.mode = name, year_group, mode
    kept.age_from, kept.age_to = age_from, age_to
    _save_name(kept)
    if teachers is not None:
        if not rules.can_choose_teachers(actor):
            raise NotAllowed
        _set_teachers(actor, kept, teachers)
    return kept


@transaction.atomic
def renew_code(*, actor: Membership, school_class: SchoolClass) -> SchoolClass:
    """The old code stops working at once. Raises NotAllowed."""
    kept = lock_class(actor, school_class)
    kept.code = new_code()
    kept.code_expires_at = code_expiry(timezone.localdate())
    kept.save(update_fields=["code", "code_expires_at"])
    return kept


def _save_name(school_class: SchoolClass) -> None:
    """Save a class whose name may be new. Raises ClassNameTaken."""
    same = SchoolClass.objects.current().filter(school=school_class.school_id, name__iexact=school_class.name)
    if same.exclude(pk=school_class.pk).exists():
        raise ClassNameTaken
    try:
        with transaction.atomic():
            school_class.save()
    except IntegrityError as error:
        # Two people gave the same name at the same moment.
        if same.exclude(pk=school_class.pk).exists():
            raise ClassNameTaken from error
        raise


def _set_teachers(actor: Membership, school_class: SchoolClass, teachers: Iterable[Membership]) -> None:
    chosen = list(teachers)
    if any(teacher.school_id != actor.school_id or not teacher.is_active for teacher in chosen):
        raise TeacherOfAnotherSchool
    school_class.teachers.set(chosen)
