from typing import Any

from django import forms

from safeguarding.core.forms import offer
from safeguarding.core.languages import Language


class TranslateForm(forms.Form):
    language = forms.ChoiceField(
        label="Into which language?", error_messages={"invalid_choice": "Choose a language from the list."}
    )

    def __init__(self, left: tuple[Language, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(language.code, f"{language.english} ({language.name})") for language in left]
        offer(self, "language", [("", "Choose a language"), *choices])
