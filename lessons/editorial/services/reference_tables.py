"""The starter library's reference data, file by file: how each row is found and what it holds."""

from collections.abc import Iterator
from typing import Any

from django.contrib.staticfiles import finders
from django.db import models

from lessons.evidence.models import Finding, Source
from lessons.library.models import (
    AgeBand,
    BandName,
    Edition,
    Framework,
    GlossaryTerm,
    HelpService,
    Illustration,
    Lesson,
    Strand,
    Topic,
    Unit,
    UnitLesson,
)
from lessons.library.yaml_lines import Mapping
from safeguarding.schools.models import Country

from .reference_data import Row, Table

LESSONS_IN_A_UNIT = range(2, 5)


def _find(entry: Mapping, model: type[models.Model], key: str, value: str) -> Any:
    found = model._default_manager.filter(**{key: value}).first()
    if found is None:
        entry.fail(f"there is no {model._meta.verbose_name} “{value}”.")
    return found


def _country(entry: Mapping) -> Country | None:
    code = entry.text("country", default="")
    return _find(entry, Country, "code", code) if code else None


def _countries(entries: list[Mapping]) -> Iterator[Row]:
    for position, e in enumerate(entries):
        key = {"code": e.text("code")}
        whole = e.text("part_of", default="")
        fields: dict[str, Any] = {
            name: e.text(name, default="") for name in ("name", "emergency", "police_non_emergency")
        }
        fields |= {"part_of": _find(e, Country, "code", whole) if whole else None, "position": position}
        yield Row(key, fields, {}, e)


def _bands(entries: list[Mapping]) -> Iterator[Row]:
    for e in entries:
        e.pop("names", None)
        key = {"slug": e.text("slug")}
        numbers = {name: e.number(name) for name in ("age_from", "age_to", "reading_age_max")}
        yield Row(key, {"name": e.text("name"), **numbers}, {}, e)


def _band_names(entries: list[Mapping]) -> Iterator[Row]:
    for band in entries:
        for e in band.items_of("names"):
            key = {"band": _find(e, AgeBand, "slug", band["slug"]), "country": _country(e)}
            yield Row(key, {"name": e.text("name", default=""), "years": e.text("years")}, {}, e)


def _topics(entries: list[Mapping]) -> Iterator[Row]:
    for position, e in enumerate(entries):
        fields = {
            "name": e.text("name"),
            "summary": e.text("summary"),
            "least_age": e.number("least_age"),
            "search_words": ", ".join(e.texts("search_words")),
            "position": position,
        }
        yield Row({"slug": e.text("slug")}, fields, {}, e)


def _frameworks(entries: list[Mapping]) -> Iterator[Row]:
    for e in entries:
        e.pop("editions", None)
        yield Row(
            {"slug": e.text("slug")},
            {"name": e.text("name"), "publisher": e.text("publisher"), "country": _country(e)},
            {},
            e,
        )


def _editions(entries: list[Mapping]) -> Iterator[Row]:
    for framework in entries:
        for e in framework.items_of("editions"):
            e.pop("strands", None)
            fields = {
                "framework": _find(e, Framework, "slug", framework["slug"]),
                "name": e.text("name"),
                "in_force_from": e.pop("in_force_from", None),
                "in_force_to": e.pop("in_force_to", None),
            }
            yield Row({"slug": e.text("slug")}, fields, {}, e)


def _strands(entries: list[Mapping]) -> Iterator[Row]:
    for framework in entries:
        for edition in framework.items_of("editions"):
            for position, e in enumerate(edition.items_of("strands")):
                key = {"edition": _find(e, Edition, "slug", edition["slug"]), "slug": e.text("slug")}
                bands = [_find(e, AgeBand, "slug", slug) for slug in e.texts("bands")]
                yield Row(key, {"name": e.text("name"), "position": position}, {"bands": bands}, e)


