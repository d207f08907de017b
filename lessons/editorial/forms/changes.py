from collections.abc import Sequence

from django import forms
from django.http import QueryDict

from lessons.library.store import AnyVersion
from safeguarding.core.forms import offer

from ..queries.version import live_of


class AgainstForm(forms.Form):
    """Which other version to compare with: the live one where nothing is asked."""

    against = forms.TypedChoiceField(
        label="Compare it with",
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": "There is no such other version. Choose one of those in the list."},
    )

    def __init__(self, data: QueryDict, *, version: AnyVersion, versions: Sequence[AnyVersion]) -> None:
        others = [other for other in versions if other.pk != version.pk]
        live = live_of(others)
        super().__init__({"against": data.get("against") or (str(live.number) if live else "")})
        choices = [(str(other.number), f"Version {other.number}, {other.state.label}") for other in others]
        offer(self, "against", choices if live else [("", "Choose a version"), *choices])

    @property
    def chosen(self) -> int | None:
        """The number of a version that is there."""
        number: int | None = self.cleaned_data["against"] if self.is_valid() else None
        return number
