"""The forms of the settings. What they hold is saved by `services.settings`, never by a form."""

import datetime
from typing import Any, ClassVar

from django import forms
from django.db.models import Model
from django.utils import timezone
from django.utils.text import slugify

from lessons.evidence.models import Source
from lessons.library.enums import TermClass
from lessons.library.models import (
    AgeBand,
    BandName,
    Edition,
    Framework,
    GlossaryTerm,
    HelpService,
    Lesson,
    Strand,
    Topic,
    Unit,
)

from ..queries.settings import held_values
from ..setting_kinds import SETTINGS, Setting, SettingKind
from .audit import day_field

ADDRESS = "Small letters, digits and hyphens. Leave it empty and it is made from the name. It stays once it is given."
LABELS = {"slug": "Address", "code": "Code"}
LONGEST_NUMBER = 18  # digits of a row's number that any database can look for
FIXED = "It stays: files, addresses and other rows rely on it."


def _name_the_empty_choice(field: forms.Field) -> None:
    """A row of hyphens is read aloud as hyphens."""
    word = "Choose" if field.required else "None"
    if isinstance(field, forms.ModelChoiceField):
        field.empty_label = word
    elif isinstance(field, forms.ChoiceField):
        offered: Any = field.choices  # of a model's field they are pairs
        field.choices = [(value, label if value else word) for value, label in offered]


