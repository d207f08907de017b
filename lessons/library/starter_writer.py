"""Writes lessons and guides as files. docs/starter-format.md describes the form; starter_files reads it back."""

from collections.abc import Mapping
from typing import Any

import yaml

from safeguarding.core.markdown_writer import tidy, to_markdown

from .content import ActivityContent, Content, GuideContent, ItemContent, LessonContent, QuestionContent, is_english
from .enums import GuideSectionKind, LessonSectionKind
from .starter_files import complete_options


class _Line(list[Any]):
    """A list that is written in one line, as [F01, F02]."""


class _LineMap(dict[str, Any]):
    """The same for names and values, as {starter: 5}."""


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    if not text.replace("\n", "").isprintable():  # YAML takes some rare signs for the end of a line
        style = '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(_Line, lambda dumper, data: dumper.represent_sequence("tag:yaml.org,2002:seq", data, True))
_Dumper.add_representer(_LineMap, lambda dumper, data: dumper.represent_mapping("tag:yaml.org,2002:map", data, True))


def dump_yaml(data: Any) -> str:
    """In the order given, each text in one line unless it has several."""
    return yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=float("inf"))


def write_file(content: Content, pictures: Mapping[int, str] | None = None) -> str:
    """The text of the file. `pictures`: the names of the uploads that go with it, by their numbers.

    What the reader adds or leaves out is left out here: fixed steps, "nobody", white space around a text.
    """
    if isinstance(content, LessonContent):
        front, kinds = _lesson(content, pictures or {}), tuple(LessonSectionKind)
        return _file(front, content, kinds)
    return _file(_guide(content), content, tuple(GuideSectionKind))


def _file(front: dict[str, Any], content: Content, kinds: tuple[LessonSectionKind | GuideSectionKind, ...]) -> str:
    parts = [f"---\n{dump_yaml(front)}---\n"]
    for kind in kinds:
        if kind.value in content.sections:
            body = markdown_of(content.sections[kind.value].body)
            parts.append(f"## {kind.label}\n\n{body}\n" if body else f"## {kind.label}\n")
    return "\n".join(parts)


def markdown_of(html: str) -> str:
    return to_markdown(tidy(html))


def _lesson(content: LessonContent, pictures: Mapping[int, str]) -> dict[str, Any]:
    minutes = {
        kind.value: content.sections[kind.value].minutes
        for kind in LessonSectionKind
        if kind.rule.timed and kind.value in content.sections and content.sections[kind.value].minutes
    }
    return _without_empty(
        {
            "slug": content.slug,
            **_language(content),
            "topic": content.topic,
            "band": content.band,
            "title": content.title.strip(),
            "summary": content.summary.strip(),
            "check_minutes": content.check_minutes,
            "findings": _Line(content.findings),
            "strands": _Line(content.strands),
            "review_by": content.review_by,
            "objectives": [{"learn": o.learn.strip(), "can": o.can.strip()} for o in content.objectives],
            "vocabulary": [{"term": t.term.strip(), "meaning": t.meaning.strip()} for t in content.vocabulary],
            "questions": [_question(question) for question in content.questions],
            "activities": [_activity(activity, pictures) for activity in content.activities],
            "section_minutes": _LineMap(minutes),
        }
    )


def _guide(content: GuideContent) -> dict[str, Any]:
    return _without_empty(
        {
            "slug": content.slug,
            **_language(content),
            "kind": content.kind.value,
            "topic": content.topic,
            "ages": _Line([content.age_from, content.age_to]),
            "title": content.title.strip(),
            "summary": content.summary.strip(),
            "search_words": _Line(content.search_words),
            "findings": _Line(content.findings),
            "review_by": content.review_by,
        }
    )


def _language(content: Content) -> dict[str, Any]:
    made_from = content.translation
    return {
        "language": None if is_english(content) else content.language,
        "translation_of": made_from.of if made_from else None,
        "translates": _LineMap(version=made_from.version, checksum=made_from.checksum)
        if made_from and made_from.version is not None
        else None,
    }


def _question(question: QuestionContent) -> dict[str, Any]:
    options = complete_options(question.kind, question.options)
    if question.kind.fixed_options:
        options = ()
    elif options and complete_options(question.kind, options[:-1]) == options:
        options = options[:-1]
    return _without_empty(
        {
            "kind": question.kind.value,
            "text": question.text.strip(),
            "misconception": question.misconception.strip() or None,
            "options": [
                _without_empty(
                    {
                        "text": option.text.strip(),
                        "correct": option.is_correct or None,
                        "feedback": option.feedback.strip() or None,
                    }
                )
                for option in options
            ],
        }
    )


def _activity(activity: ActivityContent, pictures: Mapping[int, str]) -> dict[str, Any]:
    intro = markdown_of(activity.intro)
    return _without_empty(
        {
            "kind": activity.kind.value,
            "title": activity.title.strip(),
            "minutes": activity.minutes,
            "image": pictures[activity.image] if activity.image is not None else None,
            "illustration": activity.illustration or None,
            "intro": f"{intro}\n" if intro else None,
            "items": [_item(item) for item in activity.items],
        }
    )


def _item(item: ItemContent) -> dict[str, Any]:
    answer, also = item.answer.strip(), item.also.strip()
    return _without_empty(
        {
            "scene": item.scene.strip() or None,
            "speaker": item.speaker.strip() or None,
            "text": item.text.strip(),
            "answer": _Line([answer, also]) if also else answer or None,
            "leads_to": item.leads_to.strip() or None,
            "feedback": item.feedback.strip() or None,
        }
    )


def _without_empty(data: dict[str, Any]) -> dict[str, Any]:
    """Without what is not there; a text that is empty stays, because its key is needed."""
    return {key: value for key, value in data.items() if value is not None and value != [] and value != {}}
