"""A teacher's home: what needs them, what is due and what is late, and their classes."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from lessons.teaching.models import Assignment
from lessons.teaching.queries import settable_classes
from safeguarding.accounts.models import User
from safeguarding.schools.models import SchoolClass

from .needs import Need, list_needs
from .notices import notices
from .progress import SOON, AssignmentRow, State, ages_in_words, count_pupils, list_assignments
from .suggestions import Met, Suggestion, live_lessons, suggest, topic_checks


@dataclass(frozen=True)
class ClassCard:
    pk: int
    name: str
    school_name: str
    year_group: str
    ages: str
    is_named: bool
    pupils: int
    code: str
    code_is_open: bool
    set_count: int
    reached_count: int
    open_count: int
    suggestion: Suggestion | None


@dataclass(frozen=True)
class TeachHome:
    """`this_week` is what opens or is due in the next seven days."""

    needs: list[Need]
    this_week: list[AssignmentRow]
    overdue: list[AssignmentRow]
    withdrawn: list[AssignmentRow]
    classes: list[ClassCard]
    new_notices: int

    @property
    def has_several_schools(self) -> bool:
        return len({card.school_name for card in self.classes}) > 1


def teach_home(user: User, now: datetime.datetime) -> TeachHome:
    """Over all the classes that any of the person's memberships sees. Eight queries, nine with groups."""
    on = timezone.localdate(now)
    classes = settable_classes(user)
    pks = {school_class.pk for school_class in classes}
    # What a class had in the year before it was moved up matters to what is suggested, and to nothing else here.
    lately = pks | {school_class.previous_id for school_class in classes if school_class.previous_id}
    read = list_assignments(Assignment.objects.filter(school_class__in=lately), on)
    rows = [row for row in read if row.class_pk in pks]
    live = live_lessons()
    suggested = suggest(classes, live, _met(classes, read), topic_checks(pks), most=1)
    return TeachHome(
        needs=list_needs(rows, {lesson.pk: lesson for lesson in live}, on),
        this_week=[row for row in rows if _is_this_week(row, on)],
        overdue=[row for row in rows if row.is_overdue],
        withdrawn=[row for row in rows if row.is_withdrawn],
        classes=_class_cards(classes, rows, suggested),
        new_notices=sum(notice.is_new for notice in notices(user, now)),
    )


def _is_this_week(row: AssignmentRow, on: datetime.date) -> bool:
    return row.is_due_soon or (row.timing == State.LATER and row.opens_on <= on + SOON)


def _met(classes: Sequence[SchoolClass], rows: Iterable[AssignmentRow]) -> list[Met]:
    by_class: dict[int, list[AssignmentRow]] = {}
    for row in rows:
        if not row.is_later_check:
            by_class.setdefault(row.class_pk, []).append(row)
    return [
        Met(school_class.pk, row.lesson_pk, row.topic_pk, row.title)
        for school_class in classes
        for pk in (school_class.previous_id, school_class.pk)
        for row in by_class.get(pk or 0, [])
    ]


def _class_cards(
    classes: list[SchoolClass], rows: list[AssignmentRow], suggested: Mapping[int, list[Suggestion]]
) -> list[ClassCard]:
    pupils = count_pupils([school_class.pk for school_class in classes])
    by_class: dict[int, list[AssignmentRow]] = {}
    for row in rows:
        if not row.is_later_check:
            by_class.setdefault(row.class_pk, []).append(row)
    return [
        ClassCard(
            pk=school_class.pk,
            name=school_class.name,
            school_name=school_class.school.name,
            year_group=school_class.year_group,
            ages=ages_in_words(school_class),
            is_named=school_class.is_named,
            pupils=pupils.get(school_class.pk, 0),
            code=school_class.code,
            code_is_open=school_class.code_is_open,
            set_count=len(own := by_class.get(school_class.pk, [])),
            reached_count=sum(row.is_reached for row in own),
            open_count=sum(not row.is_closed for row in own),
            suggestion=next(iter(suggested[school_class.pk]), None),
        )
        for school_class in classes
    ]
