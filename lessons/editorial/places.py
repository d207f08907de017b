"""Where on the desk a problem is mended: the page of its part, and the field where there is one."""

import re
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from lessons.library.enums import GuideSectionKind, LessonSectionKind
from lessons.library.store import AnyVersion

from .checks.problem import Part, Problem
from .enums import Kind
from .parts import ROW_WORDS, slot_of

BASICS_FIELDS = {
    "Title": "title",
    "Summary": "summary",
    "Review by": "review_by",
    "Age band": "band",
    "Minutes": "check_minutes",
}
NUMBERED = re.compile(r"(Objective|Question|Activity) (\d+)")


def part_url(kind: Kind, slug: str, number: int, part: Part) -> str:
    return reverse(f"editorial:{part.value}", kwargs={"kind": kind, "slug": slug, "number": number})


def problem_url(kind: Kind, slug: str, number: int, problem: Problem) -> str:
    """Empty where no page of the desk can mend it."""
    if problem.place == "Help services":
        return ""
    url = place_url(kind, slug, number, problem.part, problem.place)
    return f"{url}#id_{problem.field}" if problem.field else url


def place_url(kind: Kind, slug: str, number: int, part: Part, place: str) -> str:
    """The field where there is one, or else the page of its part."""
    url = part_url(kind, slug, number, part)
    row = row_of(place)
    if row:
        return f"{url}{row}/"
    field = field_of(kind, part, place)
    return f"{url}#{field}" if field else url


def row_of(place: str) -> int | None:
    """The number of the activity or question that it is about: each has a page of its own."""
    numbered = NUMBERED.fullmatch(place)
    return int(numbered[2]) if numbered and numbered[1] in ("Question", "Activity") else None


def field_of(kind: Kind, part: Part, place: str) -> str:
    """The id of the field, or of the rows; empty where it is about the whole page. On the page of a row, its first."""
    numbered = NUMBERED.fullmatch(place)
    if numbered:
        first = {"Activity": "id_title", "Question": "id_text"}
        return first.get(numbered[1]) or f"id_objectives-{int(numbered[2]) - 1}-learn"
    if part == Part.BASICS and place in BASICS_FIELDS:
        return f"id_{BASICS_FIELDS[place]}"
    if part == Part.OBJECTIVES:
        return "id_vocabulary" if place.startswith("Vocabulary") else "id_objectives"
    if part == Part.TEXT:
        kinds = LessonSectionKind if kind is Kind.LESSONS else GuideSectionKind
        return next((f"id_{known.value}" for known in kinds if known.label == place), "")
    return ""


@dataclass(frozen=True)
class Urls:
    """Where the forms of a part are sent: to be saved, kept, checked and looked at. And where one goes from there."""

    save: str
    check: str
    preview: str
    frame: str  # of the preview
    keep: str
    open: str
    throw_away: str
    mine: str  # the form with one's own words that were not saved
    checks: str  # of what is saved
    back: str


def is_on_write(request: HttpRequest) -> bool:
    """Whether the form stands on the page of all parts, or was opened from there."""
    return request.GET.get("on") == "write"


def urls_of(
    kind: Kind, version: AnyVersion, part: Part, place: int | None = None, *, is_on_write: bool = False
) -> Urls:
    at = {"kind": kind, "slug": version.identity.slug, "number": version.number}
    save = row_url(at, part, place) if place else reverse(f"editorial:{part.value}", kwargs=at)
    query = "?on=write" if is_on_write else ""
    back = reverse(f"editorial:{part.value if place else 'version'}", kwargs=at)
    return Urls(
        save=f"{save}{query}",
        check=f"{save}check/",
        preview=f"{save}preview/",
        frame=f"{save}preview/frame/",
        keep=f"{save}keep/",
        open=f"{save}open/",
        throw_away=f"{save}throw-away/{query}",
        mine=f"{save}{query or '?'}{'&' if query else ''}mine=1",
        checks=reverse("editorial:checks", kwargs=at),
        back=f"{write_url(kind, version)}#{slot_of(part, place or 0)}" if is_on_write else back,
    )


def row_url(at: dict[str, object], part: Part, place: int) -> str:
    return reverse(f"editorial:{ROW_WORDS[part]}", kwargs={**at, "place": place})


def write_url(kind: Kind, version: AnyVersion) -> str:
    """The page on which all parts stand."""
    return reverse("editorial:write", kwargs={"kind": kind, "slug": version.identity.slug, "number": version.number})
