"""What stops a version from being published, and what is worth a second look.

One list of checks for the desk, the starter library and packages: each takes content and reference data, and says what
is wrong, where, and how to mend it. None of them touches the database.
"""

from lessons.library.content import Content, LessonContent

from .guide import check_guide, check_placing_of_guide
from .lesson import check_lesson, check_placing_of_lesson
from .problem import Level, Problem
from .reference import Reference, load_reference, reference_of

__all__ = ["Level", "Problem", "Reference", "blocking", "check", "check_placing", "load_reference", "reference_of"]


def check(content: Content, reference: Reference) -> list[Problem]:
    """All problems, those that block first."""
    found = check_lesson(content, reference) if isinstance(content, LessonContent) else check_guide(content, reference)
    return sorted(found, key=lambda problem: not problem.blocks)


def check_placing(content: Content, reference: Reference) -> list[Problem]:
    """Those problems that depend on topics, bands and help services; no text is read."""
    if isinstance(content, LessonContent):
        return list(check_placing_of_lesson(content, reference))
    return list(check_placing_of_guide(reference))


def blocking(problems: list[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.blocks]
