from typing import ClassVar

from django import forms

YES, NO = "yes", "no"


class ClarityForm(forms.Form):
    """`version` is the one that was read: the live one may be another by now."""

    ANSWERS: ClassVar = [(YES, YES), (NO, NO)]

    answer = forms.ChoiceField(choices=ANSWERS)
    version = forms.IntegerField(min_value=1, max_value=2**63 - 1)

    @property
    def is_clear(self) -> bool:
        return bool(self.cleaned_data["answer"] == YES)
