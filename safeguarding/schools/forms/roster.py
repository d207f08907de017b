import base64
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile

from safeguarding.core.forms import offer

from ..models import Membership
from ..roster_file import MOST_BYTES
from ..services import NewClass
from .fields import age_field, check_ages, shown, year_group_field

SEND_AGAIN = "The file did not come through whole. Choose it again."


class RosterSchoolForm(forms.Form):
    """Asks for the school where the person has several."""

    school = forms.TypedChoiceField(
        label="School",
        coerce=int,
        error_messages={"required": "Choose the school.", "invalid_choice": "Choose one of your schools."},
    )

    def __init__(self, *args: Any, memberships: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.memberships = {membership.school_id: membership for membership in memberships}
        if len(memberships) > 1:
            offer(self, "school", [(m.school_id, m.school.name) for m in memberships])
        else:
            del self.fields["school"]

    @property
    def actor(self) -> Membership:
        """The membership of the school that was chosen, or the only one."""
        if "school" in self.fields:
            return self.memberships[self.cleaned_data["school"]]
        return next(iter(self.memberships.values()))


class RosterFileForm(RosterSchoolForm):
    file = forms.FileField(
        label="CSV file",
        help_text="At most 1 MB and 5,000 rows.",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv"}),
        error_messages={"required": "Choose a file.", "empty": "The file is empty. Choose another."},
    )

    @property
    def bytes(self) -> bytes:
        """At most one byte more than is read, so that a huge file costs nothing."""
        file: UploadedFile = self.cleaned_data["file"]
        return cast(bytes, file.read(MOST_BYTES + 1))


class RosterConfirmForm(RosterSchoolForm):
    """Brings the file back, because nothing is kept between the two pages, and names the dry run that was seen."""

    carried = forms.CharField(
        widget=forms.HiddenInput,
        max_length=2 * MOST_BYTES,
        error_messages=dict.fromkeys(("required", "max_length"), SEND_AGAIN),
    )
    token = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    leave_out = forms.BooleanField(
        label="Import the rest",
        required=False,
        help_text="The rows above are left out. Nobody is taken off a list because of them.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "school" in self.fields:
            self.fields["school"].widget = forms.HiddenInput()

    def clean_carried(self) -> bytes:
        try:
            return base64.b64decode(self.cleaned_data["carried"], validate=True)
        except ValueError as error:  # binascii.Error is one; a letter outside ASCII raises another
            raise forms.ValidationError(SEND_AGAIN) from error


def to_carry(data: bytes) -> str:
    return base64.b64encode(data).decode()


class NewClassForm(forms.Form):
    year_group = year_group_field()
    age_from = age_field("Youngest")
    age_to = age_field("Oldest")

    def clean_year_group(self) -> str:
        return shown(self.cleaned_data["year_group"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        check_ages(self, cleaned)
        return cleaned

    @property
    def values(self) -> NewClass:
        return NewClass(**{name: self.cleaned_data[name] for name in ("year_group", "age_from", "age_to")})
