"""What a pupil chooses in a step."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from safeguarding.core.forms import offer

from .enums import ActivityKind
from .steps import ActivityPart, Item, QuestionPart


class AnswerForm(forms.Form):
    choice = forms.TypedChoiceField(
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose one answer, then press Next.",
            "invalid_choice": "Choose one of the answers below, then press Next.",
        },
    )

    def __init__(self, data: QueryDict | None = None, *, question: QuestionPart) -> None:
        super().__init__(data)
        self.fields["choice"].label = question.text
        offer(self, "choice", [(option.pk, option.text) for option in question.options])


class ScenarioForm(forms.Form):
    """What has been tried so far travels with the page, so that none of it is stored."""

    choice = forms.TypedChoiceField(
        coerce=int,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose one of the cards."),
    )
    tried = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, data: QueryDict | None = None, *, activity: ActivityPart) -> None:
        super().__init__(data)
        for name in ("choice", "tried"):
            offer(self, name, [(item.pk, item.text) for item in activity.items])

    @property
    def shown(self) -> set[int]:
        """The items whose feedback is to be read."""
        if not self.is_bound:
            return set()
        return {*self.cleaned_data.get("tried", []), *filter(None, [self.cleaned_data.get("choice")])}


@dataclass(frozen=True)
class SortRow:
    item: Item
    field: forms.BoundField
    chosen: str  # empty where the card has not been put anywhere

    @property
    def is_right(self) -> bool:
        return self.chosen == self.item.answer


class SortForm(forms.Form):
    """A group for each card. Some cards may wait; with none there is nothing to look at."""

    def __init__(self, data: QueryDict | None = None, *, activity: ActivityPart) -> None:
        super().__init__(data)
        self.items = activity.items
        for item in self.items:
            self.fields[f"card_{item.pk}"] = forms.ChoiceField(
                label=item.text,
                required=False,
                widget=forms.RadioSelect,
                choices=[(group, group) for group in activity.groups],
                error_messages={"invalid_choice": "Choose one of the groups."},
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(cleaned.values()):
            self.add_error(None, "Choose a group for one card or more, then look at your answers.")
        return cleaned

    @property
    def rows(self) -> list[SortRow]:
        cleaned = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return [SortRow(item, self[f"card_{item.pk}"], cleaned.get(f"card_{item.pk}", "")) for item in self.items]


def activity_form(activity: ActivityPart | None, data: Any = None) -> ScenarioForm | SortForm | None:
    """None for what is only talked about."""
    match activity.kind if activity else None:
        case ActivityKind.SCENARIO if activity:
            return ScenarioForm(data, activity=activity)
        case ActivityKind.SORT if activity:
            return SortForm(data, activity=activity)
    return None
