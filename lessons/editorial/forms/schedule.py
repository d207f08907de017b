"""When something goes live or is retired. Times are typed in the site's time zone."""

import datetime
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

UNREADABLE = "Write a date and a time, such as 2027-03-01 09:00."
YEARS = range(2000, 2101)


class MomentField(forms.DateTimeField):
    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"], **kwargs)
        self.error_messages["invalid"] = UNREADABLE

    def clean(self, value: Any) -> datetime.datetime | None:
        """Raises ValidationError also for an hour that the clocks leave out or pass twice."""
        try:
            return super().clean(value)
        except ValidationError as error:
            if getattr(error, "code", "") != "ambiguous_timezone":
                raise
            zone = timezone.get_current_timezone_name()
            raise ValidationError(
                f"The clocks change in {zone} then, so this time does not exist or comes twice. "
                "Choose one that is at least two hours earlier or later.",
            ) from error


class PublishAtForm(forms.Form):
    live_from = MomentField(label="Goes live", error_messages={"required": "Say when it goes live."})
    live_until = MomentField(
        label="Is retired",
        required=False,
        help_text="Only where it is to leave every page by itself. What was live before does not come back then.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["live_from"].help_text = zone_sentence()


class RetireAtForm(forms.Form):
    at = MomentField(label="Is retired", error_messages={"required": "Say when it is retired."})
    reason = forms.CharField(
        label="Why?",
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why, so that others can follow it later."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["at"].help_text = zone_sentence()


def zone_sentence() -> str:
    return f"Time in {timezone.get_current_timezone_name()}."


class MonthForm(forms.Form):
    month = forms.CharField(required=False)

    def clean_month(self) -> datetime.date:
        """The first day; this month where none is named."""
        typed = self.cleaned_data["month"]
        if not typed:
            return timezone.localdate().replace(day=1)
        found = re.fullmatch(r"([0-9]{4})-([0-9]{2})", typed)
        if found and int(found[1]) in YEARS and 1 <= int(found[2]) <= 12:
            return datetime.date(int(found[1]), int(found[2]), 1)
        raise ValidationError("There is no such month here. This one is shown instead.")
