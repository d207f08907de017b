from django import forms

from ..errors import Conflict, NamesRefused
from ..names import LONGEST, MOST_AT_ONCE, NameLine, check_lines, read_lines


class PupilNamesForm(forms.Form):
    names = forms.CharField(
        label="Names to add, one a line",
        max_length=10_000,
        strip=False,  # the numbers of the lines must stay as the teacher sees them
        help_text=(
            "First names or initials only: enough for your pupils to find themselves, and nothing more. "
            f"Up to {MOST_AT_ONCE} at once, {LONGEST} characters each."
        ),
        widget=forms.Textarea(attrs={"rows": 10, "autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": "Type or paste at least one name.",
            "max_length": f"This is too much text for names. Paste at most {MOST_AT_ONCE} names at once.",
        },
    )

    def clean_names(self) -> list[NameLine]:
        read = read_lines(self.cleaned_data["names"])
        try:
            check_lines(read)
        except NamesRefused as error:
            raise forms.ValidationError(error.problems) from error
        return read

    def refuse(self, error: Conflict) -> None:
        self.add_error("names", error.problems if isinstance(error, NamesRefused) else str(error))
