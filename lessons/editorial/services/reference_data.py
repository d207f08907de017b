"""Puts rows of reference data where they belong, and leaves alone what an editor has changed since."""

import datetime
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import models

from lessons.library.models import StarterRow
from lessons.library.yaml_lines import Mapping, StarterError, load_yaml


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


def load_tables(tables: Iterable[Table], folder: Path) -> Counter[str]:
    """How many rows were added, updated, kept (an editor changed them) or the same. Raises StarterError."""
    outcome: Counter[str] = Counter()
    for table in tables:
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
