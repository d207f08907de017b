import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ..enums import Role
from .country import Country


class School(models.Model):
    name = models.CharField(max_length=120)
    slug = models.SlugField(unique=True)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="schools")
    lead_name = models.CharField(
        "safeguarding lead", max_length=120, blank=True, help_text="Whom pupils and staff can tell."
    )
    lead_contact = models.CharField(
        "how to reach the lead", max_length=200, blank=True, help_text="A room, a phone number or an address."
    )

    lead_email = models.EmailField("the lead's e-mail address", blank=True)
    lead_phone = models.CharField("the lead's phone number", max_length=40, blank=True)
    age_from = models.PositiveSmallIntegerField("youngest taught", default=4)
    age_to = models.PositiveSmallIntegerField("oldest taught", default=19)
    year_begins_month = models.PositiveSmallIntegerField(
        "month in which a school year begins", default=9, help_text="1 is January, 9 is September."
    )
    has_parents_page = models.BooleanField(
        "has a page for parents",
        default=False,
        help_text="Anybody can read it: the lead and how to reach them, and the lessons of each year group this term.",
    )
    languages = models.CharField(
        "languages of its families",
        max_length=120,
        blank=True,
        help_text="Codes of core.languages with commas between, beside English; the order is that of the page.",
    )

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(age_from__gte=3, age_to__lte=19, age_from__lte=F("age_to")),
                name="school_ages_in_order_and_3_to_19",
            ),
            models.CheckConstraint(
                condition=Q(year_begins_month__gte=1, year_begins_month__lte=12), name="school_year_begins_in_a_month"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def language_codes(self) -> tuple[str, ...]:
        """Beside English."""
        return tuple(self.languages.split(",")) if self.languages else ()

    def year_of(self, day: datetime.date) -> int:
        """The school year of a day, named by the year in which it begins: 2026 for 2026/27."""
        return day.year if day.month >= self.year_begins_month else day.year - 1

    def year_in_words(self, year: int) -> str:
        """2026/27; 2026 alone where the school's year is the calendar's."""
        return str(year) if self.year_begins_month == 1 else f"{year}/{(year + 1) % 100:02}"


class TermQuerySet(models.QuerySet["Term"]):
    def visible_to(self, membership: "Membership") -> Self:
        return self.filter(school=membership.school_id)


class Term(models.Model):
    """A part of a school year. Two terms of a school do not overlap; holidays lie between them."""

    school_path: ClassVar[str] = "school"

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="terms")
    name = models.CharField(max_length=40, help_text="As the school says it: Autumn, Term 1.")
    starts_on = models.DateField()
    ends_on = models.DateField()

    objects = TermQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["starts_on"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(starts_on__lte=F("ends_on")), name="term_starts_before_it_ends"),
            models.UniqueConstraint(fields=["school", "starts_on"], name="term_starts_once_on_a_day"),
        ]

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active(self) -> Self:
        return self.filter(is_active=True, user__is_active=True)

    def visible_to(self, membership: "Membership") -> Self:
        return self.filter(school=membership.school_id)


class Membership(models.Model):
    """One person's place at one school. A lead may do at that school whatever a teacher may."""

    school_path: ClassVar[str] = "school"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role.choices)
    is_active = models.BooleanField(default=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "school"], name="membership_one_per_person_and_school"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.school} · {self.get_role_display()}"

    @property
    def is_lead(self) -> bool:
        return self.role == Role.LEAD


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, membership: Membership) -> Self:
        return self.filter(school=membership.school_id)


class Invitation(models.Model):
    """A place at a school that somebody has been offered and has not taken yet.

    The school sees the address and the name that its lead typed, and nothing of the account: whether there was one
    before is nobody's business there.
    """

    school_path: ClassVar[str] = "school"

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="invitations")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(max_length=254, help_text="As the lead typed it.")
    name = models.CharField(max_length=120, help_text="As the lead typed it.")
    role = models.CharField(max_length=10, choices=Role.choices)
    invited_by = models.ForeignKey(Membership, null=True, on_delete=models.SET_NULL, related_name="+")
    invited_at = models.DateTimeField(auto_now_add=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "school"], name="invitation_one_per_person_and_school"),
        ]

    def __str__(self) -> str:
        """Never the address: this text may reach a log."""
        return f"Invitation {self.pk}"
