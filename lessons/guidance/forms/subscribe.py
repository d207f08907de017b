from typing import Any

from django import forms
from django.utils.encoding import punycode
from django.utils.translation import gettext_lazy as _

from lessons.library.models import Guide, Topic
from safeguarding.core.forms import offer

from ..queries.cards import named

LONGEST = 254  # Source: RFC 5321, 2008, section 4.5.3.1.3
ADDRESS = _("Write one e-mail address, such as name@example.org.")
TOPICS = _("Choose from the topics on this page.")


class SubscribeForm(forms.Form):
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=LONGEST,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": ADDRESS, "invalid": ADDRESS, "max_length": ADDRESS},
    )
    topics = forms.MultipleChoiceField(
        label=_("Only on these topics"),
        help_text=_("Tick none to hear of every guide."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": TOPICS, "invalid_list": TOPICS},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """One query: the topics on which there is something to read."""
        super().__init__(*args, **kwargs)
        with_guides = Guide.objects.listed().for_parents().values("topic")
        self._topics = {topic.slug: topic for topic in Topic.objects.filter(pk__in=with_guides)}
        offer(self, "topics", [(slug, named(topic.name)) for slug, topic in self._topics.items()])

    def clean_topics(self) -> list[Topic]:
        return [self._topics[slug] for slug in self.cleaned_data["topics"]]

    def clean_email(self) -> str:
        """As mail servers write it: two spellings of one address would be two, each with a mail of its own an hour.

        Upper and lower case are alike in the name of a host, and not always before it. Signs that only look like
        letters, and those that nobody types, reach no letter box of ours.
        """
        user, _at, host = self.cleaned_data["email"].rpartition("@")
        try:
            address = f"{user}@{punycode(host).lower()}"
        except UnicodeError as error:
            raise forms.ValidationError(ADDRESS) from error
        if len(address) > LONGEST or not (address.isascii() and address.isprintable()):
            raise forms.ValidationError(ADDRESS)
        return address
