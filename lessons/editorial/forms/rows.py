"""Rows of a list: those that are there, three empty ones, and what is left of them in the order of their positions."""

from typing import Any, ClassVar

from django import forms
from django.forms.formsets import DELETION_FIELD_NAME, ORDERING_FIELD_NAME

EMPTY_ROWS = 3


class RowForm(forms.Form):
    """One row. It counts as filled where one of its `texts` is; a position or a mark alone is no row."""

    texts: ClassVar[tuple[str, ...]] = ()

    def has_changed(self) -> bool:
        return any(str(self[name].value() or "").strip() for name in self.texts)


class RowSet(forms.BaseFormSet[RowForm]):
    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        # A row whose texts somebody has emptied is a row that they took away.
        return {**super().get_form_kwargs(index), "empty_permitted": True}

    def add_fields(self, form: RowForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields[ORDERING_FIELD_NAME].label = "Position"
        form.fields[DELETION_FIELD_NAME].label = "Remove this row"

    @property
    def rows(self) -> list[dict[str, Any]]:
        """What was typed, row by row. Only after `is_valid()`."""
        kept = [
            form.cleaned_data
            for form in self.forms
            if form.has_changed() and not form.cleaned_data.get(DELETION_FIELD_NAME)
        ]
        return sorted(kept, key=lambda row: row.get(ORDERING_FIELD_NAME) or len(self.forms) + 1)


def row_set(form: type[RowForm], prefix: str, most: int, data: Any, rows: list[dict[str, Any]]) -> RowSet:
    """Bound where `data` is given; then `rows` are what is saved now."""
    made = forms.formset_factory(
        form,
        formset=RowSet,
        extra=EMPTY_ROWS,
        can_delete=True,
        can_order=True,
        max_num=most,
        absolute_max=most + EMPTY_ROWS,
        validate_max=True,
    )
    made_set: Any = made(
        data,
        prefix=prefix,
        initial=rows,
        error_messages={"missing_management_form": "Part of the form did not arrive. Open the page again, then retry."},
    )
    return made_set
