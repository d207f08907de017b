from django import forms
from django.http import QueryDict

from lessons.library.content import Content
from safeguarding.core.forms import offer

from ..enums import As

UNKNOWN = "Nobody reads it in this way. Choose one of those on the page."


class ReaderForm(forms.Form):
    """As whom a version is looked at."""

    reader = forms.ChoiceField(error_messages=dict.fromkeys(("required", "invalid_choice"), UNKNOWN))

    def __init__(self, data: QueryDict, *, content: Content) -> None:
        super().__init__(data)
        offer(self, "reader", [(reader.value, reader.label) for reader in As.of(content)])

    @property
    def chosen(self) -> As:
        """Once the form is valid."""
        return As(self.cleaned_data["reader"])
