"""Who has an account, and what they may do to the library."""

import datetime
import hashlib
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from lessons.library.models import Guide, Lesson
from safeguarding.accounts.models import User

PER_PAGE = 50
MOST_WORDS = 8
ROLE_LABELS = {"is_editor": "Editor", "is_reviewer": "Reviewer", "is_superuser": "Operator"}
AT_THE_DESK = Q(is_editor=True) | Q(is_reviewer=True) | Q(is_superuser=True)


@dataclass(frozen=True)
class AskedPeople:
    words: str = ""
    only: str = ""  # "" at the desk, "everybody", or "closed" accounts


@dataclass(frozen=True)
class PersonLine:
    pk: int
    name: str
    email: str
    roles: tuple[str, ...]
    is_active: bool
    last_login: datetime.datetime | None
    has_password: bool


def people_page(asked: AskedPeople, number: str | None) -> Page[PersonLine]:
    """Fifty a page, by name. Two queries."""
    page: Page[Any] = Paginator(_people(asked), PER_PAGE).get_page(number)
    page.object_list = [
        PersonLine(
            pk=person.pk,
            name=str(person),
            email=person.email,
            roles=roles_of(person),
            is_active=person.is_active,
            last_login=person.last_login,
            has_password=person.has_usable_password(),
        )
        for person in page.object_list
    ]
    return page


def _people(asked: AskedPeople) -> QuerySet[User]:
    people = User.objects.order_by("name", "email")
    match asked.only:
        case "everybody":
            pass
        case "closed":
            people = people.filter(is_active=False)
        case _:
            people = people.filter(AT_THE_DESK, is_active=True)
    for word in asked.words.split()[:MOST_WORDS]:
        people = people.filter(Q(name__icontains=word) | Q(email__icontains=word))
    return people


def roles_of(person: User) -> tuple[str, ...]:
    return tuple(label for name, label in ROLE_LABELS.items() if getattr(person, name))


def token_of_person(person: User) -> str:
    """Names what they may do now."""
    held = repr((person.pk, person.is_active, [getattr(person, name) for name in ROLE_LABELS]))
    return hashlib.sha256(held.encode()).hexdigest()[:32]


def looked_after(person: User) -> int:
    """How many lessons and guides remind them. Two queries."""
    return Lesson.objects.filter(owner=person).count() + Guide.objects.filter(owner=person).count()
