import re
from collections.abc import Sequence
from enum import StrEnum

from django import forms
from django.http import QueryDict

from safeguarding.accounts.models import User

from ..enums import Kind
from ..services.bulk import MOST, Seen
from .owner import OwnerForm

# A kind, an address, the newest version and the one that is live (0 for none), as the row of the table says them.
_SEEN = re.compile(r"(lessons|guides)/([-a-zA-Z0-9_]{1,80})/([0-9]{1,6})/([0-9]{1,6})")


class BulkAction(StrEnum):
    APPROVE = "approve"
    PUBLISH = "publish"
    RETIRE = "retire"
    OWNER = "owner"
    EXPORT = "export"

    @property
    def label(self) -> str:
        return {
            BulkAction.APPROVE: "Approve",
            BulkAction.PUBLISH: "Publish",
            BulkAction.RETIRE: "Retire",
            BulkAction.OWNER: "Choose who looks after them",
            BulkAction.EXPORT: "Export as a package",
        }[self]


def offered_to(user: User) -> list[tuple[str, str]]:
    reviewing = [BulkAction.APPROVE, BulkAction.PUBLISH, BulkAction.RETIRE] if user.is_reviewer else []
    writing = [BulkAction.EXPORT] if user.is_editor else []
    return [(action.value, action.label) for action in (*reviewing, BulkAction.OWNER, *writing)]


class BulkForm(forms.Form):
    """What was ticked, and what is to be done. `listed` are all rows of the page, for “all on this page”."""

    action = forms.ChoiceField(
        choices=[(action.value, action.label) for action in BulkAction],
        error_messages={
            "required": "Choose what is to be done.",
            "invalid_choice": "Choose what is to be done from the list.",
        },
    )

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        values = data.getlist("listed") if data.get("all") else data.getlist("item")
        self.values = list(dict.fromkeys(values))

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        found = [_SEEN.fullmatch(value) for value in self.values]
        if not self.values:
            raise forms.ValidationError("Nothing is ticked. Tick what you want, or “All on this page”.")
        if len(self.values) > MOST:
            raise forms.ValidationError(f"At most {MOST} at once: these are {len(self.values)}.")
        if not all(found):
            raise forms.ValidationError("What was ticked cannot be read. Open the library again and tick it there.")
        return {**cleaned, "items": [_seen(match) for match in found if match]}

    @property
    def chosen(self) -> BulkAction:
        return BulkAction(self.cleaned_data["action"])

    @property
    def items(self) -> list[Seen]:
        items: list[Seen] = self.cleaned_data["items"]
        return items


def _seen(match: re.Match[str]) -> Seen:
    return Seen(Kind(match[1]), match[2], int(match[3]), int(match[4]))


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Why are they retired?",
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why, so that others can follow it later."},
    )


class NewestForm(forms.Form):
    newest = forms.BooleanField(
        label="Newest versions",
        required=False,
        help_text="Drafts among them. Otherwise it is what is live, and what is not live is left out.",
    )


def details_form(action: BulkAction, people: Sequence[User], data: QueryDict | None) -> forms.Form | None:
    """What the action asks for besides, or None."""
    match action:
        case BulkAction.RETIRE:
            return ReasonForm(data)
        case BulkAction.OWNER:
            return OwnerForm(people, data=data)
        case BulkAction.EXPORT:
            return NewestForm(data)
    return None
