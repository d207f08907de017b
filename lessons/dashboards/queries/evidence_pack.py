"""What a school can show governors and inspectors: what was taught, to whom as counts, what was learnt, what is not.

It takes its numbers from the same rows as the lead's page. Of pupils it holds counts, of feelings nothing.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Max, Min

from lessons.evidence.models import Finding
from lessons.library.enums import Moment
from lessons.library.queries.coverage import Covered
from lessons.library.queries.help import Help, ServiceHelp, help_for
from lessons.teaching.models import Attempt, Delivery

from .period import ClassFacts, Scope
from .progress import AssignmentRow
from .results import KnowledgeCount, knowledge_of
from .school import PlanLine, classes_in, lessons_in, plan_lines
from .school_content import SchoolContent, school_content
from .school_coverage import StrandLine, TopicLine, strand_lines, topic_lines
from .withholding import LEAST_ANSWERS


@dataclass(frozen=True)
class Learnt:
    """One knowledge question, before and after the lesson. Those who answered before and after are not matched."""

    text: str
    before_right: int
    before_answered: int
    after_right: int
    after_answered: int

    @property
    def is_shown(self) -> bool:
        return min(self.before_answered, self.after_answered) >= LEAST_ANSWERS


@dataclass(frozen=True)
class TaughtLesson:
    """One version of a lesson, over all the classes that met it.

    `present` adds up who was there each time that it was taught to a class, and `finished` how often it was finished on
    a device: a pupil may be in both.
    """

    title: str
    version_number: int
    topic: str
    classes: int
    groups: tuple[str, ...]
    times_taught: int
    present: int
    finished: int
    first: datetime.date
    last: datetime.date
    learnt: tuple[Learnt, ...]

    @property
    def shown(self) -> list[Learnt]:
        return [question for question in self.learnt if question.is_shown]


@dataclass(frozen=True)
class Report:
    """A report, and what of it the lessons taught rest on."""

    title: str
    publisher: str
    year: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Gaps:
    """Stated as they are: by topic, strand, year group and class."""

    topics: tuple[str, ...]
    topics_partly: tuple[str, ...]
    strands: tuple[str, ...]
    strands_without_lesson: tuple[str, ...]
    groups: tuple[str, ...]
    classes_without: int
    overdue: int
    dropped: int
    lessons_without_answers: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        return not any(vars(self).values())


@dataclass(frozen=True)
class EvidencePack:
    scope: Scope
    classes: int
    pupils: int
    anonymous_classes: int
    lessons: list[TaughtLesson]
    strands: list[StrandLine]
    topics: list[TopicLine]
    plan: list[PlanLine]
    reports: list[Report]
    gaps: Gaps
    help: Help

    @property
    def services(self) -> list[ServiceHelp]:
        """Whom an adult can call whatever it is about, or look up where nobody can be called."""
        general = [service for service in self.help.services if service.is_general and service.is_reachable]
        return [service for service in general if service.phone or service.text_to] or general

    @property
    def topics_met(self) -> int:
        return sum(topic.is_met for topic in self.topics)

    @property
    def met(self) -> int:
        return sum(line.met for line in self.plan)

    @property
    def planned(self) -> int:
        return sum(line.planned for line in self.plan)

    @property
    def times_taught(self) -> int:
        return sum(lesson.times_taught for lesson in self.lessons)

    @property
    def finished(self) -> int:
        return sum(lesson.finished for lesson in self.lessons)

    @property
    def editions(self) -> dict[str, list[StrandLine]]:
        found: dict[str, list[StrandLine]] = {}
        for strand in self.strands:
            found.setdefault(strand.edition, []).append(strand)
        return found


@dataclass
class _Times:
    times: int = 0
    present: int = 0
    days: list[datetime.date] = field(default_factory=list)


def evidence_pack(scope: Scope) -> EvidencePack:
    """Eleven queries, or twelve where some lessons are for groups or chosen pupils."""
    rows = lessons_in(scope)
    classes = classes_in(scope, rows)
    content = school_content(scope.frame.school, rows)
    topics, strands = topic_lines(content, classes, rows), strand_lines(content, classes, rows)
    plan = plan_lines(scope, rows)
    lessons = _taught(classes, [row for row in rows if row.is_reached])
    return EvidencePack(
        scope=scope,
        classes=len(classes),
        pupils=sum(c.pupils or 0 for c in classes),
        anonymous_classes=sum(c.pupils is None for c in classes),
        lessons=lessons,
        strands=strands,
        topics=topics,
        plan=plan,
        reports=_reports({row.version_pk for row in rows if row.is_reached}),
        gaps=_gaps(content, classes, rows, topics, strands, plan, lessons),
        help=help_for(scope.frame.school.country_id, reader="professional"),
    )


def _taught(classes: list[ClassFacts], rows: list[AssignmentRow]) -> list[TaughtLesson]:
    """By topic and title, a line for each version. Three queries."""
    pks = [row.pk for row in rows]
    times = _times(pks)
    finished = {
        pk: (first, last)
        for pk, first, last in Attempt.objects.filter(assignment__in=pks, finished_on__isnull=False)
        .values_list("assignment")
        .annotate(Min("finished_on"), Max("finished_on"))
    }
    learnt = _learnt(knowledge_of(pks))
    group_of = {c.pk: c.group for c in classes}
    by_version: dict[int, list[AssignmentRow]] = {}
    for row in rows:
        by_version.setdefault(row.version_pk, []).append(row)
    lessons = []
    for version_pk, own in by_version.items():
        taught = [times[row.pk] for row in own if row.pk in times]
        days = [day for each in taught for day in each.days]
        days += [day for row in own for day in finished.get(row.pk, ())]
        in_classes = {row.class_pk for row in own}
        lessons.append(
            TaughtLesson(
                title=own[0].title,
                version_number=own[0].version_number,
                topic=own[0].topic_name,
                classes=len(in_classes),
                # In the order of the classes, the youngest first.
                groups=tuple(dict.fromkeys(group for pk, group in group_of.items() if pk in in_classes)),
                times_taught=sum(each.times for each in taught),
                present=sum(each.present for each in taught),
                finished=sum(row.tally.finished for row in own),
                first=min(days),
                last=max(days),
                learnt=tuple(learnt.get(version_pk, ())),
            )
        )
    return sorted(lessons, key=lambda lesson: (lesson.topic, lesson.title, lesson.version_number))


def _times(pks: list[int]) -> dict[int, _Times]:
    """How often each was taught to its class. One query."""
    found: dict[int, _Times] = {}
    for pk, day, present in Delivery.objects.filter(assignment__in=pks).values_list(
        "assignment_id", "taught_on", "pupils_present"
    ):
        times = found.setdefault(pk, _Times())
        times.times += 1
        times.present += present
        times.days.append(day)
    return found


def _learnt(counted: Iterable[KnowledgeCount]) -> dict[int, list[Learnt]]:
    """By version."""
    moments: dict[tuple[int, int, str], dict[Moment, KnowledgeCount]] = {}
    for count in counted:
        moments.setdefault((count.version_pk, count.question_pk, count.text), {})[count.moment] = count
    found: dict[int, list[Learnt]] = {}
    for (version_pk, _, text), at in moments.items():
        before, after = at.get(Moment.BEFORE), at.get(Moment.AFTER)
        found.setdefault(version_pk, []).append(
            Learnt(
                text,
                before.right if before else 0,
                before.answered if before else 0,
                after.right if after else 0,
                after.answered if after else 0,
            )
        )
    return found


def _reports(version_pks: set[int]) -> list[Report]:
    """By year; each finding once, however many lessons rest on it. One query."""
    found = (
        Finding.objects.filter(lessonversions__in=version_pks)
        .select_related("source")
        .order_by("source__year", "source__code", "code")
        .distinct()
    )
    by_source: dict[int, list[Finding]] = {}
    for finding in found:
        by_source.setdefault(finding.source_id, []).append(finding)
    return [
        Report(first.source.title, first.source.publisher, first.source.year, (first, *others))
        for first, *others in by_source.values()
    ]


def _gaps(
    content: SchoolContent,
    classes: list[ClassFacts],
    rows: list[AssignmentRow],
    topics: list[TopicLine],
    strands: list[StrandLine],
    plan: list[PlanLine],
    lessons: list[TaughtLesson],
) -> Gaps:
    oldest = max((c.age_to for c in classes), default=0)
    of_age = {topic.pk for topic in content.topics if topic.least_age <= oldest}
    met = {row.class_pk for row in rows if row.is_reached}
    groups = dict.fromkeys(c.group for c in classes)
    return Gaps(
        topics=tuple(topic.name for topic in topics if topic.pk in of_age and not topic.is_met),
        topics_partly=tuple(
            topic.name
            for topic in topics
            if topic.is_met and any(cell.old_enough > cell.met for cell in topic.cells.values())
        ),
        strands=tuple(f"{s.name} ({s.edition})" for s in strands if s.meant and s.covered == Covered.NO),
        strands_without_lesson=tuple(f"{s.name} ({s.edition})" for s in strands if not s.meant),
        groups=tuple(group for group in groups if not any(c.group == group and c.pk in met for c in classes)),
        classes_without=sum(c.pk not in met for c in classes),
        overdue=sum(line.overdue for line in plan),
        dropped=sum(line.dropped for line in plan),
        lessons_without_answers=tuple(lesson.title for lesson in lessons if not lesson.shown),
    )
