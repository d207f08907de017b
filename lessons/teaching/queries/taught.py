"""A lesson as it is taught: for the class that it was set for, or tried out without one."""

from dataclasses import dataclass
from typing import Any

from lessons.library.models import LessonVersion
from lessons.library.queries import Help, LessonPlan, ServiceHelp, help_directory, lesson_plan
from safeguarding.core.languages import Language, language_of
from safeguarding.schools.models import School, SchoolClass

from ..enums import Way
from ..models import Assignment


@dataclass(frozen=True)
class TaughtLesson:
    """Tried out, it has no `assignment` or `school_class`, and `school` is the reader's own, if any."""

    version: LessonVersion  # with its lesson, topic and band
    plan: LessonPlan
    outcomes: tuple[str, ...]
    help: Help  # for pupils
    staff_services: tuple[ServiceHelp, ...]
    school: School | None
    school_class: SchoolClass | None = None
    assignment: Assignment | None = None

    @property
    def slug(self) -> str:
        return self.version.lesson.slug

    @property
    def title(self) -> str:
        return self.version.title

    @property
    def language(self) -> Language:
        return language_of(self.version.lesson.language)

    @property
    def is_on_devices(self) -> bool:
        return self.assignment is not None and self.assignment.way == Way.DEVICES

    @property
    def is_later_check(self) -> bool:
        return self.assignment is not None and self.assignment.is_later_check

    @property
    def schools(self) -> list[School]:
        """For the steps of handling a disclosure, which name a lead where there is one."""
        return [self.school] if self.school and self.school.lead_name else []


@dataclass(frozen=True)
class ClassLesson(TaughtLesson):
    """With the class that it was set for."""

    school: School
    school_class: SchoolClass
    assignment: Assignment


@dataclass(frozen=True)
class _Version:
    """What a plan needs of it."""

    version_id: int
    check_minutes: int


def lesson_for_class(assignment_id: int) -> ClassLesson:
    """The version that the class has, whatever is live now. Eight queries, however long it is."""
    assignment = Assignment.objects.select_related(
        "school_class__school",
        "version__lesson__topic",
        "version__lesson__band",
        "lead_told_by__user",
    ).get(pk=assignment_id)
    school_class = assignment.school_class
    school = school_class.school
    parts = _parts(assignment.version, (school_class.age_from, school_class.age_to), school.country_id)
    return ClassLesson(**parts, school=school, school_class=school_class, assignment=assignment)


def lesson_to_try(slug: str, *, school: School | None, country: str) -> TaughtLesson | None:
    """The version that is live; None where there is none. Eight queries."""
    version = (
        LessonVersion.objects.live().filter(lesson__slug=slug).select_related("lesson__topic", "lesson__band").first()
    )
    if version is None:
        return None
    band = version.lesson.band
    return TaughtLesson(**_parts(version, (band.age_from, band.age_to), country), school=school)


def was_ever_live(slug: str) -> bool:
    return LessonVersion.objects.was_live().filter(lesson__slug=slug).exists()


def _parts(version: LessonVersion, ages: tuple[int, int], country: str) -> dict[str, Any]:
    directory = help_directory(country, topic_id=version.lesson.topic_id)
    for_pupils = directory.for_reader("child", *ages)
    for_staff = directory.for_reader("professional")
    return {
        "version": version,
        "plan": lesson_plan(_Version(version.pk, version.check_minutes)),
        "outcomes": tuple(objective.can for objective in version.objectives.all()),
        "help": for_pupils,
        "staff_services": tuple(s for s in for_staff.services if s not in for_pupils.services),
    }
