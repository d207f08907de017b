"""The classes that are still of a past school year, and what may become of each."""

import datetime
import hashlib
from dataclasses import dataclass

from django.db.models import Count
from django.db.models.functions import Lower

from safeguarding.schools.models import Membership, Pupil, School, SchoolClass

from ..models import Assignment
from ..next_year import Proposal, propose

# So long before a school year begins, its classes are made.
AHEAD = datetime.timedelta(days=120)
# More would be more fields than a form may have; the others come when these are done.
MOST_AT_ONCE = 100


@dataclass(frozen=True)
class ClassOfPastYear:
    pk: int
    name: str
    school_year: int
    is_named: bool
    open_lessons: int
    pupils: list[tuple[int, str]]
    proposal: Proposal


@dataclass(frozen=True)
class NewYearPage:
    """`year` is that in which the new school year begins. `others` are left for the next time."""

    year: int
    classes: list[ClassOfPastYear]
    others: int

    @property
    def token(self) -> str:
        """Another one, as soon as a class or a list of pupils is another."""
        seen = [(each.pk, each.name, each.school_year, sorted(pk for pk, _ in each.pupils)) for each in self.classes]
        return hashlib.sha256(repr((self.year, seen)).encode()).hexdigest()


def year_to_begin(school: School, on: datetime.date) -> int:
    """The school year that has begun, or that begins within four months."""
    return school.year_of(on + AHEAD)


def new_year_page(membership: Membership, year: int) -> NewYearPage:
    """By name. Three queries, however many classes and pupils there are."""
    found = SchoolClass.objects.current().visible_to(membership).filter(school_year__lt=year)
    classes = list(found.order_by(Lower("name"), "pk"))
    shown = classes[:MOST_AT_ONCE]
    pks = [school_class.pk for school_class in shown]
    pupils: dict[int, list[tuple[int, str]]] = {pk: [] for pk in pks}
    rows = Pupil.objects.filter(school_class__in=pks).order_by("display_name", "pk")
    for class_pk, pk, name in rows.values_list("school_class", "pk", "display_name"):
        pupils[class_pk].append((pk, name))
    open_now = Assignment.objects.filter(school_class__in=pks, closed_at__isnull=True).order_by()
    lessons = dict(open_now.values_list("school_class").annotate(Count("pk")))
    return NewYearPage(
        year,
        [
            ClassOfPastYear(
                pk=each.pk,
                name=each.name,
                school_year=each.school_year,
                is_named=each.is_named,
                open_lessons=lessons.get(each.pk, 0),
                pupils=pupils[each.pk],
                proposal=propose(each, membership.school),
            )
            for each in shown
        ],
        others=len(classes) - len(shown),
    )
