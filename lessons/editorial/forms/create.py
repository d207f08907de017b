"""A new lesson or guide: what must be known before there is a page to write on."""

from typing import Any, ClassVar

from django import forms
from django.utils.text import slugify

from lessons.library.enums import GuideKind
from lessons.library.reserved import RESERVED_FOR_GUIDES
from safeguarding.core.forms import offer

from .basics import EVERY_TOPIC, age_field, band_choices, require_ages_in_order, title_field, topic_choices

LONGEST_SLUG = 80


class NewItemForm(forms.Form):
    reserved: ClassVar[frozenset[str]] = frozenset()
    title = title_field()
    slug = forms.SlugField(
        label="Address",
        required=False,
        max_length=LONGEST_SLUG,
        help_text="The last part of its web address; it never changes. Leave it empty to make it from the title.",
        error_messages={"invalid": "Use small letters, digits and hyphens only, such as image-sharing-11-14."},
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "title" in cleaned and "slug" in cleaned:
            slug = (cleaned["slug"] or slugify(cleaned["title"])).lower()[:LONGEST_SLUG].strip("-_")
            if not slug:
                self.add_error("slug", "No address can be made from this title. Write one, such as image-sharing.")
            elif slug in self.reserved:
                self.add_error("slug", "This address belongs to another page. Choose another one.")
            cleaned["slug"] = slug
        return cleaned


class NewLessonForm(NewItemForm):
    topic = forms.ChoiceField(label="Topic", help_text="The number is the least age of its pupils.")
    band = forms.ChoiceField(label="Age band")
    field_order = ("title", "topic", "band", "slug")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "topic", topic_choices())
        offer(self, "band", band_choices())


class NewGuideForm(NewItemForm):
    reserved = RESERVED_FOR_GUIDES
    kind = forms.ChoiceField(label="Kind", choices=GuideKind.choices)
    topic = forms.ChoiceField(label="Topic", required=False)
    age_from = age_field("Youngest child", 5)
    age_to = age_field("Oldest child", 18)
    field_order = ("title", "kind", "topic", "age_from", "age_to", "slug")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "topic", [EVERY_TOPIC, *topic_choices()])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        require_ages_in_order(self, cleaned)
        return cleaned
