from typing import Any

from django import forms

from lessons.library.forms import WordsField
from lessons.library.image_store import MOST_BYTES

from ..queries.images import Shown


class ImageDetailsForm(forms.Form):
    title = forms.CharField(
        label="Title",
        max_length=120,
        help_text="So that editors can find it.",
        error_messages={"required": "Give it a title, so that editors can find it."},
    )
    alt_text = forms.CharField(
        label="Alternative text",
        required=False,
        max_length=250,
        help_text="What the picture shows, for someone who cannot see it. Needed unless it is decorative only.",
    )
    is_decorative = forms.BooleanField(
        label="Decorative only",
        required=False,
        help_text="Tick it if nothing is lost when the picture is not seen. Then there is no alternative text.",
    )
    credit = forms.CharField(label="Credit", required=False, max_length=160, help_text="Who made it.")
    licence = forms.CharField(
        label="Licence", required=False, max_length=80, help_text="Why we may use it: own work, CC BY 4.0."
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        alt_text, is_decorative = cleaned.get("alt_text"), cleaned.get("is_decorative")
        if alt_text and is_decorative:
            self.add_error("alt_text", "A decorative picture has no alternative text. Take one of the two away.")
        elif not alt_text and not is_decorative and "alt_text" not in self.errors:
            self.add_error("alt_text", "Say what the picture shows, or tick “Decorative only”.")
        return cleaned


class ImageUploadForm(ImageDetailsForm):
    file = forms.FileField(
        label="Picture",
        help_text=f"JPEG, PNG, WebP or GIF, at most {MOST_BYTES // 1024**2} MB. The file itself is not kept: we store "
        "three sizes of it, without the place or camera that it may name.",
        error_messages={"required": "Choose a picture.", "empty": "The file is empty. Choose another."},
    )
    field_order = ("file",)


class ImageFilterForm(forms.Form):
    words = WordsField(label="Words", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    use = forms.ChoiceField(
        label="Which",
        required=False,
        choices=[("", "All"), ("used", "In use"), ("unused", "Not used yet"), ("decorative", "Decorative")],
    )

    @property
    def shown(self) -> Shown:
        """What was asked for; a value that is not on offer is left out."""
        self.is_valid()
        return Shown(**{name: self.cleaned_data.get(name, "") for name in self.fields})


class PickForm(forms.Form):
    words = WordsField(label="Words in a picture’s title or text", required=False)
    drawings = forms.BooleanField(required=False, widget=forms.HiddenInput)

    @property
    def chosen(self) -> tuple[str, bool]:
        self.is_valid()
        return self.cleaned_data.get("words", ""), self.cleaned_data.get("drawings", False)
