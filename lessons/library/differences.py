"""What differs between two contents, field by field, in words that an editor or a teacher can read."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from safeguarding.core.richtext import marked_text

from .content import ActivityContent, Content, GuideContent, ItemContent, LessonContent, QuestionContent
from .enums import ActivityKind, GuideKind, GuideSectionKind, LessonSectionKind, QuestionKind
from .items import answer_in_words
from .word_runs import Change, Run, runs_between, shortened, words_in

# What a picture is called, by the id of an upload or the slug of a drawing, and a document, by “document” and its id.
PictureNames = Mapping[int | str, str]
NO_NAMES: PictureNames = {}
# Two activities, or two questions, that share this part of their words are one that was changed.
ALIKE = 0.55
ITEMS = {
    ActivityKind.DISCUSSION: "Prompts",
    ActivityKind.SCENARIO: "Choices",
    ActivityKind.SORT: "Cards",
    ActivityKind.ORDER: "Steps, in their order",
    ActivityKind.MATCH: "Pairs",
    ActivityKind.SPOT: "Lines",
    ActivityKind.POLL: "Options",
}
ANSWERS = {ActivityKind.SORT: "Group: ", ActivityKind.MATCH: "Goes with: "}


class State(StrEnum):
    NEW = "New"
    REMOVED = "Removed"
    CHANGED = "Changed"
    LOOKS = "Looks only"

    @property
    def badge(self) -> str:
        return {State.NEW: "good", State.REMOVED: "stop", State.CHANGED: "care"}.get(self, "")


@dataclass(frozen=True)
class FieldDifference:
    """`place` is where an editor finds it, `field` what it is called there."""

    place: str
    field: str
    runs: tuple[Run, ...]

    @property
    def state(self) -> State:
        changes = {run.change for run in self.runs}
        if changes == {Change.ADDED}:
            return State.NEW
        if changes == {Change.REMOVED}:
            return State.REMOVED
        # The same words, with other headings, lists, emphasis or spaces.
        return State.CHANGED if changes - {Change.KEPT} else State.LOOKS

    @property
    def is_looks_only(self) -> bool:
        return self.state is State.LOOKS

    @property
    def shown(self) -> tuple[Run, ...]:
        return shortened(self.runs)


@dataclass(frozen=True)
class Comparison:
    differences: tuple[FieldDifference, ...]
    unchanged: int


@dataclass(frozen=True)
class _Field:
    """`stored` is the rich text behind the words."""

    name: str
    text: str
    stored: str = ""


@dataclass(frozen=True)
class _Element:
    """An activity or a question: one of several, which may have moved."""

    title: str
    fields: tuple[_Field, ...]

    @property
    def text(self) -> str:
        return "\n".join(f"{field.name}: {field.text}" for field in self.fields if field.text)

    @property
    def words(self) -> Counter[str]:
        return Counter(word for field in self.fields for word in words_in(field.text))


def differences(old: Content, new: Content, pictures: PictureNames = NO_NAMES) -> tuple[FieldDifference, ...]:
    return compare(old, new, pictures).differences


def compare(old: Content, new: Content, pictures: PictureNames = NO_NAMES) -> Comparison:
    """Of two versions of one item: the address is not looked at. Raises TypeError for a lesson and a guide."""
    if isinstance(old, LessonContent) and isinstance(new, LessonContent):
        found = list(_of_lessons(old, new, pictures))
    elif isinstance(old, GuideContent) and isinstance(new, GuideContent):
        found = list(_of_guides(old, new, pictures))
    else:
        raise TypeError("A lesson is compared with a lesson, a guide with a guide.")
    changed = tuple(difference for difference in found if difference)
    return Comparison(changed, len(found) - len(changed))


# A field that has not changed.
Found = FieldDifference | None


def _of_lessons(old: LessonContent, new: LessonContent, pictures: PictureNames) -> Iterator[Found]:
    yield from _fields("Basics", *(_lesson_basics(content) for content in (old, new)))
    yield from _fields("Objectives and vocabulary", *(_objectives(content) for content in (old, new)))
    yield from _fields("Text", *(_lesson_sections(content) for content in (old, new)))
    yield from _elements(
        "Activity",
        "Activities",
        *([_activity(activity, pictures) for activity in content.activities] for content in (old, new)),
    )
    yield from _elements(
        "Question", "Questions", *([_question(question) for question in content.questions] for content in (old, new))
    )
    yield from _fields("Evidence and curriculum", *(_evidence(content) for content in (old, new)))
    yield from _fields("Documents", *(_documents(content, pictures) for content in (old, new)))


def _of_guides(old: GuideContent, new: GuideContent, pictures: PictureNames) -> Iterator[Found]:
    yield from _fields("Basics", *(_guide_basics(content) for content in (old, new)))
    yield from _fields("Text", *(_guide_sections(content) for content in (old, new)))
    yield from _fields("Evidence", *(_evidence(content) for content in (old, new)))
    yield from _fields("Documents", *(_documents(content, pictures) for content in (old, new)))


# --- what each holds --------------------------------------------------------


def _rich(name: str, body: str) -> _Field:
    return _Field(name, marked_text(body), body)


def _plain(name: str, value: object) -> _Field:
    return _Field(name, str(value), str(value))


def _review_by(content: Content) -> _Field:
    day = content.review_by
    return _plain("Review by", f"{day.day} {day:%B %Y}" if day else "")


def _lesson_basics(content: LessonContent) -> list[_Field]:
    return [
        _plain("Title", content.title),
        _plain("Summary", content.summary),
        _plain("Topic", content.topic),
        _plain("Age band", content.band),
        _plain("Minutes for each check", content.check_minutes),
        _review_by(content),
    ]


def _guide_basics(content: GuideContent) -> list[_Field]:
    return [
        _plain("Title", content.title),
        _plain("Summary", content.summary),
        _plain("Kind", GuideKind(content.kind).label),
        _plain("Topic", content.topic or "every topic"),
        _plain("Ages", f"{content.age_from} to {content.age_to}"),
        _review_by(content),
    ]


def _objectives(content: LessonContent) -> list[_Field]:
    return [
        _plain("Objectives", "\n\n".join(f"{one.learn}\n{one.can}" for one in content.objectives)),
        _plain("Vocabulary", "\n".join(f"{one.term}: {one.meaning}" for one in content.vocabulary)),
    ]


def _lesson_sections(content: LessonContent) -> list[_Field]:
    fields = []
    for kind in LessonSectionKind:
        section = content.sections.get(kind)
        fields.append(_rich(kind.label, section.body if section else ""))
        if kind.rule.timed or (section and section.minutes):
            fields.append(_plain(f"{kind.label}, minutes", section.minutes if section else 0))
    return fields


def _guide_sections(content: GuideContent) -> list[_Field]:
    kinds = [kind for kind in GuideSectionKind if kind in content.sections]
    return [_rich(kind.label, content.sections[kind].body) for kind in kinds]


def _evidence(content: Content) -> list[_Field]:
    fields = [_plain("Findings", "\n".join(sorted(content.findings)))]
    if isinstance(content, LessonContent):
        fields.append(_plain("Strands of the curriculum", "\n".join(sorted(content.strands))))
    return fields


def _documents(content: Content, names: PictureNames) -> list[_Field]:
    titles = (names.get(f"document {pk}", f"Document {pk}") for pk in content.documents)
    return [_plain("Documents", "\n".join(titles))]


def _activity(activity: ActivityContent, pictures: PictureNames) -> _Element:
    kind = ActivityKind(activity.kind)
    return _Element(
        activity.title,
        (
            _plain("Title", activity.title),
            _plain("Kind", kind.label),
            _plain("Minutes", activity.minutes),
            _rich("What pupils read", activity.intro),
            _plain("Picture", _picture(activity, pictures)),
            _plain(ITEMS[kind], "\n\n".join(_item(kind, item) for item in activity.items)),
        ),
    )


def _picture(activity: ActivityContent, pictures: PictureNames) -> str:
    """Its name tells two pictures apart that are described alike."""
    names = [
        f"{called}: {pictures[key]}" if key in pictures else called
        for key, called in ((activity.image, f"Picture {activity.image}"), (activity.illustration,) * 2)
        if key
    ]
    return "\n".join(names)


def _item(kind: ActivityKind, item: ItemContent) -> str:
    answer = answer_in_words(kind, item)
    return "\n".join(
        line
        for line in (
            item.scene and f"Scene: {item.scene}",
            item.speaker and f"Speaker: {item.speaker}",
            _lines(item.text, answer and f"{ANSWERS.get(kind, '')}{answer}", item.feedback),
            item.leads_to and f"Leads to: {item.leads_to}",
        )
        if line
    )


def _question(question: QuestionContent) -> _Element:
    options = (
        _lines(option.text, "Right answer" if option.is_correct else "", option.feedback) for option in question.options
    )
    return _Element(
        question.text,
        (
            _plain("Question", question.text),
            _plain("Kind", QuestionKind(question.kind).label),
            _plain("Likely misconception", question.misconception),
            _plain("Options", "\n\n".join(options)),
        ),
    )


def _lines(text: str, answer: str, feedback: str) -> str:
    return "\n".join(line for line in (text, answer, feedback and f"Feedback: {feedback}") if line)


# --- comparing --------------------------------------------------------------


def _fields(place: str, old: Iterable[_Field], new: Iterable[_Field]) -> Iterator[Found]:
    """One for each field that holds something on either side."""
    before, after = ({field.name: field for field in fields} for fields in (old, new))
    for name in [*after, *(name for name in before if name not in after)]:
        was, now = before.get(name, _Field(name, "")), after.get(name, _Field(name, ""))
        if was != now:
            yield FieldDifference(place, name, runs_between(was.text, now.text))
        elif now.text:
            yield None


def _elements(one: str, many: str, old: Sequence[_Element], new: Sequence[_Element]) -> Iterator[Found]:
    """What is new or gone is one difference; what stayed is compared field by field, wherever it stands now."""
    came_from = _matched(old, new)
    gone = deque(place for place in range(len(old)) if place not in came_from.values())
    for now, element in enumerate(new):
        was = came_from.get(now)
        while was is not None and gone and gone[0] < was:
            yield _gone(one, gone.popleft(), old)
        if was is None:
            yield FieldDifference(f"{one} {now + 1}", f"The whole {one.lower()}", runs_between("", element.text))
        else:
            moved = "" if was == now else f" (it was {one.lower()} {was + 1})"
            yield from _fields(f"{one} {now + 1}{moved}", old[was].fields, element.fields)
    for place in gone:
        yield _gone(one, place, old)
    stayed = sorted(came_from)
    if (before := sorted(stayed, key=lambda now: came_from[now])) != stayed:
        yield FieldDifference(many, "Order", runs_between(*(_titles(new, places) for places in (before, stayed))))


def _gone(one: str, place: int, old: Sequence[_Element]) -> FieldDifference:
    return FieldDifference(
        f"{one} {place + 1} as it was", f"The whole {one.lower()}", runs_between(old[place].text, "")
    )


def _titles(elements: Sequence[_Element], places: Iterable[int]) -> str:
    return "\n".join(f"{place + 1}. {elements[place].title}" for place in places)


def _matched(old: Sequence[_Element], new: Sequence[_Element]) -> dict[int, int]:
    """For each of the new that was there before, its place among the old: first what is the same, then the likest."""
    same: defaultdict[_Element, deque[int]] = defaultdict(deque)
    for was, element in enumerate(old):
        same[element].append(was)
    came_from = {now: same[element].popleft() for now, element in enumerate(new) if same[element]}
    left_old = {was: old[was].words for places in same.values() for was in places}
    left_new = {now: element.words for now, element in enumerate(new) if now not in came_from}
    alike = [
        (-_likeness(before, after), abs(was - now), was, now)
        for was, before in left_old.items()
        for now, after in left_new.items()
    ]
    for likeness, _, was, now in sorted(alike):
        if -likeness >= ALIKE and was in left_old and now in left_new:
            came_from[now] = was
            del left_old[was], left_new[now]
    return came_from


def _likeness(before: Counter[str], after: Counter[str]) -> float:
    """From 0 to 1: the share of the words of both that both have."""
    words = before.total() + after.total()
    return 2 * (before & after).total() / words if words else 1.0
