"""How readers come to a guide, and where they are led when it is gone."""

from collections.abc import Mapping

from django import forms
from django.http import QueryDict

from lessons.library.models import Guide
from lessons.library.search_words import LONGEST
from safeguarding.core.forms import offer

NOWHERE = ("", "Nowhere: the page says that it was taken down")


class SuccessorForm(forms.Form):
    """`guides`: by their titles, those that may be chosen."""

    successor = forms.ChoiceField(
        label="What should readers be led to?",
        required=False,
        error_messages={"invalid_choice": "This guide cannot be read now. Choose one from the list, or nowhere."},
    )

    def __init__(self, guides: Mapping[str, Guide], guide: Guide, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"successor": str(guide.successor_id or "")}, auto_id="id_%s")
        self.guides = {str(found.pk): found for found in guides.values()}
        choices = [(str(found.pk), title) for title, found in guides.items()]
        if guide.successor and str(guide.successor_id) not in self.guides:
            self.guides[str(guide.successor_id)] = guide.successor
            choices.append((str(guide.successor_id), f"{guide.successor} (nobody can read it now)"))
        offer(self, "successor", [NOWHERE, *choices])

    @property
    def chosen(self) -> Guide | None:
        """Of a form that is valid."""
        return self.guides.get(self.cleaned_data["successor"])


class SearchWordsForm(forms.Form):
    search_words = forms.CharField(
        label="Everyday words",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What parents type when they look for it, in any language, commas between. Nobody sees them.",
        error_messages={"max_length": f"Leave some out: there is room for {LONGEST:,} characters."},
    )
