from django import forms
from django.http import QueryDict

from lessons.library.content import Content, LessonContent, SectionContent
from lessons.library.enums import GuideSectionKind, LessonSectionKind, Reader

from ..checks.problem import Part
from ..parts import LONGEST_BODY
from .body import TOO_LONG, BodyField
from .editor import Editor

MINUTES = "minutes"
READERS = {Reader.PUPIL: "Pupils read it.", Reader.TEACHER: "Only teachers read it.", Reader.EVERYONE: ""}


def body_field(label: str, help_text: str = "") -> BodyField:
    return BodyField(
        label=label,
        required=False,
        help_text=help_text,
        max_length=LONGEST_BODY,
        error_messages={"max_length": TOO_LONG},
    )


def minutes_field(label: str) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=120)


class TextEditor(Editor):
    part = Part.TEXT
    template = "editorial/part_text.html"

    def __init__(self, content: Content, data: QueryDict | None = None) -> None:
        super().__init__(content, data)
        kinds: list[LessonSectionKind] | list[GuideSectionKind]
        kinds = list(LessonSectionKind) if isinstance(content, LessonContent) else list(content.kind.sections)
        fields: dict[str, forms.Field] = {}
        initial: dict[str, object] = {}
        for kind in kinds:
            section = content.sections.get(kind.value)
            needed = "" if kind.rule.needed else "May be left empty: the product adds what everyone shares."
            reader = READERS[kind.rule.reader] if isinstance(kind, LessonSectionKind) else ""
            fields[kind.value] = body_field(str(kind.label), f"{reader} {needed}".strip())
            initial[kind.value] = section.body if section else ""
            if kind.rule.timed:
                name = f"{kind.value}_{MINUTES}"
                fields[name] = minutes_field(f"Minutes for {kind.label.lower()}")
                initial[name] = section.minutes if section else 0
        self.form = type("TextForm", (forms.Form,), fields)(data, initial=initial)
        self.forms = [self.form]
        self.kinds = [kind.value for kind in kinds]

    def changes(self) -> dict[str, object]:
        typed = self.form.cleaned_data
        sections = (SectionContent(kind, typed[kind], typed.get(f"{kind}_{MINUTES}") or 0) for kind in self.kinds)
        return {"sections": {section.kind: section for section in sections if section.body or section.minutes}}
