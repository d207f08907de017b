"""One version: what it is, what still stops it, what may be done with it, and what has happened to it."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404
from django.utils.formats import date_format

from lessons.library.content import Content, LessonContent
from lessons.library.differences import differences
from lessons.library.enums import QuestionKind, State
from lessons.library.models import GuideVersion, LessonVersion
from lessons.library.queries import DocumentLine, documents_of_guide, documents_of_lesson
from lessons.library.reading_age import reading_age, words_of
from lessons.library.store import AnyVersion, held_contents
from safeguarding.accounts.models import User
from safeguarding.audit.models import AuditEntry

from .. import rules
from ..actions import Action, Standing, actions_for
from ..checks import blocking, check, reference_of
from ..checks.problem import Part, Problem
from ..enums import PART_LABELS, Kind
from ..parts import ROW_WORDS
from ..places import part_url, problem_url
from .library import STATUS_BADGES
from .schedule import Plan, plan_of
from .warnings import Judged, judged_warnings, open_warnings

ENTRIES_SHOWN = 50
CLARITY_TOLD_FROM = 5  # answers; fewer say nothing about a text


@dataclass(frozen=True)
class PartRow:
    label: str
    url: str
    done: str
    blocking: int
    warnings: int


@dataclass(frozen=True)
class ProblemLine:
    level: str  # stop or care, as the component of problems knows them
    message: str
    mend: str
    url: str


@dataclass(frozen=True)
class ProblemGroup:
    label: str
    problems: tuple[ProblemLine, ...]


@dataclass(frozen=True)
class VersionLine:
    number: int
    status_label: str
    badge: str
    written_by: str
    approved_by: str
    at: datetime.datetime
    note: str
    is_shown: bool


@dataclass(frozen=True)
class Figures:
    minutes: int | None
    words: int
    reading_age: float | None
    reading_age_most: int | None
    teacher_reading_age: float | None


@dataclass(frozen=True)
class Clarity:
    """How many readers said that the version was clear, of how many who said something."""

    clear: int
    answers: int

    @property
    def is_told(self) -> bool:
        return self.answers >= CLARITY_TOLD_FROM


@dataclass(frozen=True)
class VersionPage:
    kind: Kind
    slug: str
    version: AnyVersion
    status_label: str
    badge: str
    placed: str
    live_number: int | None
    plan: Plan | None
    changed: int | None  # fields that differ from what is live; None where that is this version, or nothing
    owner: User | None
    can_edit: bool
    figures: Figures
    clarity: Clarity | None  # of a guide that readers have seen
    parts: tuple[PartRow, ...]
    problem_groups: tuple[ProblemGroup, ...]
    shows_checks: bool
    blocking: int
    warnings: int  # neither mended nor accepted
    judged: tuple[Judged, ...]
    accepted: int
    may_accept: bool
    documents: tuple[DocumentLine, ...]
    actions: tuple[Action, ...]
    versions: tuple[VersionLine, ...]
    entries: tuple[AuditEntry, ...]


def get_versions(kind: Kind, slug: str) -> list[AnyVersion]:
    """All versions, the newest first, with who wrote and approved them. One query. Raises Http404."""
    people = ("author", "edited_by", "submitted_by", "approved_by", "translates", f"{kind.word}__translation_of")
    found: list[AnyVersion]
    if kind is Kind.LESSONS:
        lessons = LessonVersion.objects.filter(lesson__slug=slug).order_by("-number")
        found = list(lessons.select_related("lesson__topic", "lesson__band", "lesson__owner", *people))
    else:
        guides = GuideVersion.objects.filter(guide__slug=slug).order_by("-number")
        found = list(guides.select_related("guide__topic", "guide__owner", "clarity", *people))
    if not found:
        raise Http404(f"There is no {kind.word} at this address.")
    return found


def get_version(kind: Kind, slug: str, number: int) -> AnyVersion:
    """One query. Raises Http404."""
    return numbered(get_versions(kind, slug), number)


def numbered(versions: Sequence[AnyVersion], number: int) -> AnyVersion:
    for version in versions:
        if version.number == number:
            return version
    raise Http404(f"There is no version {number} of this.")


def live_of(versions: Sequence[AnyVersion]) -> AnyVersion | None:
    return next((version for version in versions if version.is_live), None)


def version_page(user: User, kind: Kind, slug: str, number: int) -> VersionPage:
    """Ten queries for a lesson, eight for a guide, however much they hold, what is live beside it included."""
    versions = get_versions(kind, slug)
    version = numbered(versions, number)
    identity = version.identity
    live = live_of(versions)
    others = [live] if live and live.pk != version.pk else []
    held = held_contents([version, *others])
    content = held[version]
    problems = check(content, reference_of(version, content))
    judged = judged_warnings(version, content, problems)
    left = open_warnings(judged)
    problems = [*blocking(problems), *(one.problem for one in left)]
    can_edit = rules.can_edit(user, version)
    standing = Standing(
        has_written=rules.has_written(user, version),
        blocking=len(problems) - len(left),
        warnings=len(left),
        under_way=next((other.number for other in versions if other.is_under_way), None),
        is_archived=identity.is_archived,
        live=live.number if live else None,
    )
    return VersionPage(
        kind=kind,
        slug=slug,
        version=version,
        status_label=version.state.label,
        badge=STATUS_BADGES[version.state],
        placed=_placed(version),
        live_number=live.number if live else None,
        plan=plan_of(versions),
        changed=len(differences(held[live], content)) if live in held and live != version else None,
        owner=identity.owner,
        can_edit=can_edit,
        figures=figures_of(version, content),
        clarity=_clarity(version),
        parts=tuple(part_row(kind, slug, number, part, content, problems) for part in kind.parts),
        problem_groups=_groups(kind, slug, number, problems, can_edit),
        # A returned version is history: its draft is where the checks matter.
        shows_checks=version.state != State.RETURNED,
        blocking=standing.blocking,
        warnings=len(left),
        judged=judged,
        accepted=len(judged) - len(left),
        may_accept=version.state == State.IN_REVIEW and rules.can_review(user) and not standing.has_written,
        documents=_documents(version, content),
        actions=actions_for(user, version, standing),
        versions=tuple(_version_line(other, number) for other in versions),
        entries=tuple(AuditEntry.objects.filter(object_type=kind.word, object_id=identity.pk)[:ENTRIES_SHOWN]),
    )


def _clarity(version: AnyVersion) -> Clarity | None:
    if not isinstance(version, GuideVersion) or version.live_from is None:
        return None
    counted = getattr(version, "clarity", None)  # the row comes with the first answer
    return Clarity(counted.clear, counted.clear + counted.unclear) if counted else Clarity(0, 0)


def _documents(version: AnyVersion, content: Content) -> tuple[DocumentLine, ...]:
    """One query where there are any."""
    if not content.documents:
        return ()
    of_version = documents_of_lesson if isinstance(version, LessonVersion) else documents_of_guide
    return of_version(version.pk)


def _placed(version: AnyVersion) -> str:
    if isinstance(version, LessonVersion):
        return f"Lesson · {version.lesson.band} · {version.lesson.topic}"
    guide = version.guide
    topic = str(guide.topic) if guide.topic else "every topic"
    return f"Guide for parents · children of {guide.age_from} to {guide.age_to} · {topic}"


def figures_of(version: AnyVersion, content: Content) -> Figures:
    if isinstance(content, LessonContent) and isinstance(version, LessonVersion):
        terms = [term.term for term in content.vocabulary]
        return Figures(
            minutes=content.minutes,
            words=len(words_of(content.pupil_text)),
            reading_age=reading_age(content.pupil_text, terms),
            reading_age_most=version.lesson.band.reading_age_max,
            teacher_reading_age=reading_age(content.teacher_text, terms),
        )
    text = "" if isinstance(content, LessonContent) else content.text
    return Figures(None, len(words_of(text)), reading_age(text), None, None)


def part_row(kind: Kind, slug: str, number: int, part: Part, content: Content, problems: Sequence[Problem]) -> PartRow:
    here = [problem for problem in problems if problem.part == part]
    return PartRow(
        label=part_label(kind, part),
        url=part_url(kind, slug, number, part),
        done=_done(part, content),
        blocking=sum(problem.blocks for problem in here),
        warnings=sum(not problem.blocks for problem in here),
    )


def part_label(kind: Kind, part: Part) -> str:
    return "Evidence" if kind is Kind.GUIDES and part == Part.EVIDENCE else PART_LABELS[part]


def label_of(kind: Kind, part: Part, place: int) -> str:
    """Of a part, or of one activity or question."""
    return f"{ROW_WORDS[part].capitalize()} {place}" if place else part_label(kind, part)


def _done(part: Part, content: Content) -> str:
    """What the part holds so far, in a few words."""
    if part == Part.BASICS:
        return (
            f"Review by {date_format(content.review_by, 'j F Y')}"
            if content.review_by
            else "No date for the next review"
        )
    if part == Part.TEXT:
        written = sum(bool(section.text.strip()) for section in content.sections.values())
        return _count(written, "section")
    if part == Part.DOCUMENTS:
        return _count(len(content.documents), "document")
    if not isinstance(content, LessonContent):
        return _count(len(content.findings), "finding")
    if part == Part.OBJECTIVES:
        return f"{_count(len(content.objectives), 'objective')}, {_count(len(content.vocabulary), 'key word')}"
    if part == Part.ACTIVITIES:
        minutes = sum(activity.minutes for activity in content.activities)
        return f"{_count(len(content.activities), 'activity', 'activities')}, {_count(minutes, 'minute')}"
    if part == Part.QUESTIONS:
        worry = sum(question.kind == QuestionKind.WORRY for question in content.questions)
        return _count(len(content.questions) - worry, "question") + (", and how pupils feel" if worry else "")
    return f"{_count(len(content.findings), 'finding')}, {_count(len(content.strands), 'strand')}"


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _groups(
    kind: Kind, slug: str, number: int, problems: Sequence[Problem], can_edit: bool
) -> tuple[ProblemGroup, ...]:
    """By part, in the order in which the parts are written; each links to its field where the reader can mend it."""
    groups = []
    for part in kind.parts:
        lines = tuple(
            ProblemLine(
                level="stop" if problem.blocks else "care",
                message=f"{problem.place}: {problem.message}",
                mend=problem.mend,
                url=problem_url(kind, slug, number, problem) if can_edit else "",
            )
            for problem in problems
            if problem.part == part
        )
        if lines:
            groups.append(ProblemGroup(part_label(kind, part), lines))
    return tuple(groups)


def _version_line(version: AnyVersion, shown: int) -> VersionLine:
    approved = "the starter library" if version.author is None and version.live_from else ""
    return VersionLine(
        number=version.number,
        status_label=version.state.label,
        badge=STATUS_BADGES[version.state],
        written_by=version.written_by,
        approved_by=str(version.approved_by) if version.approved_by else approved,
        at=version.edited_at,
        note=version.return_reason or version.change_note,
        is_shown=version.number == shown,
    )
