"""What of a Word document or of PowerPoint slides is looked at before it is kept. Both are zips of known parts."""

import re
import struct
import zipfile
import zlib
from typing import IO
from xml.etree import ElementTree

from .document_errors import DocumentRefused
from .enums import DocumentKind

MOST_PARTS = 3_000
MOST_UNPACKED = 200 * 1024 * 1024
_MOST_XML = 4 * 1024 * 1024
_BIT = 64 * 1024
_END, _END_BYTES = b"PK\x05\x06", 22
_TYPES = "[Content_Types].xml"

# Source: ECMA-376, part 1, 2016, sections 11.3.10 and 13.3.6.
_MAIN = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": DocumentKind.DOCX,
    "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml": DocumentKind.PPTX,
}
_MACROS = re.compile(r"vbaproject|vbadata|macroenabled|macrosheet|activex|/customui", re.IGNORECASE)
_PROGRAMS = re.compile(
    r"\.(?:exe|dll|scr|com|pif|cpl|msi|bat|cmd|ps1|vbs?|vbe|jse?|wsf|hta|jar|lnk|reg|sh|app"
    r"|docm|dotm|xlsm|xlsb|xltm|xlam|pptm|potm|ppsm|ppam|rtf|doc|xls|ppt)\Z",
    re.IGNORECASE,
)
# The first bytes of programs for Windows and Linux, and of the container in which older Office files embed anything.
_BEGINNINGS = (b"MZ", b"\x7fELF", b"\xd0\xcf\x11\xe0")

# What zipfile raises for one that ends too early or contradicts itself.
_CANNOT_BE_READ = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
)

DAMAGED = "The document is damaged or cut off. Save it again, then retry."
MACROS = "The document holds macros or controls, which are programs. Save it without them (.docx or .pptx), then retry."
PROGRAM = (
    "The document carries another file that could be a program. Take it out (or paste it as a picture), then retry."
)
ODD = "The document is packed in an unusual way. Open it in Word or PowerPoint, save it again, then retry."
ELSEWHERE = (
    "The document fetches something from elsewhere when somebody opens it: a template, or a linked picture or object. "
    "Put that into the document itself, then retry."
)


def looks_like_zip(data: bytes) -> bool:
    return data.startswith(b"PK\x03\x04")


def check_office(file: IO[bytes]) -> DocumentKind:
    """Raises DocumentRefused. Nothing is believed that the zip says of its sizes."""
    _require_few_parts(file)
    try:
        with zipfile.ZipFile(file) as archive:
            return _checked(archive)
    except _CANNOT_BE_READ as error:
        raise DocumentRefused(DAMAGED) from error


def _require_few_parts(file: IO[bytes]) -> None:
    """The number stands at the end, before anything is read."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _END_BYTES))
    end = file.read()
    if not end.startswith(_END):
        raise DocumentRefused(DAMAGED)
    if int.from_bytes(end[10:12], "little") > MOST_PARTS or int.from_bytes(end[12:16], "little") > MOST_PARTS * 512:
        raise DocumentRefused(ODD)
    file.seek(0)


def _checked(archive: zipfile.ZipFile) -> DocumentKind:
    entries = archive.infolist()
    if len(entries) > MOST_PARTS or len({entry.filename.lower() for entry in entries}) != len(entries):
        raise DocumentRefused(ODD)
    kinds: set[DocumentKind] = set()
    left = MOST_UNPACKED
    for entry in entries:
        _require_plain(entry)
        is_xml = entry.filename == _TYPES or entry.filename.endswith(".rels")
        size, held = _read(archive, entry, left, _MOST_XML if is_xml else _BIT)
        left -= size
        if held.startswith(_BEGINNINGS):
            raise DocumentRefused(PROGRAM)
        if looks_like_zip(held):
            _require_quiet_within(archive, entry)
        if entry.filename == _TYPES:
            kinds = _kinds(held)
        elif is_xml:
            _require_nothing_from_elsewhere(held)
    if len(kinds) != 1:
        raise DocumentRefused(
            "This is a zip file, and neither a Word document nor PowerPoint slides. Send one of these, or a PDF."
        )
    return kinds.pop()


def _require_plain(entry: zipfile.ZipInfo) -> None:
    name = entry.orig_filename
    if entry.flag_bits & 0x1:
        raise DocumentRefused("The document is locked with a password. Save it without one, then retry.")
    if name != entry.filename or name.startswith("/") or "\\" in name or ".." in name.split("/"):
        raise DocumentRefused(ODD)
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise DocumentRefused(ODD)
    if _MACROS.search(name):
        raise DocumentRefused(MACROS)
    if _PROGRAMS.search(name) or (name.endswith(".bin") and "printersettings" not in name.lower()):
        raise DocumentRefused(PROGRAM)


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int, keep: int) -> tuple[int, bytes]:
    """How much it unpacks to, and its first bytes."""
    size, held = 0, b""
    with archive.open(entry) as part:
        while bit := part.read(_BIT):
            size += len(bit)
            if size > left:
                raise DocumentRefused(
                    f"The document unpacks to more than {MOST_UNPACKED // 1024**2} MB. Make it smaller, then retry."
                )
            if len(held) < keep:
                held += bit
    return size, held


def _require_quiet_within(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Of a spreadsheet behind a chart: the names of its parts stand in it as they are."""
    tail = b""
    with archive.open(entry) as part:
        while bit := part.read(_BIT):
            if b"vbaproject" in (tail + bit).lower():
                raise DocumentRefused(MACROS)
            tail = bit[-16:]


def _elements(held: bytes) -> list[ElementTree.Element]:
    """Of one file of XML; a document type, which can multiply what it holds, is refused."""
    if len(held) > _MOST_XML or b"<!DOCTYPE" in held.replace(b"\0", b""):
        raise DocumentRefused(ODD)
    try:
        return list(ElementTree.fromstring(held))  # noqa: S314  # nothing is declared in it: see above
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        raise DocumentRefused(DAMAGED) from error


def _kinds(types: bytes) -> set[DocumentKind]:
    found = set()
    for element in _elements(types):
        content_type = element.get("ContentType", "")
        if _MACROS.search(content_type):
            raise DocumentRefused(MACROS)
        if content_type in _MAIN:
            found.add(_MAIN[content_type])
    return found


def _require_nothing_from_elsewhere(relations: bytes) -> None:
    for element in _elements(relations):
        is_link = element.get("Type", "").endswith("/hyperlink")
        target = element.get("Target", "")
        if element.get("TargetMode", "").lower() == "external" and not is_link:
            raise DocumentRefused(ELSEWHERE)
        if is_link and target.lower().startswith(("file:", "javascript:", "vbscript:", "\\\\")):
            raise DocumentRefused(ELSEWHERE)