def _services(entries: list[Mapping]) -> Iterator[Row]:
    for position, e in enumerate(entries):
        key = {"slug": e.text("slug")}
        texts = ("name", "serves", "what_for", "phone", "text_to", "url", "hours")
        fields: dict[str, Any] = {name: e.text(name, default="") for name in texts}
        fields |= {
            "country": _country(e),
            "age_from": e.number("age_from", default=0),
            "age_to": e.number("age_to", default=120),
            "languages": ", ".join(e.texts("languages")),
            "position": position,
        }
        topics = [_find(e, Topic, "slug", slug) for slug in e.texts("topics")]
        yield Row(key, fields, {"topics": topics}, e)


def _glossary(entries: list[Mapping]) -> Iterator[Row]:
    for e in entries:
        fields = {
            "forms": "\n".join(e.texts("forms")),
            "term_class": e.text("class"),
            "audience": e.text("audience", default="everyone"),
            **{name: e.text(name, default="") for name in ("instead", "reason", "source")},
        }
        yield Row({"term": e.text("term")}, fields, {}, e)


def _illustrations(entries: list[Mapping]) -> Iterator[Row]:
    for position, e in enumerate(entries):
        slug = e.text("slug")
        if not finders.find(Illustration(slug=slug).path):
            e.fail(f"the drawing “{slug}.svg” is missing.")
        fields = {"title": e.text("title"), "alt_text": e.text("alt_text"), "position": position}
        yield Row({"slug": slug}, fields, {}, e)


def _units(entries: list[Mapping]) -> Iterator[Row]:
    for e in entries:
        e.pop("lessons", None)
        fields = {
            "title": e.text("title"),
            "summary": e.text("summary"),
            "topic": _find(e, Topic, "slug", e.text("topic")),
            "band": _find(e, AgeBand, "slug", e.text("band")),
        }
        yield Row({"slug": e.text("slug")}, fields, {}, e)


def _unit_lessons(entries: list[Mapping]) -> Iterator[Row]:
    for e in entries:
        slugs = e.texts("lessons")
        if not Unit.objects.filter(slug=e["slug"]).exists():
            continue  # somebody has taken it away since it was loaded
        unit = _find(e, Unit, "slug", e["slug"])
        if len(slugs) not in LESSONS_IN_A_UNIT:
            e.fail("a unit has two to four lessons.")
        for position, slug in enumerate(slugs, start=1):
            lesson = _find(e, Lesson, "slug", slug)
            held = Mapping()
            held.path, held.line = e.path, e.line
            yield Row({"lesson": lesson}, {"unit": unit, "position": position}, {}, held)


def _sources(entries: list[Mapping]) -> Iterator[Row]:
    for e in entries:
        texts = ("title", "publisher", "jurisdiction", "licence", "note")
        fields = {"year": e.number("year"), **{name: e.text(name, default="") for name in texts}}
        yield Row({"code": e.text("code")}, fields, {}, e)


def _findings(entries: list[Mapping]) -> Iterator[Row]:
    for e in entries:
        fields = {
            "source": _find(e, Source, "code", e.text("source")),
            "least_age": e.number("least_age"),
            **{name: e.text(name, default="") for name in ("locator", "theme", "figures", "statement")},
        }
        yield Row({"code": e.text("code")}, fields, {}, e)


TABLES = (
    Table("country", Country, "countries.yaml", _countries),
    Table("band", AgeBand, "bands.yaml", _bands),
    Table("band name", BandName, "bands.yaml", _band_names),
    Table("topic", Topic, "topics.yaml", _topics),
    Table("framework", Framework, "frameworks.yaml", _frameworks),
    Table("edition", Edition, "frameworks.yaml", _editions),
    Table("strand", Strand, "frameworks.yaml", _strands),
    Table("service", HelpService, "services.yaml", _services),
    Table("glossary", GlossaryTerm, "glossary.yaml", _glossary),
    Table("source", Source, "sources.yaml", _sources),
    Table("finding", Finding, "findings.yaml", _findings),
    Table("illustration", Illustration, "illustrations.yaml", _illustrations),
)
# These name lessons, so they come after them.
TABLES_OF_LESSONS = (
    Table("unit", Unit, "units.yaml", _units),
    Table("unit lesson", UnitLesson, "units.yaml", _unit_lessons),
)
