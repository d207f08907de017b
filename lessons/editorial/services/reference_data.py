"""Puts rows of reference data where they belong, and leaves alone what an editor has changed since."""

import datetime
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
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
        known = {row.key: row for row in StarterRow.objects.filter(kind=table.kind)}
        seen: set[str] = set()
        for row in table.rows(read_entries(folder / table.file)):
            name = _name(row)
            if name in seen:
                row.entry.fail(f"“{name}” stands here twice.")
            seen.add(name)
            outcome[_put(table, row, name, known)] += 1
    return outcome


def read_entries(path: Path) -> list[Mapping]:
    """Raises StarterError where the file is missing or is not a list of entries."""
    try:
        entries = load_yaml(path.read_text(encoding="utf-8"), path)
    except FileNotFoundError as error:
        raise StarterError(path, 1, "the file is missing.") from error
    except UnicodeDecodeError as error:
        raise StarterError(path, 1, "the file is not UTF-8 text. Save it again as UTF-8.") from error
    if not isinstance(entries, list) or not all(isinstance(entry, Mapping) for entry in entries):
        raise StarterError(path, 1, "the file must be a list of entries.")
    return entries


def _name(row: Row) -> str:
    return "/".join(str(getattr(value, "slug", value)) for value in row.key.values())


def _put(table: Table, row: Row, name: str, known: dict[str, StarterRow]) -> str:
    row.entry.done()
    _require_sound(table, row)
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
    elif record is not None:
        return "kept"  # an operator has taken it away
    found, _ = table.model._default_manager.update_or_create(**row.key, defaults=row.fields)
    for field, values in row.many.items():
        getattr(found, field).set(values)
    StarterRow.objects.update_or_create(kind=table.kind, key=name, defaults={"checksum": wanted})
    return "updated" if record else "added"


def _require_sound(table: Table, row: Row) -> None:
    """Each value fits its field: no query. Raises StarterError."""
    made = table.model(**row.key, **row.fields)
    related = [field.name for field in made._meta.fields if field.is_relation]
    try:
        made.clean_fields(exclude=[*related, made._meta.pk.name])
        made.clean()
    except ValidationError as error:
        row.entry.fail(" ".join(f"{error}" for error in error.messages))


def _checksum(fields: dict[str, Any], many: dict[str, list[Any]]) -> str:
    def plain(value: Any) -> Any:
        if isinstance(value, models.Model):
            return value.pk
        return value.isoformat() if isinstance(value, datetime.date) else value

    held = {name: plain(value) for name, value in fields.items()}
    held |= {name: sorted(str(value.pk) for value in values) for name, values in many.items()}
    return hashlib.sha256(json.dumps(held, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
