"""What a teacher says before a lesson, and chooses from its pack."""

from django import forms

from ..enums import PackPart
from .base import RefusableForm


class LeadKnowsForm(RefusableForm):
    knows = forms.BooleanField(
        label="The lead knows of this lesson and of the day",
        error_messages={"required": "Tell the lead first, then tick the box."},
    )


class PackForm(forms.Form):
    """With nothing chosen, the pack is whole."""

    parts = forms.MultipleChoiceField(
        label="What to print",
        choices=PackPart.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose from the parts below."},
    )

    @property
    def chosen(self) -> set[str]:
        found = set(self.cleaned_data.get("parts", [])) if self.is_valid() else set()
        return found or set(PackPart.values)
