import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lessons.teaching.enums import Digest
from lessons.teaching.queries import class_label
from safeguarding.core.forms import offer
from safeguarding.schools.models import SchoolClass


class ForClassForm(forms.Form):
    """Which class a lesson is looked for, and the day on which it should open (from the planner)."""

    # `class` is a word of Python's own
    opens = forms.DateField(
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid": _("Write the day on which it opens as a date, such as 2027-01-31.")},
    )

    def __init__(self, data: Any, *, classes: Sequence[SchoolClass]) -> None:
        super().__init__(data)
        with_school = len({school_class.school_id for school_class in classes}) > 1
        self.fields["class"] = forms.ChoiceField(
            required=False,
            label=_("For the class"),
            error_messages={"invalid_choice": _("Choose one of your classes from the list.")},
        )
        labels = [(str(c.pk), class_label(c, with_school=with_school)) for c in classes]
        offer(self, "class", [("", _("Any of mine")), *labels])
        self.order_fields(["class", "opens"])

    def refuse_archived(self, school_class: SchoolClass) -> None:
        self.is_valid()
        self.errors["class"] = self.error_class(
            [f"{school_class.name} is archived, so nothing can be set for it. Choose a class of this year."]
        )


class ReadForm(forms.Form):
    """`until` is the moment at which the page of notices was made."""

    until = forms.DateTimeField(
        widget=forms.HiddenInput,
        error_messages={
            "required": _("Open your notices once more, then press the button there."),
            "invalid": _("Open your notices once more, then press the button there."),
        },
    )

    def clean_until(self) -> datetime.datetime:
        try:
            until: datetime.datetime = self.cleaned_data["until"].astimezone(datetime.UTC)
        except OverflowError as error:
            raise forms.ValidationError(self.fields["until"].error_messages["invalid"]) from error
        return until


class DigestForm(forms.Form):
    digest = forms.ChoiceField(
        choices=Digest.choices,
        widget=forms.RadioSelect,
        label=_("Write to me"),
        error_messages={
            "required": _("Choose how often you would like to be written to."),
            "invalid_choice": _("Choose how often you would like to be written to: off, every day or every week."),
        },
    )
