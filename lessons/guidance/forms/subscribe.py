from typing import Any

from django import forms
from django.contrib.auth.base_user import BaseUserManager
from django.utils.translation import gettext_lazy as _

from lessons.library.models import Guide, Topic
from safeguarding.core.forms import offer

from ..queries.cards import named

ADDRESS = _("Write one e-mail address, such as name@example.org.")
TOPICS = _("Choose from the topics on this page.")


class SubscribeForm(forms.Form):
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
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
        """Upper and lower case are alike in the name of a host, and not always before it."""
        return str(BaseUserManager.normalize_email(self.cleaned_data["email"]))
