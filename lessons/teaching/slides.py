"""The slides that a lesson makes: plain data, drawn on a screen and written into a file of slides alike."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby

from django.template.loader import render_to_string

from lessons.library.content import ItemContent
from lessons.library.enums import ActivityKind, LessonSectionKind, QuestionKind
from lessons.library.items import answer_in_words
from lessons.library.models.illustrations import Picture
from lessons.library.queries import ServiceHelp
from lessons.library.queries.plan import PlanActivity, PlanQuestion
from safeguarding.core.rich_lines import Line, LineKind, lines_of, plain_lines

from .queries.taught import TaughtLesson
from .script_parts import AFTERWARDS, PREPARE, script_parts

# What a slide holds at the smallest size at which the last row still reads it.
LETTERS_IN_A_LINE = 62
MOST_LINES = 9
MOST_LINES_TO_REVEAL = 7  # what is revealed needs room too
MOST_SERVICES = 4
MOST_LETTERS_SET_LARGE = 80


class SlideKind(StrEnum):
    TITLE = "title"
    TEXT = "text"
    OPENING = "opening"  # of an activity
    PROMPT = "prompt"  # one thing to talk about
    ITEMS = "items"  # each with what there is to reveal
    QUESTION = "question"
    DEVICES = "devices"  # where to join, for a check
    HELP = "help"


@dataclass(frozen=True)
class SlideItem:
    """A card, a choice, a line. `answer` and `feedback` are revealed; `is_good` says which of our two signs it gets."""

    text: str
    answer: str = ""
    feedback: str = ""
    is_good: bool = False


@dataclass(frozen=True)
class Slide:
    """`part` is the anchor of its part in the time line, whose `minutes` the timer counts down; 0 where it has none.

    `notes` is rich text: the script of that part.
    """

    kind: SlideKind
    part: str
    title: str
    eyebrow: str = ""
    lines: tuple[Line, ...] = ()
    items: tuple[SlideItem, ...] = ()
    picture: Picture | None = None
    services: tuple[ServiceHelp, ...] = ()
    is_ours: bool = False  # in the words of the product, and not in those of the lesson
    number: int = 0
    minutes: int = 0
    notes: str = ""

    @property
    def has_long_title(self) -> bool:
        """Of a question that tells a story first: it is set smaller, so that its answers stay on the board."""
        return len(self.title) > MOST_LETTERS_SET_LARGE

    @property
    def blocks(self) -> list[tuple[str, list[Line]]]:
        """Lines of a kind together, so that a list is one list."""
        return [(kind, list(lines)) for kind, lines in groupby(self.lines, key=lambda line: line.kind)]


def slides_of(lesson: TaughtLesson) -> tuple[Slide, ...]:
    """Numbered from 1. No query, and no name of a pupil."""
    minutes = {moment.anchor: moment.minutes for moment in lesson.plan.time_line}
    script = _script(lesson)
    made = list(_later_check(lesson) if lesson.is_later_check else _whole_lesson(lesson))
    return tuple(
        replace(slide, number=number, minutes=minutes.get(slide.part, 0), notes=script.get(slide.part, ""))
        for number, slide in enumerate(made, start=1)
    )


def _script(lesson: TaughtLesson) -> dict[str, str]:
    section = lesson.plan.sections.get(LessonSectionKind.SCRIPT)
    parts = script_parts(section.body, [a.title for a in lesson.plan.activities]) if section else {}
    if AFTERWARDS in parts:
        parts["after"] = parts.get("after", "") + parts[AFTERWARDS]
    return parts


def _whole_lesson(lesson: TaughtLesson) -> Iterator[Slide]:
    plan = lesson.plan
    yield Slide(SlideKind.TITLE, PREPARE, lesson.title, lines=plain_lines(*lesson.outcomes, kind=LineKind.BULLET))
    yield from _check(lesson, "before", "Check before", plan.asked_before)
    yield from _ground_rules(lesson)
    yield _help(lesson, "starter", "If something worries you", 2)
    yield from _section(lesson, LessonSectionKind.STARTER, "To start")
    for activity in plan.activities:
        yield from _activity(activity)
    yield from _section(lesson, LessonSectionKind.PLENARY, "What we take with us")
    yield from _check(lesson, "after", "Check after", plan.questions)
    yield from _answers(plan.questions)
    yield _help(lesson, "after", "Who can help", MOST_SERVICES)


def _later_check(lesson: TaughtLesson) -> Iterator[Slide]:
    yield Slide(SlideKind.TITLE, PREPARE, lesson.title)
    yield from _check(lesson, "later", "Check, some weeks later", lesson.plan.asked_before)
    yield from _answers(lesson.plan.asked_before)
    yield _help(lesson, "later", "Who can help", MOST_SERVICES)


def _ground_rules(lesson: TaughtLesson) -> Iterator[Slide]:
    """Those that every lesson has, as its plan prints them; then what this lesson adds."""
    rules = lines_of(render_to_string("library/_ground_rules.html"))
    yield from _pages(Slide(SlideKind.TEXT, "starter", "Our ground rules", is_ours=True), rules)
    yield from _section(lesson, LessonSectionKind.GROUND_RULES, "Our ground rules in this lesson", part="starter")


def _section(lesson: TaughtLesson, kind: LessonSectionKind, title: str, part: str = "") -> Iterator[Slide]:
    section = lesson.plan.sections.get(kind)
    if section:
        yield from _pages(Slide(SlideKind.TEXT, part or kind, title), lines_of(section.body))


def _help(lesson: TaughtLesson, part: str, title: str, most: int) -> Slide:
    says = ["You can tell any adult that you trust, today, in your own way. You are not in trouble."]
    if lesson.schools:
        lead = lesson.schools[0]
        says.append(f"At school: {lead.lead_name}{f', {lead.lead_contact}' if lead.lead_contact else ''}.")
    reachable = tuple(service for service in lesson.help.services if service.is_reachable)
    return Slide(SlideKind.HELP, part, title, lines=plain_lines(*says), services=reachable[:most], is_ours=True)


def _check(lesson: TaughtLesson, part: str, title: str, questions: Sequence[PlanQuestion]) -> Iterator[Slide]:
    """On devices, where to join; without them, each question on the board, to be answered on a slip without a name."""
    if lesson.is_on_devices:
        says = plain_lines("This is not a test. Answer by yourself. Nobody sees who answered what.")
        yield Slide(SlideKind.DEVICES, part, title, lines=says, is_ours=True)
        return
    for number, question in enumerate(questions, start=1):
        yield Slide(
            SlideKind.QUESTION,
            part,
            question.text,
            eyebrow=f"{title}: {number} of {len(questions)}. Write the letter on your slip, without your name.",
            items=tuple(SlideItem(option.text) for option in question.options),
        )


def _answers(questions: Iterable[PlanQuestion]) -> Iterator[Slide]:
    """Only what is right or wrong is talked through: what somebody would do, feels or thinks has no right answer."""
    for question in questions:
        if question.kind == QuestionKind.KNOWLEDGE:
            yield Slide(
                SlideKind.ITEMS,
                "after",
                question.text,
                eyebrow="Let us look at it together",
                items=tuple(
                    SlideItem(
                        o.text, "The answer" if o.is_correct else "Something else fits better", o.feedback, o.is_correct
                    )
                    for o in question.options
                ),
            )


def _activity(activity: PlanActivity) -> Iterator[Slide]:
    part = f"activity-{activity.number}"
    eyebrow = f"Activity {activity.number}: {activity.kind.label}, {activity.minutes} minutes"
    intro = lines_of(activity.intro)
    if activity.picture or not intro:
        yield Slide(SlideKind.OPENING, part, activity.title, eyebrow, picture=activity.picture)
    yield from _pages(Slide(SlideKind.TEXT, part, activity.title, eyebrow), intro)
    yield from _done_together(activity, Slide(SlideKind.ITEMS, part, activity.title, eyebrow))


def _done_together(activity: PlanActivity, slide: Slide) -> Iterator[Slide]:
    """What pupils choose, sort, find or talk about, with what there is to reveal."""
    match activity.kind:
        case ActivityKind.DISCUSSION:
            for number, item in enumerate(activity.items, start=1):
                yield replace(
                    slide,
                    kind=SlideKind.PROMPT,
                    eyebrow=f"To talk about: {number} of {len(activity.items)}",
                    lines=plain_lines(item.text),
                    items=(SlideItem("A thought", feedback=item.feedback),) if item.feedback else (),
                )
        case ActivityKind.SCENARIO:
            for scene, items in activity.scenes.items():
                of_scene = replace(slide, title=scene, eyebrow=f"{activity.title}: what comes next") if scene else slide
                yield from _item_pages(of_scene, [_item(activity, item) for item in items])
        case ActivityKind.ORDER:
            mixed = [SlideItem(item.text) for item in activity.mixed]
            yield from _item_pages(replace(slide, eyebrow=f"{slide.eyebrow}. Which comes first?"), mixed)
            right = [
                SlideItem(f"{n}. …", item.text, item.feedback, True) for n, item in enumerate(activity.items, start=1)
            ]
            yield from _item_pages(replace(slide, eyebrow="One order that works"), right)
        case ActivityKind.MATCH:
            partners = [SlideItem(item.answer) for item in activity.mixed]
            yield from _item_pages(replace(slide, eyebrow=f"{slide.eyebrow}. The partners"), partners)
            yield from _item_pages(replace(slide, eyebrow="What goes with it?"), _items(activity))
        case _:
            yield from _item_pages(slide, _items(activity))


def _items(activity: PlanActivity) -> list[SlideItem]:
    return [_item(activity, item) for item in activity.items]


def _item(activity: PlanActivity, item: ItemContent) -> SlideItem:
    said = f"{item.speaker}: {item.text}" if item.speaker else item.text
    after = f" Then: “{item.leads_to}”." if item.leads_to else ""
    return SlideItem(said, answer_in_words(activity.kind, item), item.feedback + after, item.helps)


def _pages(slide: Slide, lines: Sequence[Line]) -> Iterator[Slide]:
    """As many slides as the lines need."""
    for page in _filled([(line, _height(line.text)) for line in lines], MOST_LINES):
        yield replace(slide, lines=tuple(page))


def _item_pages(slide: Slide, items: Sequence[SlideItem]) -> Iterator[Slide]:
    pages = list(_filled([(item, _height(item.text)) for item in items], MOST_LINES_TO_REVEAL))
    for number, page in enumerate(pages, start=1):
        of = f" ({number} of {len(pages)})" if len(pages) > 1 else ""
        yield replace(slide, eyebrow=f"{slide.eyebrow}{of}", items=tuple(page))


def _height(text: str) -> float:
    """In lines, with the gap beneath."""
    return -(-len(text) // LETTERS_IN_A_LINE) + 0.4


def _filled(parts: Sequence[tuple], most: float) -> Iterator[list]:
    page: list = []
    height = 0.0
    for part, needs in parts:
        if page and height + needs > most:
            yield page
            page, height = [], 0.0
        page.append(part)
        height += needs
    if page:
        yield page
