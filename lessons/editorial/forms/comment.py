from collections.abc import Sequence
from itertools import groupby

from django import forms
from django.http import QueryDict

from safeguarding.core.forms import offer

from ..comment_places import Spot
from ..enums import PART_LABELS
from ..services.comments import LONGEST


class CommentForm(forms.Form):
    """`back` and `against` say on which page the comment was begun, to return there."""

    spot = forms.ChoiceField(
        label="Place",
        error_messages={
            "required": "Choose the place that you mean.",
            "invalid_choice": "This version has no such place any more. Choose one from the list.",
        },
    )
    text = forms.CharField(
        label="Comment",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=f"For whoever writes it; readers never see it. At most {LONGEST:,} characters.",
        error_messages={"required": "Write what you would say to the author."},
    )
    back = forms.ChoiceField(required=False, choices=[("changes", "Changes")], widget=forms.HiddenInput)
    against = forms.IntegerField(required=False, min_value=1, max_value=1_000_000, widget=forms.HiddenInput)

    def __init__(self, spots: Sequence[Spot], data: QueryDict | None = None, *, spot: str = "") -> None:
        super().__init__(data, initial={"spot": spot})
        groups = [
            (PART_LABELS[part], [(one.value, one.label) for one in ones])
            for part, ones in groupby(spots, key=lambda one: one.part)
        ]
        offer(self, "spot", [("", "Choose a place"), *groups])
