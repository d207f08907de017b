import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone

from lessons.library.content import Content, GuideContent, LessonContent
from lessons.library.enums import GuideKind
from lessons.library.models import AgeBand, Topic
from safeguarding.core.forms import offer

from ..checks.problem import Part
from .editor import Editor

LONGEST_UNTIL_REVIEW = datetime.timedelta(days=2 * 366)
FIXED = "Fixed since a version was published: classes and addresses rely on it."
EVERY_TOPIC = ("", "Every topic")


def topic_choices() -> list[tuple[str, str]]:
    """One query."""
    topics = Topic.objects.values_list("slug", "name", "least_age")
    return [(slug, f"{name} (from {least_age})") for slug, name, least_age in topics]


def band_choices() -> list[tuple[str, str]]:
    """One query."""
    return [(slug, f"Ages {name}") for slug, name in AgeBand.objects.values_list("slug", "name")]


def age_field(label: str, initial: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=3,
        max_value=25,
        initial=initial,
        help_text="The child's age in years.",
        error_messages={"required": "Give an age in years, such as 11."},
    )


def title_field() -> forms.CharField:
    return forms.CharField(
        label="Title",
        max_length=120,
        help_text="What pupils or parents will call it. At most 120 characters.",
        error_messages={"required": "Give it a title. It can be changed until it is submitted."},
    )


def require_ages_in_order(form: forms.Form, cleaned: dict[str, Any]) -> None:
    first, last = cleaned.get("age_from"), cleaned.get("age_to")
    if first is not None and last is not None and first > last:
        form.add_error("age_to", "The oldest cannot be younger than the youngest. Put the two ages in order.")


class BasicsForm(forms.Form):
    title = title_field()
    summary = forms.CharField(
        label="Summary",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One sentence that says what it is about. At most 300 characters.",
    )
    review_by = forms.DateField(
        label="Review by",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="When somebody should read it again: within two years.",
        error_messages={"invalid": "Write the date as 2027-11-22."},
    )

    def clean_review_by(self) -> datetime.date | None:
        chosen: datetime.date | None = self.cleaned_data["review_by"]
        today = timezone.localdate()
        if chosen and not today < chosen <= today + LONGEST_UNTIL_REVIEW:
            raise forms.ValidationError("Choose a day after today and within two years.")
        return chosen


class LessonBasicsForm(BasicsForm):
    topic = forms.ChoiceField(label="Topic", help_text="The number is the least age of its pupils.")
    band = forms.ChoiceField(label="Age band")
    check_minutes = forms.IntegerField(
        label="Minutes for each check",
        min_value=1,
        max_value=30,
        help_text="The before-check and the after-check take this long each.",
    )
    field_order = ("title", "summary", "topic", "band", "check_minutes", "review_by")

    def __init__(self, *args: Any, is_placed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "topic", topic_choices())
        offer(self, "band", band_choices())
        _fix(self, ("topic", "band") if is_placed else ())


class GuideBasicsForm(BasicsForm):
    kind = forms.ChoiceField(label="Kind", choices=GuideKind.choices)
    topic = forms.ChoiceField(label="Topic", required=False)
    age_from = age_field("Youngest child", 5)
    age_to = age_field("Oldest child", 18)
    field_order = ("title", "summary", "kind", "topic", "age_from", "age_to", "review_by")

    def __init__(self, *args: Any, is_placed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "topic", [EVERY_TOPIC, *topic_choices()])
        _fix(self, ("kind", "topic", "age_from", "age_to") if is_placed else ())

    def clean_kind(self) -> GuideKind:
        return GuideKind(self.cleaned_data["kind"])

    def clean_topic(self) -> str | None:
        return self.cleaned_data["topic"] or None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        require_ages_in_order(self, cleaned)
        return cleaned


def _fix(form: forms.Form, names: tuple[str, ...]) -> None:
    for name in names:
        form.fields[name].disabled = True
        form.fields[name].help_text = FIXED


class BasicsEditor(Editor):
    """`is_placed` where something has been published: then topic, band and ages stay."""

    part = Part.BASICS
    template = "editorial/part_basics.html"

    def __init__(self, content: Content, data: QueryDict | None = None, *, is_placed: bool = False) -> None:
        super().__init__(content, data)
        form: type[LessonBasicsForm | GuideBasicsForm]
        names: tuple[str, ...]
        if isinstance(content, LessonContent):
            form, names = LessonBasicsForm, LessonBasicsForm.field_order
        else:
            form, names = GuideBasicsForm, GuideBasicsForm.field_order
        initial = {name: getattr(content, name) for name in names}
        if isinstance(content, GuideContent):
            initial["topic"] = content.topic or ""
        self.form = form(data, initial=initial, is_placed=is_placed)
        if isinstance(content, GuideContent) and content.sections:
            # The other family has other sections: what is written would be lost.
            kinds = [kind for kind in GuideKind if kind.sections == content.kind.sections]
            offer(self.form, "kind", [(kind.value, kind.label) for kind in kinds])
        self.forms = [self.form]

    def changes(self) -> dict[str, object]:
        return {name: value for name, value in self.form.cleaned_data.items() if not self.form.fields[name].disabled}
