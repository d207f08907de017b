"""The publishing checks beside the text: of what is saved, and of what is being typed."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from lessons.library.content import Content, LessonContent
from lessons.library.store import AnyVersion, held_content

from ..checks import blocking, check, reference_of
from ..checks.problem import Part, Problem
from ..enums import Kind
from ..forms.editor import ErrorLine
from ..places import field_of, problem_url, row_of
from .version import Figures, ProblemGroup, ProblemLine, figures_of, part_label
from .warnings import (
    Judged,
    judged_warnings,
    open_warnings,
)


@dataclass(frozen=True)
class Here:
    """The page on which somebody writes: one part, or one activity or question of it."""

    part: Part
    place: int | None = None

    def holds(self, problem: Problem) -> bool:
        if problem.part != self.part or problem.place == "Help services":
            return False
        return self.place is None or row_of(problem.place) == self.place


@dataclass(frozen=True)
class ChecksPanel:
    figures: Figures
    here: ProblemGroup | None  # of the page on which somebody writes
    elsewhere: tuple[ProblemGroup, ...]
    errors: tuple[ErrorLine, ...]  # of the form itself: it could not be saved as it stands
    accepted: tuple[Judged, ...]  # warnings that a reviewer let stand
    blocking: int
    warnings: int  # neither mended nor accepted
    is_saved: bool

    @property
    def in_a_word(self) -> str:
        """What is announced: only what must be mended, so that it is quiet while somebody writes."""
        unsavable = "This cannot be saved as it stands. " if self.errors else ""
        if not self.blocking:
            return f"{unsavable}Nothing stops it from being published."
        return f"{unsavable}{self.blocking} {'thing' if self.blocking == 1 else 'things'} must be mended."


def panel_of_saved(kind: Kind, version: AnyVersion) -> ChecksPanel:
    """Fourteen queries for a lesson, seven for a guide, however long."""
    return checks_panel(kind, version, held_content(version))


def checks_panel(
    kind: Kind,
    version: AnyVersion,
    content: Content,
    here: Here | None = None,
    errors: Sequence[ErrorLine] = (),
) -> ChecksPanel:
    """Four queries, and three more at most (see `reference_of`), whatever the text is like."""
    reference = reference_of(version, content)
    found = check(content, reference)
    judged = judged_warnings(version, content, found)
    left = [one.problem for one in open_warnings(judged)]
    must = blocking(found)
    problems = [*must, *left]
    figures = figures_of(version, content)
    if isinstance(content, LessonContent):
        figures = dataclasses.replace(figures, reading_age_most=reference.bands[content.band][2])
    near = [problem for problem in problems if here and here.holds(problem)]
    far = [problem for problem in problems if problem not in near]
    return ChecksPanel(
        figures=figures,
        here=_group("Here", [_line(kind, version, problem, is_here=True) for problem in near]),
        elsewhere=tuple(
            group
            for part in kind.parts
            if (group := _group(part_label(kind, part), [_line(kind, version, p) for p in far if p.part == part]))
        ),
        errors=tuple(errors),
        accepted=tuple(one for one in judged if one.accepted),
        blocking=len(must),
        warnings=len(left),
        is_saved=here is None,
    )


def _group(label: str, lines: Sequence[ProblemLine]) -> ProblemGroup | None:
    return ProblemGroup(label, tuple(lines)) if lines else None


def _line(kind: Kind, version: AnyVersion, problem: Problem, *, is_here: bool = False) -> ProblemLine:
    field = f"id_{problem.field}" if problem.field else field_of(kind, problem.part, problem.place)
    near = f"#{field}" if field else ""
    return ProblemLine(
        level="stop" if problem.blocks else "care",
        message=f"{problem.place}: {problem.message}",
        mend=problem.mend,
        url=near if is_here else problem_url(kind, version.identity.slug, version.number, problem),
    )
