import calendar
import re
from typing import Any

from django import forms
from django.http import QueryDict

from safeguarding.core.languages import ALL, SOURCE

from ..errors import Conflict, TermOutOfOrder, TermsOverlap
from ..models import Country, School, Term
from .fields import OneLineField, age_field, day_field

PHONE = re.compile(r"[0-9+()\-./ ]*[0-9][0-9+()\-./ ]*(ext\.? ?[0-9]+)?", re.IGNORECASE)
OF_SCHOOL = (
    "lead_name",
    "lead_contact",
    "lead_email",
    "lead_phone",
    "country",
    "age_from",
    "age_to",
    "year_begins_month",
    "has_parents_page",
)
# English is always there.
FAMILY_LANGUAGES = [language for language in ALL if language.code != SOURCE]


class SchoolForm(forms.Form):
    lead_name = OneLineField(
        label="Name of the safeguarding lead",
        max_length=120,
        help_text="Whom pupils and staff can tell. Pupils see it under “Get help”.",
        error_messages={
            "required": "Give the name that pupils know.",
            "max_length": "Shorten the name to 120 characters.",
        },
    )
    lead_contact = OneLineField(
        label="How pupils find the lead",
        max_length=200,
        help_text="A place and a time that a child can find: Room 12, every day at break.",
        error_messages={
            "required": "Say where pupils find the lead.",
            "max_length": "Shorten this to 200 characters.",
        },
    )
    lead_email = forms.EmailField(
        label="The lead’s e-mail address",
        required=False,
        max_length=254,
        help_text="For staff: teachers write to it before they teach a lesson that the lead should know of.",
        error_messages={
            "invalid": "Type a whole e-mail address, such as name@school.example.",
            "max_length": "Shorten the address to 254 characters.",
        },
    )
    lead_phone = OneLineField(
        label="The lead’s phone number",
        required=False,
        max_length=40,
        help_text="For staff: it stands beside the steps for when a pupil tells them something.",
        error_messages={"max_length": "Shorten the number to 40 characters."},
    )
    country = forms.ModelChoiceField(
        label="Country or nation",
        queryset=Country.objects.all(),
        empty_label=None,
        help_text="Decides which help services pupils and parents see, and what school years are called.",
        error_messages={"required": "Choose a country.", "invalid_choice": "Choose a country from the list."},
    )
    age_from = age_field("Youngest taught", "Age in years.")
    age_to = age_field("Oldest taught", "Age in years.")
    year_begins_month = forms.TypedChoiceField(
        label="A school year begins in",
        coerce=int,
        choices=[(month, calendar.month_name[month]) for month in range(1, 13)],
        error_messages={"required": "Choose a month.", "invalid_choice": "Choose a month from the list."},
    )
    has_parents_page = forms.BooleanField(
        label="A page for parents",
        required=False,
        help_text=(
            "Anybody can then read, without signing in: the school’s name, the safeguarding lead’s name and where "
            "pupils find them, and the lessons of each year group this term with their notes for home. "
            "Never a class, a pupil, a teacher, a number or a day."
        ),
    )
    languages = forms.MultipleChoiceField(
        label="Languages of our families",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(language.code, f"{language.english} ({language.name})") for language in FAMILY_LANGUAGES],
        help_text="Beside English. The page for parents then names the guides that can be read in them.",
        error_messages={"invalid_choice": "Choose languages from the list."},
    )

    @classmethod
    def of(cls, school: School, data: QueryDict | None = None) -> "SchoolForm":
        initial = {name: getattr(school, name) for name in OF_SCHOOL}
        return cls(data, initial=initial | {"languages": school.language_codes})

    def clean_lead_phone(self) -> str:
        phone: str = self.cleaned_data["lead_phone"]
        if phone and not PHONE.fullmatch(phone):
            raise forms.ValidationError("Write the number in digits, such as 020 7946 0000 ext. 12.")
        return phone

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        youngest, oldest = cleaned.get("age_from"), cleaned.get("age_to")
        if youngest and oldest and youngest > oldest:
            self.add_error("age_to", "The oldest cannot be younger than the youngest. Put the two ages in order.")
        return cleaned


class TermForm(forms.Form):
    name = OneLineField(
        label="Name of the term",
        max_length=40,
        help_text="As the school says it: Autumn, Term 1.",
        error_messages={
            "required": "Give the term a name, such as Autumn.",
            "max_length": "Shorten the name to 40 characters.",
        },
    )
    starts_on = day_field("First day")
    ends_on = day_field("Last day", "Two terms do not overlap; holidays lie between them.")

    @classmethod
    def of(cls, term: Term, data: QueryDict | None = None) -> "TermForm":
        return cls(data, initial={name: getattr(term, name) for name in ("name", "starts_on", "ends_on")})

    def refuse(self, error: Conflict) -> None:
        field = {TermOutOfOrder: "ends_on", TermsOverlap: "starts_on"}.get(type(error))
        self.add_error(field, str(error))
