"""A version as its readers will meet it, in the order in which they do."""

from dataclasses import dataclass

from lessons.library.content import ActivityContent, Content, GuideContent, LessonContent
from lessons.library.enums import ActivityKind, LessonSectionKind, Reader
from lessons.library.items import ItemLine, item_lines
from lessons.library.models.illustrations import Picture
from lessons.library.queries import pictures_of
from lessons.library.store import AnyVersion, held_content


@dataclass(frozen=True)
class PreviewSection:
    heading: str
    body: str
    minutes: int = 0


@dataclass(frozen=True)
class PreviewActivity:
    kind: str
    title: str
    minutes: int
    intro: str
    items: tuple[ItemLine, ...]
    picture: Picture | None


@dataclass(frozen=True)
class Preview:
    content: Content
    opening: tuple[PreviewSection, ...]  # what pupils read before the activities; all of a guide
    activities: tuple[PreviewActivity, ...]
    closing: tuple[PreviewSection, ...]
    teacher: tuple[PreviewSection, ...]
    home_note: PreviewSection | None
    minutes: int


def preview_of(version: AnyVersion) -> Preview:
    """Eight queries for a lesson, two for a guide."""
    content = held_content(version)
    return _of_lesson(content) if isinstance(content, LessonContent) else _of_guide(content)


def _of_guide(content: GuideContent) -> Preview:
    sections = tuple(
        PreviewSection(kind.rule.heading, content.sections[kind].body)
        for kind in content.kind.sections
        if kind in content.sections
    )
    return Preview(content, sections, (), (), (), None, 0)


def _of_lesson(content: LessonContent) -> Preview:
    def sections(*kinds: LessonSectionKind) -> tuple[PreviewSection, ...]:
        return tuple(
            PreviewSection(kind.rule.heading, content.sections[kind].body, content.sections[kind].minutes)
            for kind in kinds
            if kind in content.sections
        )

    pictures = pictures_of(content)
    return Preview(
        content=content,
        opening=sections(LessonSectionKind.GROUND_RULES, LessonSectionKind.STARTER),
        activities=tuple(_activity(activity, pictures) for activity in content.activities),
        closing=sections(LessonSectionKind.PLENARY),
        teacher=sections(*(kind for kind in LessonSectionKind if kind.rule.reader == Reader.TEACHER)),
        home_note=next(iter(sections(LessonSectionKind.HOME_NOTE)), None),
        minutes=content.minutes,
    )


def _activity(activity: ActivityContent, pictures: dict[int | str, Picture]) -> PreviewActivity:
    return PreviewActivity(
        kind=ActivityKind(activity.kind).label,
        title=activity.title,
        minutes=activity.minutes,
        intro=activity.intro,
        items=item_lines(activity.kind, activity.items),
        picture=pictures.get(activity.image or activity.illustration),
    )
