"""Reads lessons and guides from files. docs/starter-format.md describes the form."""

import datetime
import hashlib
import re
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import TypeVar

from safeguarding.core.languages import LANGUAGES, SOURCE
from safeguarding.core.richtext import from_markdown

from .content import (
    ActivityContent,
    Content,
    GuideContent,
    ItemContent,
    LessonContent,
    ObjectiveContent,
    OptionContent,
    QuestionContent,
    SectionContent,
    TermContent,
    Translation,
)
from .enums import NOBODY, ActivityKind, GuideKind, GuideSectionKind, LessonSectionKind, QuestionKind
from .reserved import RESERVED_FOR_GUIDES
from .search_words import LONGEST, joined, separated
from .yaml_lines import Mapping, StarterError, load_yaml

STARTER = Path(__file__).parent / "starter"

_FRONT_MATTER = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)
_HEADING = re.compile(r"^## +(.+?) *$", re.MULTILINE)
E = TypeVar("E", bound=Enum)


def starter_items(folder: Path = STARTER) -> Iterator[tuple[Path, Content, str]]:
    """Path, content and SHA-256 of each lesson, then of each guide, by file name. Raises StarterError."""
    for path in sorted((folder / "lessons").glob("*.md")):
        yield path, read_lesson(path), checksum_of(path)
    for path in sorted((folder / "guides").glob("*.md")):
        yield path, read_guide(path), checksum_of(path)


def checksum_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_lesson(path: Path) -> LessonContent:
    """Raises StarterError with the path, the line and the reason."""
    return parse_lesson(_text_of(path), path)


def parse_lesson(text: str, path: Path, pictures: dict[str, int] | None = None) -> LessonContent:
    """The same of a text that is at hand. `pictures`: the numbers of the uploads that come with it, by their names."""
    data, bodies = _parse(text, path, {kind.label: kind.value for kind in LessonSectionKind})
    timed = data.pop("section_minutes", {})
    if not isinstance(timed, dict) or not all(isinstance(minutes, int) for minutes in timed.values()):
        data.fail("“section_minutes” must name sections and whole numbers, such as {starter: 5, plenary: 5}.")
    for kind in timed:
        if kind not in LessonSectionKind.values or not LessonSectionKind(kind).rule.timed:
            data.fail(f"“{kind}” in section_minutes is no section that takes time in class.")
    content = LessonContent(
        slug=_slug(data, path),
        topic=data.text("topic"),
        band=data.text("band"),
        title=data.text("title"),
        summary=data.text("summary"),
        check_minutes=data.number("check_minutes", default=4),
        review_by=_date(data, "review_by"),
        findings=data.texts("findings"),
        strands=data.texts("strands"),
        objectives=tuple(_objective(entry) for entry in data.items_of("objectives")),
        vocabulary=tuple(_term(entry) for entry in data.items_of("vocabulary")),
        questions=tuple(_question(entry) for entry in data.items_of("questions")),
        activities=tuple(_activity(entry, pictures or {}) for entry in data.items_of("activities")),
        sections={kind: SectionContent(kind, body, timed.get(kind, 0)) for kind, body in bodies.items()},
        language=_language(data),
        translation=_translation(data),
    )
    data.done()
    return content


def read_guide(path: Path) -> GuideContent:
    """Raises StarterError with the path, the line and the reason."""
    return parse_guide(_text_of(path), path)


def parse_guide(text: str, path: Path) -> GuideContent:
    data, bodies = _parse(text, path, {kind.label: kind.value for kind in GuideSectionKind})
    ages = data.pop("ages", None)
    if not isinstance(ages, list) or len(ages) != 2 or not all(isinstance(age, int) for age in ages):
        data.fail("“ages” must be two whole numbers, such as [11, 18].")
    if ages[0] > ages[1]:
        data.fail("“ages” must begin with the youngest.")
    content = GuideContent(
        slug=_slug(data, path),
        kind=_choice(data, "kind", GuideKind),
        topic=data.text("topic", default="") or None,
        age_from=ages[0],
        age_to=ages[1],
        title=data.text("title"),
        summary=data.text("summary"),
        review_by=_date(data, "review_by"),
        findings=data.texts("findings"),
        sections={kind: SectionContent(kind, body) for kind, body in bodies.items()},
        language=_language(data),
        translation=_translation(data),
        search_words=_search_words(data),
    )
    data.done()
    if content.slug in RESERVED_FOR_GUIDES:
        raise StarterError(path, 1, f"the address “{content.slug}” belongs to another page. Name the guide otherwise.")
    for heading in content.sections:
        if heading not in content.kind.sections:
            raise StarterError(path, 1, f"“{GuideSectionKind(heading).label}” is no section of this kind of guide.")
    return content


def _text_of(path: Path) -> str:
    return decoded(path.read_bytes(), path)


