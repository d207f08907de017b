from django import forms
from django.http import QueryDict

from lessons.library.enums import State
from safeguarding.core.forms import offer
from safeguarding.core.languages import ALL

from ..enums import Kind
from ..queries.library import ARCHIVED, Filter
from ..queries.needs import Need
from .basics import topic_choices

STATUSES = [
    ("", "Any"),
    *((state.value, state.label) for state in State if state != State.RETURNED),
    (ARCHIVED, "Archived"),
    *((need.value, need.label) for need in Need),
]


class LibraryFilterForm(forms.Form):
    words = forms.CharField(
        label="Words", required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    kind = forms.ChoiceField(
        label="Kind", required=False, choices=[("", "All"), (Kind.LESSONS, "Lessons"), (Kind.GUIDES, "Guides")]
    )
    status = forms.ChoiceField(label="Status", required=False, choices=STATUSES)
    topic = forms.ChoiceField(label="Topic", required=False)
    owner = forms.ChoiceField(
        label="Looked after by", required=False, choices=[("", "Anybody"), ("me", "Me"), ("nobody", "Nobody")]
    )
    language = forms.ChoiceField(
        label="Language",
        required=False,
        choices=[("", "All"), *((language.code, language.english) for language in ALL)],
    )

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        offer(self, "topic", [("", "All"), *topic_choices()])

    @property
    def filter(self) -> Filter:
        """What was asked for; a value that is not on offer is left out."""
        self.is_valid()
        return Filter(**{name: self.cleaned_data.get(name, "") for name in self.fields})
