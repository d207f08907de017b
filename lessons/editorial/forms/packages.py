from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from ..services.package_archive import MOST_BYTES

TOO_LARGE = f"The package is larger than {MOST_BYTES // 1024**2} MB. Export fewer items at once."


class PackageUploadForm(forms.Form):
    """`checksum` and `token` name the package and the dry run that was seen; both are empty the first time."""

    file = forms.FileField(
        label="Package",
        help_text=f"A zip file that a desk has exported, at most {MOST_BYTES // 1024**2} MB.",
        error_messages={"required": "Choose a package.", "empty": "The file is empty. Choose another."},
    )
    checksum = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    token = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        return file

    def bytes(self) -> bytes:
        held: Any = self.cleaned_data["file"].read()
        return bytes(held)
