from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from safeguarding.core.forms import offer
from safeguarding.schools.codes import tidy_code
from safeguarding.schools.enums import SecretKind

from ..pictures import HOW_MANY, PICTURES, secret_text
from ..pupil_secrets import LONGEST_PIN, SHORTEST_PIN, is_easy_pin, is_pin, pin_text, words_text
from .base import RefusableForm

# A shared tablet neither remembers nor mends what is typed.
BY_HAND = {"class": "code", "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
NO_PIN = f"A PIN is {SHORTEST_PIN} to {LONGEST_PIN} digits, such as the ones on a telephone."


class PinInput(forms.TextInput):
    """Dots by the style sheet, because of a password field the browser would offer to keep what was typed; and like
    such a field it is never sent back filled in."""

    def __init__(self) -> None:
        super().__init__(attrs={"class": "code hidden-digits", "autocomplete": "off", "inputmode": "numeric"})

    def format_value(self, value: Any) -> None:
        return None


class CodeForm(RefusableForm):
    code = forms.CharField(
        label="Class code",
        max_length=80,
        help_text="It is three words and a number, such as maple-otter-star-42.",
        widget=forms.TextInput(attrs=BY_HAND),
        error_messages={
            "required": "Type the class code that your teacher shows you.",
            "max_length": "That is too long for a class code. It is three words and a number.",
        },
    )

    def clean_code(self) -> str:
        return tidy_code(self.cleaned_data["code"])


class NameForm(forms.Form):
    pupil = forms.TypedChoiceField(
        label="Who are you?",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose your name, then press Next.",
            "invalid_choice": "Choose one of the names below, then press Next.",
        },
    )

    def __init__(self, data: QueryDict | None = None, *, names: list[tuple[int, str]]) -> None:
        super().__init__(data)
        offer(self, "pupil", names)


class SecretForm(RefusableForm):
    """What a pupil shows. `is_new`: they choose it now, and are told what speaks against their choice; whoever shows
    theirs again is told nothing of the sort. `words` are those that were drawn for them."""

    def __init__(self, data: QueryDict | None = None, *, is_new: bool, words: Sequence[str] = ()) -> None:
        super().__init__(data)
        self.is_new = is_new
        self.words = words

    @property
    def text(self) -> str:
        """What is hashed."""
        raise NotImplementedError


class PicturesForm(SecretForm):
    first = forms.ChoiceField(label="First picture")
    second = forms.ChoiceField(label="Second picture")
    third = forms.ChoiceField(label="Third picture")

    def __init__(self, data: QueryDict | None = None, *, is_new: bool, words: Sequence[str] = ()) -> None:
        super().__init__(data, is_new=is_new, words=words)
        for name, field in self.fields.items():
            field.widget = forms.RadioSelect()
            offer(self, name, list(PICTURES.items()))
            field.error_messages["required"] = f"Choose your {str(field.label).lower()}."
            field.error_messages["invalid_choice"] = "Choose one of the twelve pictures."

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.is_new and not self.errors and len(set(self._chosen)) < HOW_MANY:
            self.add_error(None, "Please choose three different pictures.")
        return cleaned

    @property
    def _chosen(self) -> list[str]:
        return [self.cleaned_data[name] for name in ("first", "second", "third")]

    @property
    def text(self) -> str:
        return secret_text(self._chosen)


class WordsForm(SecretForm):
    typed = forms.CharField(
        label="Your four words",
        max_length=120,
        help_text="Capitals and spaces do not matter.",
        widget=forms.TextInput(attrs=BY_HAND),
        error_messages={"required": "Type your four words.", "max_length": "That is too long for four words."},
    )

    def clean_typed(self) -> str:
        text = words_text(self.cleaned_data["typed"])
        if not text:
            raise forms.ValidationError("Type your four words.")
        if self.is_new and text != words_text(" ".join(self.words)):
            raise forms.ValidationError("Those are not your four words yet. Look at them again, then type them.")
        return text

    @property
    def text(self) -> str:
        return str(self.cleaned_data["typed"])


class PinForm(SecretForm):
    pin = forms.CharField(
        label="Your PIN",
        max_length=20,
        widget=PinInput,
        error_messages={"required": "Type your PIN.", "max_length": NO_PIN},
    )
    again = forms.CharField(
        label="The same PIN again",
        max_length=20,
        widget=PinInput,
        error_messages={"required": "Type your PIN a second time.", "max_length": NO_PIN},
    )

    def __init__(self, data: QueryDict | None = None, *, is_new: bool, words: Sequence[str] = ()) -> None:
        super().__init__(data, is_new=is_new, words=words)
        if not is_new:
            del self.fields["again"]

    def clean_pin(self) -> str:
        pin = pin_text(self.cleaned_data["pin"])
        if not is_pin(pin):
            raise forms.ValidationError(NO_PIN)
        if self.is_new and is_easy_pin(pin):
            raise forms.ValidationError(
                "That PIN is easy to guess. Choose digits that are neither all the same nor in a row."
            )
        return pin

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.is_new and not self.errors and pin_text(cleaned["again"]) != cleaned["pin"]:
            self.add_error("again", "The two were not the same. That’s OK. Please type them once more.")
        return cleaned

    @property
    def text(self) -> str:
        return str(self.cleaned_data["pin"])


SECRET_FORMS: dict[SecretKind, type[SecretForm]] = {
    SecretKind.PICTURES: PicturesForm,
    SecretKind.WORDS: WordsForm,
    SecretKind.PIN: PinForm,
}
