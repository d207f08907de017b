import dataclasses

from django import forms
from django.http import QueryDict

from lessons.library.content import ItemContent, LessonContent
from lessons.library.enums import ActivityKind, Helpfulness
from lessons.library.models import Illustration, Image
from safeguarding.core.forms import offer

from ..checks.problem import Part
from .editor import Editor
from .rows import RowForm, row_set
from .text import body_field, minutes_field

MOST_ITEMS = 20
NO_PICTURE = ("", "No picture")


def feedback_field() -> forms.CharField:
    return forms.CharField(
        label="Feedback",
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Say kindly why, or what helps.",
    )


class PromptRow(RowForm):
    texts = ("text",)
    text = forms.CharField(label="Something to talk about", max_length=300)


class ChoiceRow(RowForm):
    texts = ("text", "feedback")
    text = forms.CharField(label="What a child could do", max_length=300)
    answer = forms.ChoiceField(label="Does it help?", choices=[("", "Choose"), *Helpfulness.choices])
    feedback = feedback_field()


class CardRow(RowForm):
    texts = ("text", "answer", "feedback")
    text = forms.CharField(label="What the card says", max_length=300)
    answer = forms.CharField(label="Its group", max_length=60, help_text="Two or three groups in all, spelt alike.")
    feedback = feedback_field()


ROWS: dict[ActivityKind, tuple[type[RowForm], str]] = {
    ActivityKind.DISCUSSION: (PromptRow, "Prompt"),
    ActivityKind.SCENARIO: (ChoiceRow, "Choice"),
    ActivityKind.SORT: (CardRow, "Card"),
}


class ActivityForm(forms.Form):
    title = forms.CharField(label="Title", max_length=120)
    minutes = minutes_field("Minutes")
    intro = body_field("What pupils read")
    picture = forms.ChoiceField(
        label="Picture",
        required=False,
        help_text="The pictures are shown below.",
        widget=forms.Select(attrs={"data-picks": True}),
    )


class ActivityEditor(Editor):
    part = Part.ACTIVITIES
    template = "editorial/part_activity.html"

    def __init__(
        self,
        content: LessonContent,
        data: QueryDict | None = None,
        *,
        number: int,
        images: list[Image],
        drawings: list[Illustration],
    ) -> None:
        super().__init__(content, data)
        self.place = number
        self.lesson, self.number, self.pictures = content, number, [*drawings, *images]
        activity = self.activity = content.activities[number - 1]
        row, self.row_name = ROWS[ActivityKind(activity.kind)]
        self.form = ActivityForm(
            data,
            initial={
                "title": activity.title,
                "minutes": activity.minutes,
                "intro": activity.intro,
                "picture": str(activity.image or activity.illustration),
            },
        )
        offer(
            self.form,
            "picture",
            [
                NO_PICTURE,
                ("Drawings", [(drawing.slug, drawing.title) for drawing in drawings]),
                ("Our own pictures", [(str(image.pk), image.title) for image in images]),
            ],
        )
        self.items = row_set(
            row,
            "items",
            MOST_ITEMS,
            data,
            [{"text": item.text, "answer": item.answer, "feedback": item.feedback} for item in activity.items],
        )
        self.forms, self.sets = [self.form], [self.items]

    def changes(self) -> dict[str, object]:
        typed = self.form.cleaned_data
        picture = typed["picture"]  # the number of an upload, or the name of a drawing
        changed = dataclasses.replace(
            self.activity,
            title=typed["title"],
            minutes=typed["minutes"] or 0,
            intro=typed["intro"],
            image=int(picture) if picture.isdecimal() else None,
            illustration="" if picture.isdecimal() else picture,
            items=tuple(
                ItemContent(row["text"], row.get("answer", ""), row.get("feedback", "")) for row in self.items.rows
            ),
        )
        activities = list(self.lesson.activities)
        activities[self.number - 1] = changed
        return {"activities": tuple(activities)}
