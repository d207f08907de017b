"""Makes the trial schools. What is there already stays as it is; what is missing is made again."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from lessons.library.models import Lesson
from lessons.teaching.models import ShelfItem
from lessons.teaching.pictures import secret_text
from lessons.teaching.services import archive_class, hash_secret, put_on_shelf
from safeguarding.accounts.models import User
from safeguarding.schools.enums import Role
from safeguarding.schools.models import Country, Membership, School, SchoolClass
from safeguarding.schools.names import NameLine, name_key
from safeguarding.schools.services import add_pupils, add_term, create_class, make_group

from .desk import seed_desk
from .plan import (
    ACCOUNTS,
    CLASSES,
    EDITOR,
    PAST_CLASSES,
    PICTURES,
    SCHOOLS,
    SHELVES,
    TERMS,
    PlannedAccount,
    PlannedClass,
)
from .teaching import seed_lesson, seed_poll


@dataclass(frozen=True)
class Seeded:
    """`with_password` are the accounts that now have the given password; the others keep their own."""

    with_password: tuple[str, ...]
    classes: tuple[SchoolClass, ...]
    missing_lessons: tuple[str, ...]


@transaction.atomic
def seed_demo(*, password: str, set_for_all: bool) -> Seeded:
    """All or nothing. Without `set_for_all` only new accounts get the password.

    Raises Country.DoesNotExist and Lesson.DoesNotExist where the starter library has not been loaded.
    """
    countries = {school.country: Country.objects.get(code=school.country) for school in SCHOOLS}
    lessons = {lesson.slug: lesson for lesson in Lesson.objects.live()}
    if not lessons:
        raise Lesson.DoesNotExist
    with_password = tuple(a.email for a in ACCOUNTS if _account(a, password, set_for_all))
    for school in SCHOOLS:
        School.objects.get_or_create(
            slug=school.slug,
            defaults={
                "name": school.name,
                "country": countries[school.country],
                "lead_name": school.lead_name,
                "lead_contact": school.lead_contact,
                "lead_email": school.lead_email,
                "age_from": school.age_from,
                "age_to": school.age_to,
                "has_parents_page": True,
                "languages": school.languages,
            },
        )
    members = {account.email: _membership(account) for account in ACCOUNTS if account.school}
    for membership in members.values():
        if membership.is_lead:
            _terms(membership)
    made = []
    for planned in CLASSES:
        school_class = _class(planned, members)
        made.append(school_class)
        _lessons(school_class, planned, members, lessons, from_day=timezone.localdate())
    for planned in PAST_CLASSES:
        _past_class(planned, members, lessons)
    for email, slugs in SHELVES.items():
        _shelf(User.objects.get(email=email), [lessons[slug] for slug in slugs if slug in lessons])
    seed_desk(User.objects.get(email=EDITOR))
    wanted = {lesson.slug for planned in (*CLASSES, *PAST_CLASSES) for lesson in planned.lessons}
    return Seeded(with_password, tuple(made), tuple(sorted(wanted - set(lessons))))


def _account(planned: PlannedAccount, password: str, set_for_all: bool) -> bool:
    """Whether the account has been given the password."""
    user = User.objects.filter(email=planned.email).first()
    if user is None:
        User.objects.create_user(
            planned.email,
            password,
            name=planned.name,
            is_editor=planned.is_editor,
            is_reviewer=planned.is_reviewer,
            is_staff=planned.is_operator,
            is_superuser=planned.is_operator,
        )
        return True
    # Storing the same password anew would sign everybody out.
    if set_for_all and not user.check_password(password):
        user.set_password(password)
        user.save(update_fields=["password"])
    return set_for_all


def _membership(planned: PlannedAccount) -> Membership:
    membership, _ = Membership.objects.select_related("user").get_or_create(
        user=User.objects.get(email=planned.email),
        school=School.objects.get(slug=planned.school),
        defaults={"role": planned.role},
    )
    return membership


def _terms(lead: Membership) -> None:
    """Those of this school year, where the school has none at all."""
    if lead.school.terms.exists():
        return
    year = lead.school.year_of(timezone.localdate())
    for name, first, last in TERMS:
        in_year = year if first[0] >= lead.school.year_begins_month else year + 1
        add_term(actor=lead, name=name, starts_on=datetime.date(in_year, *first), ends_on=datetime.date(in_year, *last))


def _lead_of(planned: PlannedClass, members: dict[str, Membership]) -> Membership:
    return next(members[a.email] for a in ACCOUNTS if a.school == planned.school and a.role == Role.LEAD)


def _class(planned: PlannedClass, members: dict[str, Membership]) -> SchoolClass:
    lead = _lead_of(planned, members)
    school_class = SchoolClass.objects.filter(school=lead.school, name=planned.name).first()
    if school_class is None:
        school_class = create_class(
            actor=lead,
            name=planned.name,
            year_group=planned.year_group,
            age_from=planned.age_from,
            age_to=planned.age_to,
            mode=planned.mode,
            secret_kind=planned.secret_kind,
            teachers=[members[email] for email in planned.teachers],
        )
    there = {name_key(name) for name in school_class.pupils.values_list("display_name", flat=True)}
    wanted = [NameLine(number, name) for number, name in enumerate(planned.pupils, start=1)]
    lines = [line for line in wanted if line.key not in there]
    if school_class.is_named and lines:
        add_pupils(actor=lead, school_class=school_class, lines=lines)
    for name, pupils in planned.groups:
        if not school_class.groups.filter(name=name).exists():
            inside = school_class.pupils.filter(display_name__in=pupils).values_list("pk", flat=True)
            make_group(actor=lead, school_class=school_class, name=name, pupil_pks=list(inside))
    return school_class


def _lessons(
    school_class: SchoolClass,
    planned: PlannedClass,
    members: dict[str, Membership],
    lessons: dict[str, Lesson],
    *,
    from_day: datetime.date,
) -> None:
    secret = hash_secret(secret_text(PICTURES))
    for poll in planned.polls:
        seed_poll(school_class, members[planned.teachers[0]], poll)
    for lesson in planned.lessons:
        if lesson.slug in lessons:
            seed_lesson(school_class, members[planned.teachers[0]], lessons[lesson.slug], lesson, secret, from_day)


def _past_class(planned: PlannedClass, members: dict[str, Membership], lessons: dict[str, Lesson]) -> None:
    """A class of last year with what it did then; nothing where the school has had a class of its name."""
    lead = _lead_of(planned, members)
    if SchoolClass.objects.filter(school=lead.school, name=planned.name).exists():
        return
    school_class = _class(planned, members)
    year = lead.school.year_of(timezone.localdate()) - 1
    first = datetime.date(year, lead.school.year_begins_month, 1)
    _lessons(school_class, planned, members, lessons, from_day=first + datetime.timedelta(weeks=2))
    archive_class(actor=lead, school_class=school_class)
    ended = timezone.make_aware(datetime.datetime.combine(first + datetime.timedelta(days=330), datetime.time(12)))
    SchoolClass.objects.filter(pk=school_class.pk).update(school_year=year, archived_at=ended)
    SchoolClass.objects.filter(school=lead.school, name=planned.followed_by, previous=None).update(
        previous=school_class
    )


def _shelf(user: User, lessons: list[Lesson]) -> None:
    """Nothing where something stands there already."""
    if not ShelfItem.objects.filter(user=user).exists():
        for lesson in lessons:
            put_on_shelf(actor=user, lesson=lesson)
