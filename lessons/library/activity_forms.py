"""What a pupil tries in an activity. It comes back with the page, so that none of it is stored."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count, islice
from string import ascii_uppercase
from typing import Any

from django import forms
from django.http import QueryDict

from safeguarding.core.forms import offer

from .items import START
from .steps import ActivityPart, Item

Data = QueryDict | Mapping[str, Any]


class TryForm(forms.Form):
    def __init__(self, data: Data | None = None, *, activity: ActivityPart) -> None:
        super().__init__(data)
        self.activity = activity
        self.offer_items()

    def offer_items(self) -> None:
        raise NotImplementedError

    @classmethod
    def all_tried(cls, activity: ActivityPart) -> dict[str, Any]:
        """What somebody sends who has found everything."""
        raise NotImplementedError

    @property
    def is_tried(self) -> bool:
        """Whether there is something to look at."""
        return self.is_bound and self.is_valid()


# --- a scenario, perhaps with branches ---------------------------------------


@dataclass(frozen=True)
class Choice:
    """`after` is the scene that comes next, once this has been tried; `is_told` where it stands elsewhere already."""

    item: Item
    is_shown: bool
    after: "Scene | None" = None
    is_told: bool = False


@dataclass(frozen=True)
class Scene:
    """Choices that are offered together. `name` is empty where the story begins."""

    name: str
    choices: tuple[Choice, ...]


class ScenarioForm(TryForm):
    """Every card may be tried, in any order; a later scene appears beneath the choice that leads to it."""

    choice = forms.TypedChoiceField(
        coerce=int,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose one of the cards."),
    )
    tried = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def offer_items(self) -> None:
        for name in ("choice", "tried"):
            offer(self, name, [(item.pk, item.text) for item in self.activity.items])

    @classmethod
    def all_tried(cls, activity: ActivityPart) -> dict[str, Any]:
        chosen = [item.pk for item in activity.items]
        return {"tried": chosen, "choice": chosen[0] if chosen else ""}

    @property
    def shown(self) -> set[int]:
        """The items whose feedback is to be read."""
        if not self.is_bound:
            return set()
        self.full_clean()
        return {*self.cleaned_data.get("tried", []), *filter(None, [self.cleaned_data.get("choice")])}

    @property
    def story(self) -> Scene:
        """The start, with all that has been reached. A scene to which two choices lead stands beneath the first."""
        return self._scene(START, self.activity.scenes, self.shown, {START})

    def _scene(self, name: str, scenes: Mapping[str, tuple[Item, ...]], shown: set[int], told: set[str]) -> Scene:
        choices = []
        for item in scenes.get(name, ()):
            if item.pk not in shown:
                choices.append(Choice(item, False))
            elif item.leads_to in told or item.leads_to not in scenes:
                choices.append(Choice(item, True, is_told=bool(item.leads_to) and item.leads_to in told))
            else:
                told.add(item.leads_to)
                choices.append(Choice(item, True, self._scene(item.leads_to, scenes, shown, told)))
        return Scene(name, tuple(choices))


# --- a poll -------------------------------------------------------------------


class PollForm(TryForm):
    choice = forms.TypedChoiceField(
        coerce=int,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose one of the answers."),
    )

    def offer_items(self) -> None:
        offer(self, "choice", [(item.pk, item.text) for item in self.activity.items])

    @classmethod
    def all_tried(cls, activity: ActivityPart) -> dict[str, Any]:
        return {"choice": activity.items[0].pk} if activity.items else {}

    @property
    def chosen(self) -> Item | None:
        pk = self.cleaned_data["choice"] if self.is_tried else None
        return next((item for item in self.activity.items if item.pk == pk), None)


# --- an answer for each item --------------------------------------------------


@dataclass(frozen=True)
class Row:
    """An item, what stands there to choose with, and what was chosen: empty where nothing was."""

    item: Item
    field: forms.BoundField
    chosen: str
    is_right: bool
    comes_earlier: bool = False  # of what is put in order, where it is not in its place

    @property
    def other_group(self) -> str:
        """Of a card: where it could go too."""
        return next((group for group in self.item.groups if group != self.chosen), "")


class RowsForm(TryForm):
    """Some items may wait; where all do, there is nothing to look at."""

    none_chosen: str  # what to do then

    def offer_items(self) -> None:
        for item in self.activity.items:
            self.fields[name_of(item)] = self.field_of(item)

    def field_of(self, item: Item) -> forms.ChoiceField:
        raise NotImplementedError

    def row_of(self, item: Item, chosen: str) -> Row:
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(cleaned.values()):
            self.add_error(None, self.none_chosen)
        return cleaned

    def _rows(self, items: Iterable[Item]) -> list[Row]:
        chosen = self.cleaned_data if self.is_tried else {}
        return [self.row_of(item, chosen.get(name_of(item), "")) for item in items]

    @property
    def rows(self) -> list[Row]:
        return self._rows(self.activity.items)

    @property
    def right(self) -> int:
        return sum(row.is_right for row in self.rows)


def name_of(item: Item) -> str:
    return f"card_{item.pk}"


class SortForm(RowsForm):
    """A group for each card."""

    none_chosen = "Choose a group for one card or more, then look at your answers."

    def field_of(self, item: Item) -> forms.ChoiceField:
        return forms.ChoiceField(
            label=item.text,
            required=False,
            widget=forms.RadioSelect,
            choices=[(group, group) for group in self.activity.groups],
            error_messages={"invalid_choice": "Choose one of the groups."},
        )

    def row_of(self, item: Item, chosen: str) -> Row:
        return Row(item, self[name_of(item)], chosen, is_right=chosen in item.groups)

    @classmethod
    def all_tried(cls, activity: ActivityPart) -> dict[str, Any]:
        return {name_of(item): item.answer for item in activity.items}


class OrderForm(RowsForm):
    """A place for each item, from 1; no place twice."""

    none_chosen = "Choose a place for one or more, then look at your answers."

    def field_of(self, item: Item) -> forms.ChoiceField:
        places = [str(place) for place, _ in enumerate(self.activity.items, start=1)]
        return forms.ChoiceField(
            label=item.text,
            required=False,
            choices=[("", "No place yet"), *zip(places, places, strict=True)],
            error_messages={"invalid_choice": "Choose one of the places."},
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        taken = Counter(place for place in cleaned.values() if place)
        for place in sorted(place for place, times in taken.items() if times > 1):
            self.add_error(None, f"Place {place} is taken twice. Choose another place for one of the two.")
        return cleaned

    def row_of(self, item: Item, chosen: str) -> Row:
        place = self.activity.items.index(item) + 1
        is_later = bool(chosen) and place < int(chosen)
        return Row(item, self[name_of(item)], chosen, is_right=chosen == str(place), comes_earlier=is_later)

    @property
    def rows(self) -> list[Row]:
        return self._rows(self.activity.mixed)

    @classmethod
    def all_tried(cls, activity: ActivityPart) -> dict[str, Any]:
        return {name_of(item): place for place, item in enumerate(activity.items, start=1)}


@dataclass(frozen=True)
class Lettered:
    letter: str
    text: str


class MatchForm(RowsForm):
    """For each item the letter of what goes with it."""

    none_chosen = "Choose a partner for one or more, then look at your answers."

    @property
    def answers(self) -> list[Lettered]:
        found = dict.fromkeys(item.answer for item in self.activity.mixed)
        return [Lettered(letter, text) for letter, text in zip(_letters(len(found)), found, strict=True)]

    def field_of(self, item: Item) -> forms.ChoiceField:
        return forms.ChoiceField(
            label=item.text,
            required=False,
            choices=[
                ("", "No partner yet"),
                *((one.letter, f"{one.letter}: {one.text}") for one in self.answers),
            ],
            error_messages={"invalid_choice": "Choose one of the letters."},
        )

    def row_of(self, item: Item, chosen: str) -> Row:
        text = next((one.text for one in self.answers if one.letter == chosen), "")
        return Row(item, self[name_of(item)], text, is_right=bool(chosen) and text == item.answer)

    @classmethod
    def all_tried(cls, activity: ActivityPart) -> dict[str, Any]:
        letters = {one.text: one.letter for one in cls(activity=activity).answers}
        return {name_of(item): letters[item.answer] for item in activity.items}


def _letters(wanted: int) -> list[str]:
    """A to Z, then A2 and on."""
    endless = (f"{letter}{turn if turn > 1 else ''}" for turn in count(1) for letter in ascii_uppercase)
    return list(islice(endless, wanted))


# --- spot the sign ------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    item: Item
    box: forms.boundfield.BoundWidget
    is_ticked: bool

    @property
    def is_right(self) -> bool:
        return self.is_ticked == self.item.is_sign


class SpotForm(TryForm):
    """The lines that are ticked. Feedback is on every line, ticked or not."""

    signs = forms.TypedMultipleChoiceField(
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice", "invalid_list"), "Tick one line or more, then look at your answers."
        ),
    )

    def offer_items(self) -> None:
        offer(self, "signs", [(item.pk, item.text) for item in self.activity.items])

    @classmethod
    def all_tried(cls, activity: ActivityPart) -> dict[str, Any]:
        return {"signs": [item.pk for item in activity.items if item.is_sign]}

    @property
    def lines(self) -> list[Line]:
        ticked = self.cleaned_data["signs"] if self.is_tried else []
        boxes = zip(self.activity.items, self["signs"], strict=True)
        return [Line(item, box, item.pk in ticked) for item, box in boxes]

    @property
    def found(self) -> int:
        return sum(line.is_ticked and line.item.is_sign for line in self.lines)

    @property
    def signs_in_all(self) -> int:
        return sum(item.is_sign for item in self.activity.items)
