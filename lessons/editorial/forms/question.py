import dataclasses
from typing import Any

from django import forms
from django.http import QueryDict

from lessons.library.content import LessonContent, OptionContent
from lessons.library.enums import QuestionKind
from lessons.library.starter_files import complete_options

from ..checks.problem import Part
from .activity_rows import feedback_field
from .editor import Editor
from .rows import RowForm, RowSet, row_set

MOST_OPTIONS = 8


class OptionRow(RowForm):
    texts = ("text", "feedback")
    text = forms.CharField(label="Option", max_length=200)
    feedback = feedback_field()


class MarkedOptionRow(OptionRow):
    is_correct = forms.BooleanField(label="This one is right", required=False)
    field_order = ("text", "is_correct", "feedback")


class QuestionForm(forms.Form):
    text = forms.CharField(
        label="Question",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Asked before and after the lesson, word for word the same.",
    )
    misconception = forms.CharField(
        label="Likely misconception",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For the teacher: what a wrong answer usually shows, and what to do next.",
    )


class QuestionEditor(Editor):
    """The options of a kind with fixed steps are shown and not asked."""

    part = Part.QUESTIONS
    template = "editorial/part_question.html"

    def __init__(self, content: LessonContent, data: QueryDict | None = None, *, number: int) -> None:
        super().__init__(content, data)
        self.place = number
        self.lesson, self.number = content, number
        question = self.question = content.questions[number - 1]
        self.kind = QuestionKind(question.kind)
        self.form = QuestionForm(data, initial={"text": question.text, "misconception": question.misconception})
        if self.kind == QuestionKind.WORRY:
            self.form.fields["text"].help_text = "Asked after the lesson only."
        self.forms = [self.form]
        self.options: RowSet | None = None
        if not self.kind.fixed_options:
            self.options = row_set(
                MarkedOptionRow if self.kind == QuestionKind.KNOWLEDGE else OptionRow,
                "options",
                MOST_OPTIONS,
                data,
                [_row(option) for option in question.options],
            )
            self.sets = [self.options]

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        right = [row for row in self.options.rows if row.get("is_correct")] if self.options else []
        if len(right) > 1:
            self.form.add_error(None, "Only one option can be right. Take the mark away from the others.")
        return self.form.is_valid()

    def changes(self) -> dict[str, object]:
        typed = self.form.cleaned_data
        rows = self.options.rows if self.options else []
        options = tuple(OptionContent(row["text"], row.get("is_correct", False), row["feedback"]) for row in rows)
        changed = dataclasses.replace(
            self.question,
            text=typed["text"],
            misconception=typed["misconception"],
            options=complete_options(self.kind, options),
        )
        questions = list(self.lesson.questions)
        questions[self.number - 1] = changed
        return {"questions": tuple(questions)}


def _row(option: OptionContent) -> dict[str, Any]:
    return {"text": option.text, "is_correct": option.is_correct, "feedback": option.feedback}
