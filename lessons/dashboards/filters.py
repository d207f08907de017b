from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safeguarding.core.forms import offer
from safeguarding.schools.models import Term

from .queries.class_page import Asked, Show


class ClassFilter(forms.Form):
    """Which of a class's lessons are looked at. What cannot be read leaves the page as it is without filters."""

    show = forms.ChoiceField(
        required=False,
        label=_("Lessons"),
        choices=[("", _("Open and closed")), *[(show.value, show.label) for show in Show if show.value]],
        error_messages={"invalid_choice": _("Choose from the list: open, closed, archived or all.")},
    )
    term = forms.TypedChoiceField(
        required=False,
        label=_("Due in"),
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": _("Choose one of your school’s terms from the list.")},
    )

    def __init__(self, data: Any, *, terms: Sequence[Term]) -> None:
        super().__init__(data)
        self.terms = {term.pk: term for term in terms}
        offer(self, "term", [("", _("Any time")), *[(t.pk, f"{t.name} {t.starts_on.year}") for t in terms]])
        if not terms:
            del self.fields["term"]

    @property
    def asked(self) -> Asked:
        given = self.cleaned_data if self.is_valid() else {}
        term = self.terms.get(given.get("term") or 0)
        return Asked(
            show=Show(given.get("show") or ""),
            due=(term.starts_on, term.ends_on) if term else None,
            page=self.data.get("page", "1"),
            pupils=self.data.get("pupils", "1"),
            sort=self.data.get("matrix-sort", ""),
            is_whole="as" in self.data,
        )

    @property
    def problems(self) -> list[dict[str, Any]]:
        """For the summary at the top of the page, each with a link to its field."""
        return [
            {"message": f"{self[name].label}: {error}", "url": f"#{self[name].id_for_label}"}
            for name, errors in self.errors.items()
            for error in errors
        ]
