"""Sample data for the page of components."""

from typing import Any

from django import forms

from .charts import Bar, grouped_bars

SERVICE = {"what_for": "Talk with somebody who listens.", "is_reachable": True, "is_english_only": True}


class SampleForm(forms.Form):
    name = forms.CharField(label="Name of the class", help_text="As the school says it: 8B, Otters.", max_length=60)
    mode = forms.ChoiceField(
        label="How pupils join",
        widget=forms.RadioSelect,
        choices=[("anonymous", "With the class code only"), ("named", "With the code and their name")],
    )
    note = forms.CharField(label="Note", widget=forms.Textarea, required=False)


def sample_context() -> dict[str, Any]:
    return {
        "problems": [
            {"level": "stop", "message": "It names no finding that it rests on.", "mend": "Add one under Evidence."},
            {"level": "care", "message": "The plenary has no minutes.", "mend": "Say how long it takes."},
        ],
        "services": [
            {**SERVICE, "name": "A helpline", "phone": "0000 000000", "tel": "0000000000"},
            {**SERVICE, "name": "A reporting service", "url": "https://service.example/", "hours": "Day and night"},
        ],
        "chart": grouped_bars([Bar("Ask first", 48, 81), Bar("Whom to tell", 60, 92), Bar("A new question", None, 40)]),
    }
