"""Makes the trial schools. What is there already stays as it is; what is missing is made again."""

import datetime
import random
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from lessons.library.models import Lesson
from lessons.teaching.models import Assignment, Attempt
from lessons.teaching.pictures import secret_text
from lessons.teaching.services import close_assignment, hash_secret, keep_secret, record_delivery, set_lesson
from safeguarding.accounts.models import User
from safeguarding.schools.enums import Role, SecretKind
from safeguarding.schools.models import Country, Membership, School, SchoolClass
from safeguarding.schools.names import NameLine, name_key
from safeguarding.schools.services import add_pupils, create_class

from .answering import go_through, visits_of
from .desk import seed_desk
from .plan import ACCOUNTS, CLASSES, EDITOR, PICTURES, SCHOOLS, PlannedAccount, PlannedClass, PlannedLesson


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
            },
        )
    members = {account.email: _membership(account) for account in ACCOUNTS if account.school}
    secret = hash_secret(secret_text(PICTURES))
    made = []
    for planned in CLASSES:
        school_class = _class(planned, members)
        made.append(school_class)
        for lesson in planned.lessons:
            if lesson.slug in lessons:
                _lesson(school_class, members[planned.teachers[0]], lessons[lesson.slug], lesson, secret)
    seed_desk(User.objects.get(email=EDITOR))
    wanted = {lesson.slug for planned in CLASSES for lesson in planned.lessons}
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


def _class(planned: PlannedClass, members: dict[str, Membership]) -> SchoolClass:
    lead = next(members[a.email] for a in ACCOUNTS if a.school == planned.school and a.role == Role.LEAD)
    school_class = SchoolClass.objects.filter(school=lead.school, name=planned.name).first()
    if school_class is None:
        school_class = create_class(
            actor=lead,
            name=planned.name,
            year_group=planned.year_group,
            age_from=planned.age_from,
            age_to=planned.age_to,
            mode=planned.mode,
            teachers=[members[email] for email in planned.teachers],
        )
    there = {name_key(name) for name in school_class.pupils.values_list("display_name", flat=True)}
    wanted = [NameLine(number, name) for number, name in enumerate(planned.pupils, start=1)]
    lines = [line for line in wanted if line.key not in there]
    if school_class.is_named and lines:
        add_pupils(actor=lead, school_class=school_class, lines=lines)
    return school_class


def _lesson(
    school_class: SchoolClass, teacher: Membership, lesson: Lesson, planned: PlannedLesson, secret: str
) -> None:
    """Set, done, taught and closed as planned; nothing where the class has had the lesson."""
    if Assignment.objects.filter(school_class=school_class, version__lesson=lesson).exists():
        return
    today = timezone.localdate()

    def day(number: int) -> datetime.date:
        return today + datetime.timedelta(days=number)

    (assignment,) = set_lesson(
        actor=teacher.user,
        lesson=lesson,
        classes=[school_class],
        opens_on=day(planned.opens),
        due_on=day(planned.due),
        way=planned.way,
        lead_told=True,
    )
    # The same every time, so that screenshots and tests show the same numbers.
    chance = random.Random(f"{school_class.school.slug} {school_class.name} {planned.slug}")  # noqa: S311  # no secret
    visits = visits_of(school_class, list(school_class.pupils.all()), planned.started, chance)
    for visit in visits:
        if visit.pupil and not visit.pupil.secret:
            keep_secret(pupil=visit.pupil, kind=SecretKind.PICTURES, secret_hash=secret)
    go_through(assignment, visits, finished=planned.finished, hard=planned.hard, chance=chance)
    if planned.taught is not None:
        record_delivery(
            actor=teacher, assignment=assignment, taught_on=day(planned.taught), pupils_present=planned.present
        )
    if planned.closed is not None:
        close_assignment(actor=teacher, assignment=assignment)
    _date_back(assignment, planned, today)


def _date_back(assignment: Assignment, planned: PlannedLesson, today: datetime.date) -> None:
    """The services write down today, as they should; the trial needs a past."""
    done_on = min(today, assignment.due_on)
    Attempt.objects.filter(assignment=assignment, finished_on__isnull=False).update(finished_on=done_on)
    if planned.closed is not None:
        closed_at = timezone.now() + datetime.timedelta(days=planned.closed)
        Assignment.objects.filter(pk=assignment.pk).update(closed_at=closed_at)
