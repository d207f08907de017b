"""One row for each kind of activity: what a prompt, a choice, a card, a step, a pair, a line or an option asks for."""

from dataclasses import dataclass

from django import forms

from lessons.library.enums import ActivityKind, Helpfulness, Spotted

from .rows import RowForm


def feedback_field(help_text: str = "Say kindly why, or what helps.") -> forms.CharField:
    return forms.CharField(
        label="Feedback",
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=help_text,
    )


class PromptRow(RowForm):
    texts = ("text",)
    text = forms.CharField(label="Something to talk about", max_length=300)


class ChoiceRow(RowForm):
    texts = ("text", "feedback")
    text = forms.CharField(label="What a child could do", max_length=300)
    answer = forms.ChoiceField(label="Does it help?", choices=[("", "Choose"), *Helpfulness.choices])
    feedback = feedback_field("What happens, and what to think of it. Say kindly why, or what helps.")
    scene = forms.CharField(
        label="Its scene",
        required=False,
        max_length=60,
        help_text="Leave empty where the story begins. Pupils read it as a heading, such as “The next day”.",
    )
    leads_to = forms.CharField(
        label="Leads to the scene",
        required=False,
        max_length=60,
        help_text="The scene whose choices come next, spelt alike. Leave empty where the story ends.",
    )


class CardRow(RowForm):
    texts = ("text", "answer", "feedback")
    text = forms.CharField(label="What the card says", max_length=300)
    answer = forms.CharField(label="Its group", max_length=120, help_text="Two or three groups in all, spelt alike.")
    also = forms.CharField(
        label="Or this group",
        required=False,
        max_length=120,
        help_text="Only where another group is as right; the feedback then speaks of both.",
    )
    feedback = feedback_field()


class StepRow(RowForm):
    texts = ("text", "feedback")
    text = forms.CharField(label="What stands in this place", max_length=300)
    feedback = feedback_field("Say kindly why it comes here.")


class PairRow(RowForm):
    texts = ("text", "answer", "feedback")
    text = forms.CharField(label="What pupils are given", max_length=300)
    answer = forms.CharField(label="What it goes with", max_length=120, help_text="Another one for each row.")
    feedback = feedback_field("Say kindly why they go together.")


class LineRow(RowForm):
    texts = ("text", "feedback")
    speaker = forms.CharField(
        label="Who says it, or what it is",
        required=False,
        max_length=60,
        help_text="A made-up name, or a label such as “About me”. Leave empty where nobody speaks.",
    )
    text = forms.CharField(label="The line", max_length=300)
    answer = forms.ChoiceField(label="Is it a sign?", choices=[("", "Choose"), *Spotted.choices])
    feedback = feedback_field("Say why it is a sign, or why it is fine. The child is never to blame.")


class OptionRow(RowForm):
    texts = ("text", "feedback")
    text = forms.CharField(label="What somebody may think", max_length=300)
    feedback = feedback_field("Say something kind about this choice. None of them is right or wrong.")


@dataclass(frozen=True)
class Rows:
    """How the items of a kind are written: one row's form and name, the heading above them, and how to write them."""

    form: type[RowForm]
    name: str
    heading: str
    hint: str


ROWS: dict[ActivityKind, Rows] = {
    ActivityKind.DISCUSSION: Rows(
        PromptRow, "Prompt", "What pupils talk about", "Each is a question that two pupils can talk about."
    ),
    ActivityKind.SCENARIO: Rows(
        ChoiceRow,
        "Choice",
        "What pupils choose from",
        "Above, say what happens. Each choice is something that a child could do. Where the story goes on, a choice "
        "leads to a scene, and the choices of that scene name it as theirs. Pupils can always try another choice.",
    ),
    ActivityKind.SORT: Rows(
        CardRow, "Card", "What pupils sort", "The groups are those that the cards name, in the order of the cards."
    ),
    ActivityKind.ORDER: Rows(
        StepRow,
        "Step",
        "What pupils put in order",
        "Write the steps in their right order, three to seven of them. Pupils find them mixed.",
    ),
    ActivityKind.MATCH: Rows(
        PairRow, "Pair", "What pupils match", "Three to six pairs. Pupils find the right-hand sides mixed."
    ),
    ActivityKind.SPOT: Rows(
        LineRow,
        "Line",
        "What pupils look at, line by line",
        "A made-up chat or profile. Show warning signs as a child meets them, never how somebody goes about it. Some "
        "lines are fine. Above, say who is in it; at the end, an adult is told.",
    ),
    ActivityKind.POLL: Rows(
        OptionRow,
        "Option",
        "What pupils choose from",
        "A question to the room, written above. No option is right or wrong, and nobody’s choice is kept.",
    ),
}