class SettingForm(forms.ModelForm[Any]):
    """A row of the settings. `setting` says which fields stay once they are given."""

    def __init__(self, *args: Any, setting: Setting, can_change: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.setting = setting
        for name in ("slug", "code"):
            if name in self.fields:
                self.fields[name].required = False
                self.fields[name].help_text = ADDRESS
                self.fields[name].label = LABELS[name]
        for name, field in self.fields.items():
            is_fixed = self.instance.pk is not None and name in setting.fixed
            if is_fixed:
                field.help_text = FIXED
                field.required = True  # or the page would call it optional
            field.disabled = is_fixed or not can_change
            _name_the_empty_choice(field)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        name = next((name for name in ("slug", "code") if name in self.fields), "")
        if name and not cleaned.get(name) and name not in self.errors:
            made = slugify(str(cleaned.get("name") or cleaned.get("title") or ""))
            cleaned[name] = made[: self.instance._meta.get_field(name).max_length].strip("-")
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        """As the service takes them. Only after `is_valid()`."""
        return {name: self.cleaned_data[name] for name in self.setting.fields if name in self.cleaned_data}

    def show_saved(self, row: Any) -> None:
        """Beside each field that differs from what was typed, put what is saved now."""
        for name, held in held_values(self.setting, row).items():
            field = self.fields.get(name)
            if field is None or field.disabled or _words(self.cleaned_data.get(name)) == _words(held):
                continue
            labels = {str(key): str(label) for key, label in getattr(field, "choices", ())} if held else {}
            # An attribute of our own, which _field.html reads.
            field.saved_now = labels.get(_key(held), _words(held)) or "Nothing: it is empty."  # type: ignore[attr-defined]


def _key(value: Any) -> str:
    return str(value.pk) if isinstance(value, Model) else str(value)


def _words(value: Any) -> str:
    if isinstance(value, datetime.datetime):
        value = timezone.localtime(value).date()
    if isinstance(value, (list, tuple)) or hasattr(value, "all"):
        return ", ".join(str(one) for one in value)
    return "" if value is None else str(value)


def lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def date_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class TopicForm(SettingForm):
    class Meta:
        model = Topic
        fields = SETTINGS[SettingKind.TOPICS].fields
        widgets: ClassVar = {"summary": lines(3), "search_words": lines(3)}
        help_texts: ClassVar = {"position": "The lower comes first."}


class BandForm(SettingForm):
    class Meta:
        model = AgeBand
        fields = SETTINGS[SettingKind.BANDS].fields
        help_texts: ClassVar = {"name": "The ages as people read them, such as 7–9."}


class BandWordsForm(SettingForm):
    class Meta:
        model = BandName
        fields = SETTINGS[SettingKind.BAND_WORDS].fields


class FrameworkForm(SettingForm):
    class Meta:
        model = Framework
        fields = SETTINGS[SettingKind.FRAMEWORKS].fields
        help_texts: ClassVar = {"country": "Empty: it belongs to no one country."}


class EditionForm(SettingForm):
    class Meta:
        model = Edition
        fields = SETTINGS[SettingKind.EDITIONS].fields
        widgets: ClassVar = {"in_force_from": date_input(), "in_force_to": date_input()}
        help_texts: ClassVar = {
            "in_force_from": "Empty where the publisher gives no date. From that day on, lessons that cite an older "
            "edition wait on the desk."
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        begins, ends = cleaned.get("in_force_from"), cleaned.get("in_force_to")
        if begins and ends and begins > ends:
            self.add_error("in_force_to", "It cannot end before it begins. Put the two days in order.")
        return cleaned


class RowsField(forms.ModelMultipleChoiceField):
    """A number that no database holds is not on offer either."""

    def clean(self, value: Any) -> Any:
        for number in value or ():
            if isinstance(number, str) and len(number) > LONGEST_NUMBER:
                raise forms.ValidationError(self.error_messages["invalid_choice"] % {"value": number})
        return super().clean(value)


class StrandForm(SettingForm):
    class Meta:
        model = Strand
        fields = SETTINGS[SettingKind.STRANDS].fields
        widgets: ClassVar = {"bands": forms.CheckboxSelectMultiple}
        field_classes: ClassVar = {"bands": RowsField}
        help_texts: ClassVar = {"position": "The lower comes first."}


class WebsiteField(forms.URLField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(assume_scheme="https", **kwargs)


class ServiceForm(SettingForm):
    class Meta:
        model = HelpService
        fields = SETTINGS[SettingKind.SERVICES].fields
        widgets: ClassVar = {"what_for": lines(3), "topics": forms.CheckboxSelectMultiple}
        labels: ClassVar = {"url": "Website", "text_to": "Number to text"}
        field_classes: ClassVar = {"url": WebsiteField, "topics": RowsField}
        help_texts: ClassVar = {"position": "The lower comes first in its country."}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("age_from"), cleaned.get("age_to")
        if first is not None and last is not None and first > last:
            self.add_error("age_to", "The oldest cannot be younger than the youngest. Put the two ages in order.")
        if not self.errors and not any(cleaned.get(name) for name in ("phone", "text_to", "url")):
            self.add_error("phone", "Give at least one way to reach it: a phone number, a number to text or a website.")
        return cleaned


class TermForm(SettingForm):
    class Meta:
        model = GlossaryTerm
        fields = SETTINGS[SettingKind.GLOSSARY].fields
        widgets: ClassVar = {"forms": lines(4), "reason": lines(3)}
        labels: ClassVar = {"forms": "Phrases", "instead": "Write instead", "reason": "Why"}
        help_texts: ClassVar = {"source": "Where the advice comes from: document, year."}

    def clean_forms(self) -> str:
        typed = (form.strip().lower() for form in self.cleaned_data["forms"].splitlines())
        return "\n".join(form for form in typed if form)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        is_looked_for = cleaned.get("term_class") in (TermClass.AVOID, TermClass.CARE)
        if is_looked_for and not cleaned.get("forms") and "forms" not in self.errors:
            self.add_error("forms", "Write at least one phrase, so that the checks can find it.")
        return cleaned


PLACES = ("First lesson", "Second lesson", "Third lesson", "Fourth lesson")


class UnitForm(SettingForm):
    class Meta:
        model = Unit
        fields = ("title", "slug", "summary", "topic", "band")
        widgets: ClassVar = {"summary": lines(3)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(lesson.pk): lesson for lesson in Lesson.objects.order_by("slug")}
        held = held_values(self.setting, self.instance)["lessons"] if self.instance.pk else []
        choices = [("", "None"), *((key, lesson.slug) for key, lesson in self.known.items())]
        for number, label in enumerate(PLACES):
            self.fields[f"lesson_{number}"] = forms.ChoiceField(
                label=label,
                required=False,
                choices=choices,
                initial=str(held[number].pk) if number < len(held) else "",
                disabled=self.fields["title"].disabled,
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        chosen = [cleaned.get(f"lesson_{number}") for number in range(len(PLACES))]
        lessons = [self.known[key] for key in chosen if key]
        if len(lessons) < 2 or len(set(lessons)) != len(lessons):
            self.add_error("lesson_0", "A unit has two to four lessons, each once. Choose them in their order.")
        for number, lesson in enumerate(lessons):
            if cleaned.get("topic") and (lesson.topic_id, lesson.band_id) != (
                cleaned["topic"].pk,
                cleaned["band"].pk if cleaned.get("band") else None,
            ):
                self.add_error(f"lesson_{number}", f"“{lesson.slug}” has another topic or age band than its unit.")
        cleaned["lessons"] = lessons
        return cleaned


class SourceForm(SettingForm):
    superseded_at = day_field("Superseded on")

    class Meta:
        model = Source
        fields = SETTINGS[SettingKind.SOURCES].fields
        widgets: ClassVar = {"note": lines(3), "superseded_reason": lines(3)}
        labels: ClassVar = {"superseded_reason": "What replaces it and what changed"}
        help_texts: ClassVar = {"superseded_reason": "For whoever reviews what rests on it."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = self.instance.superseded_at
        self.initial["superseded_at"] = timezone.localtime(held).date() if held else None
        self.fields[
            "superseded_at"
        ].help_text = "What rests on it then waits on the desk until a later version is live; nothing is taken down."

    def clean_superseded_at(self) -> datetime.datetime | None:
        """The moment, so that a version of the same day counts: kept where the day stays, and now where it is today."""
        day: datetime.date | None = self.cleaned_data["superseded_at"]
        if day is None:
            return None
        held = Source.objects.filter(pk=self.instance.pk).values_list("superseded_at", flat=True).first()
        if held and timezone.localtime(held).date() == day:
            return held
        if day == timezone.localdate():
            return timezone.now()
        return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("superseded_at") and not cleaned.get("superseded_reason"):
            self.add_error("superseded_reason", "Say what replaces it and what changed.")
        return cleaned


FORMS: dict[SettingKind, type[SettingForm]] = {
    SettingKind.TOPICS: TopicForm,
    SettingKind.BANDS: BandForm,
    SettingKind.BAND_WORDS: BandWordsForm,
    SettingKind.FRAMEWORKS: FrameworkForm,
    SettingKind.EDITIONS: EditionForm,
    SettingKind.STRANDS: StrandForm,
    SettingKind.SERVICES: ServiceForm,
    SettingKind.GLOSSARY: TermForm,
    SettingKind.UNITS: UnitForm,
    SettingKind.SOURCES: SourceForm,
}
