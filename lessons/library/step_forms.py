"""What a pupil chooses in a step."""

from django import forms
from django.http import QueryDict

from safeguarding.core.forms import offer

from .activity_forms import Data, MatchForm, OrderForm, PollForm, ScenarioForm, SortForm, SpotForm, TryForm
from .enums import ActivityKind
from .steps import ActivityPart, QuestionPart

FORMS: dict[ActivityKind, type[TryForm]] = {
    ActivityKind.SCENARIO: ScenarioForm,
    ActivityKind.SORT: SortForm,
    ActivityKind.ORDER: OrderForm,
    ActivityKind.MATCH: MatchForm,
    ActivityKind.SPOT: SpotForm,
    ActivityKind.POLL: PollForm,
}


class AnswerForm(forms.Form):
    choice = forms.TypedChoiceField(
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose one answer, then press Next.",
            "invalid_choice": "Choose one of the answers below, then press Next.",
        },
    )

    def __init__(self, data: QueryDict | None = None, *, question: QuestionPart) -> None:
        super().__init__(data)
        self.fields["choice"].label = question.text
        offer(self, "choice", [(option.pk, option.text) for option in question.options])


def activity_form(activity: ActivityPart | None, data: Data | None = None) -> TryForm | None:
    """None for what is only talked about."""
    form = FORMS.get(activity.kind) if activity else None
    return form(data, activity=activity) if form and activity else None


def tried_form(activity: ActivityPart | None) -> TryForm | None:
    """The same once all is tried, so that all feedback is to be read."""
    form = FORMS.get(activity.kind) if activity else None
    return form(form.all_tried(activity), activity=activity) if form and activity else None
