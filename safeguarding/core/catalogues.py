"""Catalogues of translated words: read as translators write them (.po), written as Django loads them (.mo).

A fresh machine has no gettext. This knows as much of the form as our catalogues use: no contexts and no plurals.
"""

import ast
import re
import struct
from collections.abc import Iterable, Mapping
from pathlib import Path

MAGIC = 0x950412DE
_LINE = re.compile(r'(msgid|msgstr)?\s*(".*")$')


class CatalogueError(Exception):
    """The file is not in order. The text says where."""


def read_po(path: Path) -> dict[str, str]:
    """By the English words; the header stands under the empty text. Raises CatalogueError."""
    found: dict[str, str] = {}
    words: dict[str, str] = {}
    now = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        match = _LINE.match(line)
        if not match or not (match[1] or now):
            raise CatalogueError(f"{path}, line {number}: only msgid and msgstr can stand here, with their texts.")
        if match[1] == "msgid":
            _keep(found, words, f"{path}, line {number}")
            words = {}
        now = match[1] or now
        words[now] = words.get(now, "") + ast.literal_eval(match[2])
    _keep(found, words, str(path))
    return found


def _keep(found: dict[str, str], words: Mapping[str, str], where: str) -> None:
    if not words:
        return
    if words.keys() != {"msgid", "msgstr"} or words["msgid"] in found:
        raise CatalogueError(f"{where}: what stands before has no msgid, no msgstr, or stands there twice.")
    found[words["msgid"]] = words["msgstr"]


def write_po(path: Path, words: Mapping[str, str], order: Iterable[str], note: str) -> None:
    """The header, then the English words in this order."""
    lines = [*(f"# {line}" for line in note.splitlines()), 'msgid ""', 'msgstr ""']
    lines += [_quoted(line) for line in words[""].splitlines(keepends=True)]
    for english in order:
        lines += ["", f"msgid {_quoted(english)}", f"msgstr {_quoted(words.get(english, ''))}"]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def compiled(words: Mapping[str, str]) -> bytes:
    """The same bytes for the same words. What has no translation is left out."""
    pairs = sorted((english.encode(), other.encode()) for english, other in words.items() if other)
    start = 7 * 4 + 16 * len(pairs)
    texts, places = b"", []
    for text in [english for english, _ in pairs] + [other for _, other in pairs]:
        places += [len(text), start + len(texts)]
        texts += text + b"\0"
    numbers = [MAGIC, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0, *places]
    return struct.pack(f"<{len(numbers)}I", *numbers) + texts
