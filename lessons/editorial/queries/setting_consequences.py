"""What would follow from a change of the settings, told before it is saved."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.urls import reverse

from lessons.evidence.models import Source
from lessons.library.content import LessonContent
from lessons.library.models import AgeBand, HelpService, LessonVersion, Topic
from lessons.library.store import AnyVersion
from safeguarding.schools.models import Country

from ..checks import Problem, Reference, blocking, check, check_placing, load_reference
from ..checks.reference import pattern_of, with_services
from ..enums import Kind
from ..setting_kinds import Setting
from .live_contents import live_contents

MOST_SHOWN = 50


@dataclass(frozen=True)
class Affected:
    title: str
    url: str
    why: str


@dataclass(frozen=True)
class Consequence:
    sentence: str
    items: tuple[Affected, ...] = ()

    @property
    def token(self) -> str:
        """Names what was told, so that a press of the button agrees to just that."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]

    @property
    def shown(self) -> tuple[Affected, ...]:
        return self.items[:MOST_SHOWN]

    @property
    def more(self) -> int:
        return len(self.items) - len(self.shown)


def consequence_of_change(setting: Setting, held: Any, wanted: Any) -> Consequence | None:
    """None where nothing that is live is touched. 15 queries at most, however much is live."""
    match wanted:
        case Topic() if wanted.least_age > held.least_age:
            before = load_reference()
            return _placed(before, replace(before, least_ages={**before.least_ages, held.slug: wanted.least_age}))
        case AgeBand() if _ages(wanted) != _ages(held):
            before = load_reference()
            return _read_again(before, replace(before, bands={**before.bands, held.slug: _ages(wanted)}), held.slug)
        case HelpService() if (wanted.country_id, *_whom(wanted)) != (held.country_id, *_whom(held)):
            before = load_reference()
            return _placed(before, with_services(before, [*_others(held), *_of_default_country(wanted)]))
        case Source() if wanted.superseded_at and not held.superseded_at:
            return _resting_on(held)
        case _:
            return None


def consequence_of_removal(setting: Setting, row: Any) -> Consequence | None:
    """Of a help service, which readers lose it. 17 queries at most, however much is live."""
    if not isinstance(row, HelpService):
        return None
    before = load_reference()
    failing = _placed(before, with_services(before, _others(row)))
    left = HelpService.objects.filter(country=row.country).exclude(pk=row.pk).count()
    where = f"readers in {row.country}" if row.country else "every reader"
    services = "1 help service" if left == 1 else f"{left} help services"
    sentence = f"It leaves every page for {where}. {services} of the same country will be left."
    return Consequence(f"{sentence} {failing.sentence}" if failing else sentence, failing.items if failing else ())


def _others(service: HelpService) -> list[tuple[str, int, int]]:
    """What the checks know of the other services."""
    others = HelpService.objects.for_country(settings.DEFAULT_COUNTRY).exclude(pk=service.pk)
    return [_whom(other) for other in others]


def _of_default_country(service: HelpService) -> list[tuple[str, int, int]]:
    countries = Country.objects.around(settings.DEFAULT_COUNTRY).values_list("pk", flat=True)
    return [_whom(service)] if service.country_id in (None, *countries) else []


def _whom(service: HelpService) -> tuple[str, int, int]:
    return service.serves, service.age_from, service.age_to


def _ages(band: AgeBand) -> tuple[int, int, int]:
    return band.age_from, band.age_to, band.reading_age_max


def _failing(found: Iterable[tuple[AnyVersion, set[str], set[str]]]) -> Consequence | None:
    """Of what is live, with what stops it before and after: what would no longer pass the checks."""
    items = tuple(
        _affected(version, " ".join(sorted(after - before))) for version, before, after in found if after - before
    )
    if not items:
        return None
    things = "1 live lesson or guide" if len(items) == 1 else f"{len(items)} live lessons or guides"
    return Consequence(
        f"{things} would no longer pass the checks. Nothing is taken down; no new version of them can be published "
        "until that is mended.",
        items,
    )


def _placed(before: Reference, after: Reference) -> Consequence | None:
    """Where no text has to be read."""
    return _failing(
        (version, _messages(check_placing(content, before)), _messages(check_placing(content, after)))
        for version, content in live_contents().items()
    )


def _read_again(before: Reference, after: Reference, band: str) -> Consequence | None:
    """The whole check, of the lessons of a band. The words of the glossary are left out: they do not depend on ages."""
    before, after = (replace(reference, words={}, pattern=pattern_of(())) for reference in (before, after))
    return _failing(
        (version, _messages(blocking(check(content, before))), _messages(blocking(check(content, after))))
        for version, content in live_contents().items()
        if isinstance(content, LessonContent) and content.band == band
    )


def _messages(problems: Iterable[Problem]) -> set[str]:
    return {problem.message for problem in problems}


def _resting_on(source: Source) -> Consequence | None:
    codes = set(source.findings.values_list("code", flat=True))
    items = tuple(
        _affected(version, "") for version, content in live_contents().items() if codes & set(content.findings)
    )
    if not items:
        return None
    things = "1 live lesson or guide rests" if len(items) == 1 else f"{len(items)} live lessons or guides rest"
    return Consequence(f"{things} on it, and will wait on the desk until a later version is live.", items)


def _affected(version: AnyVersion, why: str) -> Affected:
    kind = Kind.LESSONS if isinstance(version, LessonVersion) else Kind.GUIDES
    where = {"kind": kind, "slug": version.identity.slug, "number": version.number}
    return Affected(version.title, reverse("editorial:version", kwargs=where), why)
