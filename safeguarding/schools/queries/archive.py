import datetime

from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from safeguarding.core.tables import Cell, Column, Table

from ..models import Membership, SchoolClass


def archived_table(memberships: list[Membership]) -> Table:
    """The classes of past years that the person saw then, the latest year first; no pupil's name. A query for each
    school.
    """
    several = len(memberships) > 1
    columns = [
        Column("class", _("Class")),
        Column("year", _("School year")),
        Column("year-group", _("Year group")),
        Column("pupils", _("Pupils then"), note=_("named classes only")),
        Column("archived", _("Archived on")),
    ]
    rows = []
    for membership in memberships:
        found = SchoolClass.objects.archived().visible_to(membership)
        rows += [
            [
                Cell(
                    school_class.name,
                    url=reverse("dashboards:class-detail", args=[school_class.pk]),
                    note=membership.school.name if several else "",
                ),
                Cell(school_class.school_year, text=membership.school.year_in_words(school_class.school_year)),
                Cell(school_class.year_group),
                Cell(school_class.pupils_then),
                _day(timezone.localdate(school_class.archived_at)),
            ]
            for school_class in found.order_by("-school_year", Lower("name"), "pk")
        ]
    return Table("archived", _("Classes of past years"), columns, rows, filename="past-classes")


def _day(day: datetime.date) -> Cell:
    return Cell(day, text=date_format(day, "j F Y"))
