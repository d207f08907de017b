"""A quick question to a class, and a pupil's answer to it."""

from typing import Any

from django import forms
from django.http import QueryDict

from safeguarding.core.forms import offer

from ..poll_questions import MOST_LETTERS, MOST_LETTERS_OF_AN_OPTION, MOST_OPTIONS
from .base import RefusableForm

PRESETS: dict[str, tuple[str, ...]] = {
    "agree": ("Agree", "Disagree", "Not sure"),
    "yes": ("Yes", "No", "Not sure"),
    "sure": ("Very sure", "Quite sure", "In between", "A little unsure", "Not sure at all"),
    "talk": ("I have an idea to share", "I would like to listen first", "I am not sure yet"),
    "helps": ("This helps", "Something else helps more", "Not sure"),
}


LEAST_OPTIONS = 2
TOO_FEW_OPTIONS = "Give two choices or more, up to six."


class PollForm(RefusableForm):
    question = forms.CharField(
        label="Question",
        max_length=MOST_LETTERS,
        help_text="About the people in the story, or about an idea. Never about what your pupils have been through.",
        error_messages={
            "required": "Type a question, or take one of those above.",
            "max_length": "Keep the question to 200 letters: it has to be read from the back of the room.",
        },
    )

    def __init__(self, data: QueryDict | None = None, *, question: str = "", options: tuple[str, ...] = ()) -> None:
        named = {name: options[n] if n < len(options) else "" for n, name in enumerate(OPTION_NAMES)}
        super().__init__(data, initial={"question": question, **named})
        for number, name in enumerate(OPTION_NAMES, start=1):
            self.fields[name] = forms.CharField(
                label=f"Choice {number}",
                max_length=MOST_LETTERS_OF_AN_OPTION,
                required=number <= LEAST_OPTIONS,
                error_messages={"required": TOO_FEW_OPTIONS, "max_length": "Keep each choice to 100 letters."},
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        options = self.options
        if any(name in self.errors for name in OPTION_NAMES):
            return cleaned
        if len({option.casefold() for option in options}) < len(options):
            self.add_error(OPTION_NAMES[0], "Two choices are the same. Change one of them.")
        return cleaned

    @property
    def options(self) -> list[str]:
        return [text for name in OPTION_NAMES if (text := self.cleaned_data.get(name))]

    @property
    def values(self) -> dict[str, Any]:
        """What the service takes."""
        return {"question": self.cleaned_data["question"], "options": self.options}


OPTION_NAMES = [f"option_{number}" for number in range(1, MOST_OPTIONS + 1)]


class VoteForm(forms.Form):
    poll = forms.IntegerField(widget=forms.HiddenInput)
    choice = forms.TypedChoiceField(
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose one answer, then press Send.",
            "invalid_choice": "Choose one of the answers below, then press Send.",
        },
    )

    def __init__(
        self, data: QueryDict | None = None, *, poll_id: int, question: str, options: tuple[tuple[int, str], ...]
    ) -> None:
        super().__init__(data, initial={"poll": poll_id})
        self.fields["choice"].label = question
        offer(self, "choice", options)