def decoded(data: bytes, path: Path) -> str:
    """With the line ends of any system as one. Raises StarterError where it is not UTF-8."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise StarterError(path, 1, "the file is not UTF-8 text. Save it again as UTF-8.") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _parse(text: str, path: Path, headings: dict[str, str]) -> tuple[Mapping, dict[str, str]]:
    """The front matter, and the HTML of each section by its kind."""
    match = _FRONT_MATTER.match(text)
    if not match:
        raise StarterError(path, 1, "the file must begin with front matter between two lines of ---.")
    data = load_yaml(match[1], path, first_line=2)
    if not isinstance(data, Mapping):
        raise StarterError(path, 2, "the front matter must be names and values.")
    parts = _HEADING.split(text[match.end() :])
    bodies: dict[str, str] = {}
    line = text[: match.end()].count("\n") + parts[0].count("\n") + 1
    if parts[0].strip():
        raise StarterError(path, line, "text stands before the first ## heading.")
    for heading, body in zip(parts[1::2], parts[2::2], strict=True):
        kind = headings.get(heading)
        if kind is None:
            raise StarterError(path, line, f"“{heading}” is not a section; use one of: {', '.join(headings)}.")
        if kind in bodies:
            raise StarterError(path, line, f"the section “{heading}” stands here twice.")
        bodies[kind] = from_markdown(body)
        line += body.count("\n")
    return data, bodies


def _slug(data: Mapping, path: Path) -> str:
    slug = data.text("slug")
    if slug != path.stem:
        data.fail(f"the slug “{slug}” and the name of the file differ.")
    return slug


def _language(data: Mapping) -> str:
    language = data.text("language", default=SOURCE)
    if language not in LANGUAGES:
        data.fail(f"“language” is “{language}”; use one of: {', '.join(LANGUAGES)}.")
    return language


def _translation(data: Mapping) -> Translation | None:
    """Of a translation: `translation_of`, and `translates` with the version and the checksum of its text."""
    source, made_from = data.text("translation_of", default=""), data.pop("translates", None)
    if not source:
        if made_from is not None:
            data.fail("“translates” needs “translation_of”, the slug of what it is a translation of.")
        return None
    if made_from is None:
        return Translation(source)
    if not isinstance(made_from, Mapping):
        data.fail("“translates” must name the version and its checksum, as in {version: 3, checksum: 1f4c…}.")
    translation = Translation(source, made_from.number("version"), made_from.text("checksum"))
    made_from.done()
    return translation


def _search_words(data: Mapping) -> tuple[str, ...]:
    words = separated(joined(data.texts("search_words")))
    if len(joined(words)) > LONGEST:
        data.fail(f"“search_words” are more than {LONGEST:,} characters in all.")
    return words


def _date(data: Mapping, key: str) -> datetime.date | None:
    value = data.pop(key, None)
    if value is not None and not isinstance(value, datetime.date):
        data.fail(f"“{key}” must be a date such as 2027-11-22.")
    return value


def _choice(data: Mapping, key: str, choices: type[E]) -> E:
    value = data.text(key)
    try:
        return choices(value)
    except ValueError:
        data.fail(f"“{key}” is “{value}”; use one of: {', '.join(choice.value for choice in choices)}.")


def _objective(entry: Mapping) -> ObjectiveContent:
    objective = ObjectiveContent(learn=entry.text("learn"), can=entry.text("can"))
    entry.done()
    return objective


def _term(entry: Mapping) -> TermContent:
    term = TermContent(term=entry.text("term"), meaning=entry.text("meaning"))
    entry.done()
    return term


def _question(entry: Mapping) -> QuestionContent:
    kind = _choice(entry, "kind", QuestionKind)
    options = tuple(
        OptionContent(
            text=o.text("text"), is_correct=bool(o.pop("correct", False)), feedback=o.text("feedback", default="")
        )
        for o in entry.items_of("options")
    )
    question = QuestionContent(
        kind=kind,
        text=entry.text("text"),
        misconception=entry.text("misconception", default=""),
        options=complete_options(kind, options),
    )
    entry.done()
    return question


def complete_options(kind: QuestionKind, options: tuple[OptionContent, ...]) -> tuple[OptionContent, ...]:
    """A confidence or worry question has fixed steps; one about seeking help always lets a child say nobody."""
    if kind.fixed_options:
        return tuple(OptionContent(text=text) for text in kind.fixed_options)
    if kind == QuestionKind.HELP_SEEKING and not any(option.text.lower().startswith("nobody") for option in options):
        kindly = "Thank you for being honest. The people and services on the help page will listen to you."
        return (*options, OptionContent(text=NOBODY, feedback=kindly))
    return options


def _item(entry: Mapping) -> ItemContent:
    answers = entry.texts("answer") if isinstance(entry.get("answer"), list) else (entry.text("answer", default=""),)
    if len(answers) not in (1, 2):
        entry.fail("“answer” is one text, or two in a list where a card may go to either group.")
    item = ItemContent(
        text=entry.text("text"),
        answer=answers[0].strip(),
        feedback=entry.text("feedback", default=""),
        also=answers[1].strip() if len(answers) == 2 else "",
        speaker=entry.text("speaker", default=""),
        scene=entry.text("scene", default=""),
        leads_to=entry.text("leads_to", default=""),
    )
    entry.done()
    return item


def _activity(entry: Mapping, pictures: dict[str, int]) -> ActivityContent:
    items = []
    for item in entry.items_of("items"):
        items.append(_item(item))
    image, illustration = entry.text("image", default=""), entry.text("illustration", default="")
    if image and image not in pictures:
        entry.fail(f"there is no picture “{image}” beside it.")
    if image and illustration:
        entry.fail("an activity has one picture: an “image” or an “illustration”, not both.")
    activity = ActivityContent(
        kind=_choice(entry, "kind", ActivityKind),
        title=entry.text("title"),
        minutes=entry.number("minutes"),
        intro=from_markdown(entry.text("intro", default="")),
        items=tuple(items),
        image=pictures.get(image),
        illustration=illustration,
    )
    entry.done()
    return activity
