"""Where on the desk a problem is mended: the page of its part, and the field where there is one."""

import re

from django.urls import reverse

from lessons.library.enums import GuideSectionKind, LessonSectionKind

from .checks.problem import Part, Problem
from .enums import Kind

BASICS_FIELDS = {"Title": "title", "Summary": "summary", "Review by": "review_by", "Age band": "band"}
NUMBERED = re.compile(r"(Objective|Question|Activity) (\d+)")


def part_url(kind: Kind, slug: str, number: int, part: Part) -> str:
    return reverse(f"editorial:{part.value}", kwargs={"kind": kind, "slug": slug, "number": number})


def problem_url(kind: Kind, slug: str, number: int, problem: Problem) -> str:
    """Empty where no page of the desk can mend it."""
    if problem.place == "Help services":
        return ""
    url = part_url(kind, slug, number, problem.part)
    numbered = NUMBERED.fullmatch(problem.place)
    if numbered and numbered[1] == "Objective":
        return f"{url}#id_objectives-{int(numbered[2]) - 1}-learn"
    if numbered:
        return f"{url}{numbered[2]}/"
    if problem.part == Part.BASICS and problem.place in BASICS_FIELDS:
        return f"{url}#id_{BASICS_FIELDS[problem.place]}"
    if problem.part == Part.TEXT:
        kinds = LessonSectionKind if kind is Kind.LESSONS else GuideSectionKind
        section = next((known.value for known in kinds if known.label == problem.place), None)
        return f"{url}#id_{section}" if section else url
    return url
