from typing import Any, cast

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from safeguarding.core.forms import problems_of

from .forms import WordsField
from .models import AgeBand, Lesson, Strand, Topic
from .queries.lesson_page import edition_name
from .queries.school_words import SchoolWords
from .querysets import LessonQuerySet

NOT_LISTED = {"invalid_choice": _("Choose one from the list.")}
MINUTES = _("Write a number of minutes from 5 to 300, such as 45.")


class MinutesFilter(django_filters.NumberFilter):
    field_class = forms.IntegerField


class WordsFilter(django_filters.CharFilter):
    field_class = WordsField


def strand_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """By edition; a strand's value is `<edition>/<strand>`, as in the starter files. One query."""
    editions: dict[str, list[tuple[str, str]]] = {}
    for strand in Strand.objects.select_related("edition__framework").order_by(
        "edition__framework__name", "edition__name", "position"
    ):
        name = edition_name(strand.edition.framework.name, strand.edition.name)
        editions.setdefault(name, []).append((f"{strand.edition.slug}/{strand.slug}", strand.name))
    return list(editions.items())


class LessonWordsForm(forms.Form):
    """Leads to the list of lessons."""

    words = WordsField(label=_("Words"), required=False)


class LessonFilter(django_filters.FilterSet):
    band = django_filters.ModelChoiceFilter(
        queryset=AgeBand.objects.all(),
        to_field_name="slug",
        label=_("Age"),
        empty_label=_("Every age"),
        error_messages=NOT_LISTED,
    )
    topic = django_filters.ModelChoiceFilter(
        queryset=Topic.objects.all(),
        to_field_name="slug",
        label=_("Topic"),
        empty_label=_("Every topic"),
        error_messages=NOT_LISTED,
    )
    minutes = MinutesFilter(
        lookup_expr="lte",
        label=_("Minutes, at most"),
        min_value=5,
        max_value=300,
        # A number field would drop what was typed where it is not a number.
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": MINUTES, "min_value": MINUTES, "max_value": MINUTES},
    )
    strand = django_filters.ChoiceFilter(
        method="by_strand",
        choices=strand_choices,
        label=_("Curriculum strand"),
        empty_label=_("Every strand"),
        error_messages=NOT_LISTED,
    )
    words = WordsFilter(method="by_words", label=_("Words"))

    class Meta:
        model = Lesson
        fields: tuple[str, ...] = ()

    def by_strand(self, lessons: LessonQuerySet, name: str, value: str) -> LessonQuerySet:
        edition, _slash, strand = value.partition("/")
        return lessons.citing(edition, strand)

    def by_words(self, lessons: LessonQuerySet, name: str, value: str) -> LessonQuerySet:
        return lessons.matching(value)

    def name_bands(self, words: SchoolWords) -> None:
        """Say beside each age which years it is in the reader's schools."""

        def name(obj: Any) -> str:
            years = words.years(obj.pk)
            return f"{obj} ({years})" if years else str(obj)

        field = cast(forms.ModelChoiceField, self.form.fields["band"])
        field.label_from_instance = name  # type: ignore[method-assign]  # Django's own way, on the one instance

    @property
    def problems(self) -> list[dict[str, Any]]:
        """For the summary at the top of the page, each with a link to its field."""
        return problems_of(self.form)
