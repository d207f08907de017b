"""A school's terms and staff as tables."""

from django.urls import reverse

from safeguarding.core.tables import Cell, Column, Table

from .models import School
from .queries import StaffLine, TermLine

TERMS, STAFF = "terms", "staff"


def terms_table(school: School, terms: tuple[TermLine, ...]) -> Table:
    return Table(
        name=TERMS,
        caption="Terms",
        columns=(
            Column("term", "Term"),
            Column("year", "School year"),
            Column("starts", "First day"),
            Column("ends", "Last day"),
            Column("weeks", "Weeks", is_number=True),
        ),
        rows=[
            (
                Cell(term.name, url=reverse("schools:term-edit", kwargs={"pk": term.pk})),
                Cell(school.year_in_words(term.year)),
                Cell(term.starts_on, f"{term.starts_on:%a} {term.starts_on.day} {term.starts_on:%b %Y}"),
                Cell(term.ends_on, f"{term.ends_on:%a} {term.ends_on.day} {term.ends_on:%b %Y}"),
                Cell(term.weeks),
            )
            for term in terms
        ],
        filename=f"terms-{school.slug}",
    )


def staff_table(school: School, staff: tuple[StaffLine, ...]) -> Table:
    return Table(
        name=STAFF,
        caption="Staff",
        columns=(
            Column("name", "Name"),
            Column("role", "Role"),
            Column("classes", "Classes"),
            Column("email", "E-mail address"),
        ),
        rows=[
            (
                Cell(person.name, url=reverse("schools:staff-member", kwargs={"pk": person.pk})),
                Cell(str(person.role.label)),
                Cell(", ".join(person.classes) or None, sort=len(person.classes)),
                Cell(person.email),
            )
            for person in staff
        ],
        filename=f"staff-{school.slug}",
    )
