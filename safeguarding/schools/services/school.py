"""What a school says of itself: whom pupils can tell, where it is, whom it teaches, what parents read, its terms."""

import datetime
from collections.abc import Collection

from django.db import transaction

from safeguarding.core.languages import ALL

from .. import rules
from ..errors import LeadOnly, NoTermsToCopy, TermOutOfOrder, TermsOverlap, TermsThere
from ..models import Country, Membership, School, Term

LONGEST_TERM = datetime.timedelta(days=365)


@transaction.atomic
def update_school(
    *,
    actor: Membership,
    lead_name: str,
    lead_contact: str,
    lead_email: str,
    lead_phone: str,
    country: Country,
    age_from: int,
    age_to: int,
    year_begins_month: int,
    has_parents_page: bool,
    languages: Collection[str],
) -> School:
    """`languages` are codes. Raises LeadOnly."""
    kept = locked_school(actor)
    kept.lead_name, kept.lead_contact = lead_name, lead_contact
    kept.lead_email, kept.lead_phone = lead_email, lead_phone
    kept.country = country
    kept.age_from, kept.age_to = age_from, age_to
    kept.year_begins_month = year_begins_month
    kept.has_parents_page = has_parents_page
    kept.languages = ",".join(language.code for language in ALL if language.code in languages)
    kept.save()
    return kept


@transaction.atomic
def add_term(*, actor: Membership, name: str, starts_on: datetime.date, ends_on: datetime.date) -> Term:
    """Raises LeadOnly, TermOutOfOrder, TermsOverlap."""
    school = locked_school(actor)
    _check(school, starts_on, ends_on)
    return Term.objects.create(school=school, name=name, starts_on=starts_on, ends_on=ends_on)


@transaction.atomic
def change_term(*, actor: Membership, term: Term, name: str, starts_on: datetime.date, ends_on: datetime.date) -> Term:
    """Raises LeadOnly, TermOutOfOrder, TermsOverlap."""
    school = locked_school(actor)
    kept = Term.objects.get(pk=term.pk, school=school)
    _check(school, starts_on, ends_on, but=kept)
    kept.name, kept.starts_on, kept.ends_on = name, starts_on, ends_on
    kept.save()
    return kept


@transaction.atomic
def remove_term(*, actor: Membership, term: Term) -> None:
    """Lessons keep their dates: a term only says how they are counted. Raises LeadOnly."""
    Term.objects.filter(pk=term.pk, school=locked_school(actor)).delete()


@transaction.atomic
def copy_terms(*, actor: Membership, to_year: int) -> list[Term]:
    """The terms of the year before, each from the same day and month to the same day and month.

    Raises LeadOnly, NoTermsToCopy, TermsThere.
    """
    school = locked_school(actor)
    by_year: dict[int, list[Term]] = {}
    for term in school.terms.all():
        by_year.setdefault(school.year_of(term.starts_on), []).append(term)
    if to_year in by_year:
        raise TermsThere
    if to_year - 1 not in by_year:
        raise NoTermsToCopy
    return [
        add_term(
            actor=actor,
            name=term.name,
            starts_on=a_year_later(term.starts_on),
            ends_on=a_year_later(term.ends_on),
        )
        for term in by_year[to_year - 1]
    ]


def a_year_later(day: datetime.date) -> datetime.date:
    """The same day and month; the 28th for a 29 February."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if is_leap_day else day.day)


def locked_school(actor: Membership) -> School:
    """Keeps two leads who change the same school at once apart. Raises LeadOnly."""
    school = School.objects.select_for_update().get(pk=actor.school_id)
    held = Membership.objects.active().filter(pk=actor.pk).first()
    if held is None or not rules.can_manage_school(held):
        raise LeadOnly
    return school


def _check(school: School, starts_on: datetime.date, ends_on: datetime.date, but: Term | None = None) -> None:
    if not starts_on < ends_on <= starts_on + LONGEST_TERM:
        raise TermOutOfOrder
    others = school.terms.filter(starts_on__lte=ends_on, ends_on__gte=starts_on)
    if but is not None:
        others = others.exclude(pk=but.pk)
    if in_the_way := others.first():
        raise TermsOverlap(in_the_way.name)
