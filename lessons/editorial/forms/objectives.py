from django import forms
from django.http import QueryDict

from lessons.library.content import LessonContent, ObjectiveContent, TermContent

from ..checks.problem import Part
from .editor import Editor
from .rows import RowForm, row_set

MOST_OBJECTIVES = 6
MOST_TERMS = 20


class ObjectiveRow(RowForm):
    texts = ("learn", "can")
    learn = forms.CharField(label="Pupils learn to", max_length=200)
    can = forms.CharField(
        label="I can …", max_length=200, help_text="The same in the pupil's words, beginning “I can”."
    )


class TermRow(RowForm):
    texts = ("term", "meaning")
    term = forms.CharField(label="Key word", max_length=60)
    meaning = forms.CharField(label="What it means", max_length=200, help_text="As a pupil of this age would say it.")


class ObjectivesEditor(Editor):
    part = Part.OBJECTIVES
    template = "editorial/part_objectives.html"

    def __init__(self, content: LessonContent, data: QueryDict | None = None) -> None:
        super().__init__(content, data)
        self.objectives = row_set(
            ObjectiveRow,
            "objectives",
            MOST_OBJECTIVES,
            data,
            [{"learn": objective.learn, "can": objective.can} for objective in content.objectives],
        )
        self.vocabulary = row_set(
            TermRow,
            "vocabulary",
            MOST_TERMS,
            data,
            [{"term": term.term, "meaning": term.meaning} for term in content.vocabulary],
        )
        self.sets = [self.objectives, self.vocabulary]

    def changes(self) -> dict[str, object]:
        return {
            "objectives": tuple(ObjectiveContent(row["learn"], row["can"]) for row in self.objectives.rows),
            "vocabulary": tuple(TermContent(row["term"], row["meaning"]) for row in self.vocabulary.rows),
        }
