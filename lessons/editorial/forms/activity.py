import dataclasses

from django import forms
from django.http import QueryDict

from lessons.library.content import ItemContent, LessonContent
from lessons.library.enums import ActivityKind
from lessons.library.models import Illustration, Image
from safeguarding.core.forms import offer

from ..checks.problem import Part
from .activity_rows import ROWS
from .editor import Editor
from .rows import row_set
from .text import body_field, minutes_field

MOST_ITEMS = 20
NO_PICTURE = ("", "No picture")


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
        self.shape = ROWS[ActivityKind(activity.kind)]
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
            self.shape.form,
            "items",
            MOST_ITEMS,
            data,
            [dataclasses.asdict(item) for item in activity.items],
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
                ItemContent(**{name: row[name] for name in self.shape.form.base_fields}) for row in self.items.rows
            ),
        )
        activities = list(self.lesson.activities)
        activities[self.number - 1] = changed
        return {"activities": tuple(activities)}
