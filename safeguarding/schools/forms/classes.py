from typing import Any, cast

from django import forms
from django.http import QueryDict

from safeguarding.core.forms import offer

from .. import rules
from ..enums import ClassMode, CodeEnd, SecretKind
from ..errors import ClassNameTaken, Conflict, ModeFixed, TeacherOfAnotherSchool
from ..models import Membership, SchoolClass
from ..queries import teacher_choices
from .fields import age_field, check_ages, shown, year_group_field

FIELDS = ("name", "year_group", "age_from", "age_to", "mode", "secret_kind")
FIELD_OF_ERROR: dict[type[Conflict], str] = {
    ClassNameTaken: "name",
    ModeFixed: "mode",
    TeacherOfAnotherSchool: "teachers",
}


class ClassForm(forms.Form):
    """Asks for the school where the person has several, and for the teachers where they lead one of them."""

    school = forms.TypedChoiceField(
        label="School",
        coerce=int,
        error_messages={"required": "Choose the school.", "invalid_choice": "Choose one of your schools."},
    )
    name = forms.CharField(
        label="Name of the class",
        max_length=60,
        help_text="As the school says it: 8B, Otters.",
        error_messages={
            "required": "Give the class a name, such as 8B.",
            "max_length": "Shorten the name to 60 characters.",
        },
    )
    year_group = year_group_field()
    age_from = age_field("Youngest", "Age in years at the start of the year.")
    age_to = age_field("Oldest", "Age in years at the end of the year.")
    mode = forms.ChoiceField(
        label="How pupils join",
        choices=ClassMode.choices,
        widget=forms.RadioSelect,
        initial=ClassMode.ANONYMOUS,
        help_text="Anonymous keeps least, and suits most lessons. Choose named if you need to see who has finished.",
        error_messages={"required": "Choose how pupils join.", "invalid_choice": "Choose one of the two ways."},
    )
    secret_kind = forms.ChoiceField(
        label="How pupils of a named class show who they are",
        choices=[("", "What suits their age: pictures up to 10, words from 11"), *SecretKind.choices],
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose one of the ways."},
    )
    teachers = forms.TypedMultipleChoiceField(
        label="Teachers",
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text="Who sees the class and sets its lessons. As lead you see every class of your school in any case.",
        error_messages={"invalid_choice": "Choose from the teachers on the list."},
    )

    def __init__(self, *args: Any, memberships: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.memberships = {membership.school_id: membership for membership in memberships}
        if len(memberships) > 1:
            cast(forms.ChoiceField, self.fields["school"]).choices = [(m.school_id, m.school.name) for m in memberships]
        else:
            del self.fields["school"]
        led = [m.school_id for m in memberships if rules.can_choose_teachers(m)]
        choices = teacher_choices(led) if led else []
        self.choosable = {choice.membership.pk: choice.membership for choice in choices}
        if led:
            cast(forms.ChoiceField, self.fields["teachers"]).choices = [
                (choice.membership.pk, choice.label) for choice in choices
            ]
        else:
            del self.fields["teachers"]

    @classmethod
    def of(cls, school_class: SchoolClass, membership: Membership, data: QueryDict | None = None) -> "ClassForm":
        """The settings of a class. For a lead two queries, for a teacher none."""
        initial: dict[str, Any] = {name: getattr(school_class, name) for name in FIELDS}
        if rules.can_choose_teachers(membership):
            initial["teachers"] = list(school_class.teachers.values_list("pk", flat=True))
        form = cls(data, memberships=[membership], initial=initial)
        offer(form, "secret_kind", SecretKind.choices)
        form.fields["secret_kind"].help_text = "Whoever has chosen keeps theirs until you reset it."
        return form

    def clean_name(self) -> str:
        return self._shown("name")

    def clean_year_group(self) -> str:
        return self._shown("year_group")

    def _shown(self, field: str) -> str:
        return shown(self.cleaned_data[field])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        check_ages(self, cleaned)
        if "school" in self.fields and "school" not in cleaned:
            return cleaned
        school = self.actor.school_id
        if any(self.choosable[pk].school_id != school for pk in cleaned.get("teachers", ())):
            self.add_error("teachers", str(TeacherOfAnotherSchool()))
        return cleaned

    @property
    def actor(self) -> Membership:
        """The membership of the school that was chosen, or the only one."""
        if "school" in self.fields:
            return self.memberships[self.cleaned_data["school"]]
        return next(iter(self.memberships.values()))

    @property
    def values(self) -> dict[str, Any]:
        """What the services take. `teachers` is None where the person has no say in it."""
        cleaned = self.cleaned_data
        chosen = [self.choosable[pk] for pk in cleaned.get("teachers", ())]
        return {
            **{name: cleaned[name] for name in FIELDS},
            "teachers": chosen if rules.can_choose_teachers(self.actor) else None,
        }

    def refuse(self, error: Conflict) -> None:
        self.add_error(FIELD_OF_ERROR.get(type(error)), str(error))


class CodeEndForm(forms.Form):
    end = forms.ChoiceField(
        label="The code stops working",
        choices=CodeEnd.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose when the code stops working."),
    )
