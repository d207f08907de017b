"""Whom to call, text or write to: the help services that fit a reader."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import get_language_info

from lessons.evidence.models import ADULT_AGE
from safeguarding.schools.models import Country

from ..enums import Serves
from ..models import HelpService

Reader = Literal["child", "parent", "professional"]

READS: dict[Reader, frozenset[str]] = {
    "child": frozenset({Serves.CHILD, Serves.ANYONE}),
    "parent": frozenset({Serves.CHILD, Serves.PARENT, Serves.ANYONE}),
    "professional": frozenset({Serves.PROFESSIONAL, Serves.ANYONE}),
}


@dataclass(frozen=True)
class CountryHelp:
    code: str
    name: str
    emergency: str
    police: str

    @property
    def emergency_numbers(self) -> tuple[str, ...]:
        """Each number to dial in "112 or 999"."""
        return tuple(re.findall(r"\d+", self.emergency))


@dataclass(frozen=True)
class ServiceHelp:
    name: str
    serves: str
    what_for: str
    phone: str
    text_to: str
    url: str
    hours: str
    languages: tuple[str, ...]
    age_from: int
    age_to: int
    to_be_verified: bool
    fits_topic: bool
    is_general: bool

    @property
    def tel(self) -> str:
        """For a tel: link, digits only."""
        return _digits(self.phone)

    @property
    def sms(self) -> str:
        """For an sms: link, digits only."""
        return _digits(self.text_to)

    @property
    def is_reachable(self) -> bool:
        return bool(self.phone or self.text_to or self.url)

    @property
    def is_for_children(self) -> bool:
        return self.serves == Serves.CHILD

    @property
    def is_for_professionals(self) -> bool:
        return self.serves == Serves.PROFESSIONAL

    @property
    def language_names(self) -> str:
        return ", ".join(_language_name(code) for code in self.languages)

    @property
    def is_english_only(self) -> bool:
        return self.languages in ((), ("en",))


@dataclass(frozen=True)
class Help:
    """`services` come first; `more` are those for other topics. `country` is None where we know none by that code."""

    country: CountryHelp | None
    services: tuple[ServiceHelp, ...]
    more: tuple[ServiceHelp, ...]


@dataclass(frozen=True)
class HelpDirectory:
    """All services of a country, the country's own before those that serve anywhere."""

    country: CountryHelp | None
    services: tuple[ServiceHelp, ...]
    has_topic: bool

    def for_reader(self, reader: Reader, age_from: int | None = None, age_to: int | None = None) -> Help:
        """What is for other worries stands apart, and for a child so does what is not made for children.

        A parent is given adults' services, and children's for the child; not those for adults who were harmed.
        """
        fitting = [service for service in self.services if service.serves in READS[reader]]
        if reader == "child":
            youngest, oldest = age_from or 0, age_to or ADULT_AGE
            fitting = [s for s in fitting if s.age_from <= oldest and s.age_to >= youngest]
            first = [s for s in fitting if s.is_for_children and (s.fits_topic or s.is_general)] or fitting
            return self._help(first, fitting)
        if reader == "parent":
            fitting = [s for s in fitting if s.serves == Serves.PARENT or s.age_from < ADULT_AGE]
        if not self.has_topic:
            return self._help(fitting, fitting)
        return self._help([s for s in fitting if s.fits_topic] + [s for s in fitting if s.is_general], fitting)

    def _help(self, first: list[ServiceHelp], fitting: list[ServiceHelp]) -> Help:
        return Help(self.country, tuple(first), tuple(service for service in fitting if service not in first))


def help_for(
    country_code: str,
    *,
    reader: Reader,
    age_from: int | None = None,
    age_to: int | None = None,
    topic_id: int | None = None,
    known: Sequence[CountryHelp] = (),
) -> Help:
    """The topic's services first, then those that fit everything; without a topic, all in order.

    Queries as `help_directory`.
    """
    return help_directory(country_code, topic_id=topic_id, known=known).for_reader(reader, age_from, age_to)


def help_directory(
    country_code: str, *, topic_id: int | None = None, known: Sequence[CountryHelp] = ()
) -> HelpDirectory:
    """For a page that shows the services of several readers. One query where the country is known, else two."""
    country = next((one for one in known if one.code == country_code), None) or _country_help(country_code)
    topics = HelpService.topics.through.objects.filter(helpservice_id=OuterRef("pk"))
    rows = HelpService.objects.for_country(country_code).annotate(
        fits_topic=Exists(topics.filter(topic=topic_id or 0)), has_topics=Exists(topics)
    )
    return HelpDirectory(
        country=country,
        services=tuple(_service(row, row.fits_topic, not row.has_topics) for row in rows),
        has_topic=topic_id is not None,
    )


def countries() -> list[CountryHelp]:
    """Those that have help services, their own or those of the country that they are part of. One query."""
    theirs = HelpService.objects.filter(Q(country=OuterRef("pk")) | Q(country=OuterRef("part_of")))
    rows = Country.objects.filter(Exists(theirs))
    return [country_help(row) for row in rows]


def _country_help(code: str) -> CountryHelp | None:
    country = Country.objects.filter(code=code).first()
    return country_help(country) if country else None


def country_help(country: Country) -> CountryHelp:
    return CountryHelp(country.code, country.name, country.emergency, country.police_non_emergency)


def _service(row: HelpService, fits_topic: bool, is_general: bool) -> ServiceHelp:
    return ServiceHelp(
        name=row.name,
        serves=row.serves,
        what_for=row.what_for,
        phone=row.phone,
        text_to=row.text_to,
        url=row.url,
        hours=row.hours,
        languages=tuple(code.strip() for code in row.languages.split(",") if code.strip()),
        age_from=row.age_from,
        age_to=row.age_to,
        to_be_verified=row.is_to_be_verified,
        fits_topic=fits_topic,
        is_general=is_general,
    )


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)


def _language_name(code: str) -> str:
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
