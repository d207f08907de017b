"""Loads the starter library's reference data: countries, bands, topics, frameworks, services, glossary, evidence."""

import datetime
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import models

from lessons.evidence.models import Finding, Source
from lessons.library.models import (
    AgeBand,
    Edition,
    Framework,
    GlossaryTerm,
    HelpService,
    StarterRow,
    Strand,
    Topic,
)
from lessons.library.yaml_lines import Mapping, StarterError, load_yaml
from safeguarding.schools.models import Country


@dataclass(frozen=True)
class Row:
    """One row as the file gives it: how it is found, what it holds, and what it refers to many times."""

    key: dict[str, Any]
    fields: dict[str, Any]
    many: dict[str, list[Any]]
    entry: Mapping


@dataclass(frozen=True)
class Table:
    kind: str
    model: type[models.Model]
    file: str
    rows: Callable[[list[Mapping]], Iterator[Row]]


def load_reference_data(folder: Path) -> Counter[str]:
    """How many rows were added, updated, kept (an editor changed them) or the same. Raises StarterError."""
    outcome: Counter[str] = Counter()
    for table in TABLES:
        path = folder / table.file
        entries = load_yaml(path.read_text(encoding="utf-8"), path)
        if not isinstance(entries, list) or not all(isinstance(entry, Mapping) for entry in entries):
            raise StarterError(path, 1, "the file must be a list of entries.")
        known = {row.key: row for row in StarterRow.objects.filter(kind=table.kind)}
        for row in table.rows(entries):
            outcome[_put(table, row, known)] += 1
    return outcome


def _put(table: Table, row: Row, known: dict[str, StarterRow]) -> str:
    name = "/".join(str(getattr(value, "slug", value)) for value in row.key.values())
    wanted = _checksum(row.fields, row.many)
    record = known.get(name)
    found = table.model._default_manager.filter(**row.key).first()
    if found is not None:
        held = _checksum(
            {field: getattr(found, field) for field in row.fields},
            {field: list(getattr(found, field).all()) for field in row.many},
        )
        if held == wanted and record is not None:
            return "same"
        if held != wanted and (record is None or record.checksum != held):
            return "kept"
    row.entry.done()
    found, _ = table.model._default_manager.update_or_create(**row.key, defaults=row.fields)
    for field, values in row.many.items():
        getattr(found, field).set(values)
    StarterRow.objects.update_or_create(kind=table.kind, key=name, defaults={"checksum": wanted})
    return "updated" if record else "added"


def _checksum(fields: dict[str, Any], many: dict[str, list[Any]]) -> str:
    def plain(value: Any) -> Any:
        if isinstance(value, models.Model):
            return value.pk
        return value.isoformat() if isinstance(value, datetime.date) else value

    held = {name: plain(value) for name, value in fields.items()}
    held |= {name: sorted(str(value.pk) for value in values) for name, values in many.items()}
    return hashlib.sha256(json.dumps(held, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _find(entry: Mapping, model: type[models.Model], key: str, value: str) -> Any:
    found = model._default_manager.filter(**{key: value}).first()
    if found is None:
        entry.fail(f"there is no {model._meta.verbose_name} “{value}”.")
    return found


def _country(entry: Mapping) -> Country | None:
    code = entry.text("country", default="")
    return _find(entry, Country, "code", code) if code else None


def _countries(entries: list[Mapping]) -> Iterator[Row]:
    for e in entries:
        key = {"code": e.text("code")}
        fields = {name: e.text(name, default="") for name in ("name", "emergency", "police_non_emergency")}
        yield Row(key, fields, {}, e)


def _bands(entries: list[Mapping]) -> Iterator[Row]:
    for e in entries:
        key = {"slug": e.text("slug")}
        numbers = {name: e.number(name) for name in ("age_from", "age_to", "reading_age_max")}
        yield Row(key, {"name": e.text("name"), "school_name": e.text("school_name"), **numbers}, {}, e)


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
                e.pop("phases", None)
                key = {"edition": _find(e, Edition, "slug", edition["slug"]), "slug": e.text("slug")}
                yield Row(key, {"name": e.text("name"), "position": position}, {}, e)


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
    Table("topic", Topic, "topics.yaml", _topics),
    Table("framework", Framework, "frameworks.yaml", _frameworks),
    Table("edition", Edition, "frameworks.yaml", _editions),
    Table("strand", Strand, "frameworks.yaml", _strands),
    Table("service", HelpService, "services.yaml", _services),
    Table("glossary", GlossaryTerm, "glossary.yaml", _glossary),
    Table("source", Source, "sources.yaml", _sources),
    Table("finding", Finding, "findings.yaml", _findings),
)
