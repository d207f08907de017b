"""What the pages of all parts share: several forms that are checked, saved and compared as one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict

from lessons.library.content import Content
from safeguarding.core.richtext import RichTextFormField, clean

from ..checks.problem import Part
from .rows import RowSet

NOT_TEXT = ("ORDER", "DELETE")


@dataclass(frozen=True)
class ErrorLine:
    message: str
    url: str


@dataclass(frozen=True)
class Saved:
    """What is saved now where it differs from what was typed."""

    text: str
    is_html: bool


class Editor:
    """One page of the desk: forms over one part of a version's content."""

    part: ClassVar[Part]
    template: ClassVar[str]
    place = 0  # of the activity or question that it writes, from 1

    def __init__(self, content: Content, data: QueryDict | None = None) -> None:
        self.content = content
        self.forms: list[forms.Form] = []
        self.sets: list[RowSet] = []

    def is_valid(self) -> bool:
        # Each is asked, so that all that is wrong is said at once.
        found = [form.is_valid() for form in self.forms] + [rows.is_valid() for rows in self.sets]
        return all(found)

    @property
    def is_bound(self) -> bool:
        return any(form.is_bound for form in self.forms) or any(rows.is_bound for rows in self.sets)

    def changes(self) -> dict[str, object]:
        """Fields of the content, as `save_part` takes them. Only after `is_valid()`."""
        raise NotImplementedError

    @property
    def media(self) -> forms.Media:
        return sum((form.media for form in self.forms), forms.Media())

    def errors(self) -> list[ErrorLine]:
        """Every error with a link to its field, for the top of the page."""
        return list(self._errors())

    def _errors(self) -> Iterator[ErrorLine]:
        for form in self.forms:
            yield from _errors_of(form)
        for rows in self.sets:
            yield from (ErrorLine(str(error), "") for error in rows.non_form_errors())
            for number, form in enumerate(rows.forms, start=1):
                yield from _errors_of(form, f"Row {number}, ")

    def typed(self) -> list[tuple[str, str]]:
        """All that was typed, with its label: for copying, where it cannot be saved."""
        found = []
        for form in (*self.forms, *(form for rows in self.sets for form in rows.forms)):
            for field in form:
                value = field.value()
                if field.name not in NOT_TEXT and value and isinstance(value, str):
                    found.append((str(field.label), value))
        return found

    def name_ids(self, slot: str) -> None:
        """Ids that nothing else on the page has, where several parts are open on one. Before anything is shown."""
        for form in self.forms:
            form.auto_id = f"{slot}_id_%s"
        for rows in self.sets:
            rows.auto_id = f"{slot}_id_%s"

    def restored(self, words: Mapping[str, Sequence[str]]) -> QueryDict:
        """What was kept of these forms, as a browser sends it. Rich text goes through the gate here."""
        rich = {
            form.add_prefix(name)
            for form in self.forms
            for name, field in form.fields.items()
            if isinstance(field, RichTextFormField)
        }
        data = QueryDict(mutable=True)
        for name, values in words.items():
            data.setlist(name, [clean(value) for value in values] if name in rich else list(values))
        return data

    def hush(self) -> None:
        """Say nothing of errors: what was kept half-way is being gone on with."""
        self.is_valid()
        for form in (*self.forms, *(form for rows in self.sets for form in rows.forms)):
            form.errors.clear()

    def show_saved(self, fresh: "Editor") -> None:
        """Beside each field that differs, put what is saved now. `fresh` is the same page of what is saved."""
        for form, other in zip(self.forms, fresh.forms, strict=True):
            _compare(form, other.initial)
        for rows, others in zip(self.sets, fresh.sets, strict=True):
            saved = list(others.initial or [])
            for number, row in enumerate(rows.forms):
                _compare(row, saved[number] if number < len(saved) else {})


def _errors_of(form: forms.Form, prefix: str = "") -> Iterator[ErrorLine]:
    yield from (ErrorLine(str(error), "") for error in form.non_field_errors())
    for field in form:
        for error in field.errors:
            target = field.id_for_label or f"{field.auto_id}_0"
            yield ErrorLine(f"{prefix}{field.label}: {error}", f"#{target}")


def _compare(form: forms.Form, saved: Mapping[str, Any]) -> None:
    typed = getattr(form, "cleaned_data", {})
    for name, field in form.fields.items():
        if name in NOT_TEXT or field.disabled or _plain(typed.get(name)) == _plain(saved.get(name)):
            continue
        field.saved_now = _shown(field, saved.get(name))  # type: ignore[attr-defined]  # read by _field.html


def _plain(value: Any) -> Any:
    if value is None or value is False:
        return ""
    return sorted(str(one) for one in value) if isinstance(value, (list, tuple)) else str(value)


def _shown(field: forms.Field, value: Any) -> Saved:
    if isinstance(field, RichTextFormField):
        return Saved(value or "", bool(value))
    if isinstance(field, forms.BooleanField):
        return Saved("yes" if value else "no", False)
    if isinstance(value, (list, tuple)):
        return Saved(", ".join(str(one) for one in value), False)
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        labels = {str(key): str(label) for key, label in choices}
        return Saved(labels.get(str(value), str(value or "")), False)
    return Saved(str(value if value is not None else ""), False)
