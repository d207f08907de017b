from django import forms
from django.utils.translation import gettext_lazy as _

from lessons.library.forms import WordsField

LEAST_OF_A_NAME = 3
AGES = _("Write an age from 4 to 18, in whole years.")


class AgeForm(forms.Form):
    age = forms.IntegerField(
        label=_("How old is your child, in years?"),
        required=False,
        min_value=4,
        max_value=18,
        # A number field would drop what was typed where it is not a number.
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": AGES, "min_value": AGES, "max_value": AGES},
    )


class WordsForm(forms.Form):
    words = WordsField(label=_("What are you looking for?"), required=False)


class SchoolForm(forms.Form):
    name = WordsField(label=_("What is your child’s school called?"), required=False)

    def clean_name(self) -> str:
        """Schools are found by those who know their name, never listed."""
        name: str = self.cleaned_data["name"]
        if name and max(map(len, name.split())) < LEAST_OF_A_NAME:
            raise forms.ValidationError(_("Type at least three letters of the school’s name."))
        return name
