"""What of a PDF is looked at before it is kept: that it is one, and that it only shows pages.

No library reads it: whatever could be an object is searched for the names of what is refused, packed or not.
"""

import re
import zlib
from collections.abc import Iterator

from .document_errors import DocumentRefused
from .enums import DocumentKind

_MAGIC = b"%PDF-"
_END = 2048  # the last bytes, in which the end mark stands
_DICTIONARY = 4096  # the bytes before a stream, in which it is described
_MOST_UNPACKED = 256 * 1024 * 1024
_BIT = 64 * 1024
_LONGEST_NAME = 64

# Source: ISO 32000-1, 2008, sections 7.3.5 (a letter of a name may be written as #xx), 7.6, 7.11.4, 12.6.4, 12.7.8, 13.
_REFUSED = {
    "JavaScript": "it holds script",
    "Launch": "it can start a program",
    "EmbeddedFile": "it carries other files",
    "EmbeddedFiles": "it carries other files",
    "RichMedia": "it holds film or sound that runs by itself",
    "SubmitForm": "it is a form that sends what is typed into it",
    "ImportData": "it is a form that fetches data",
    "XFA": "it is a form that can hold script",
    "Encrypt": "it is locked with a password or with rights, so nobody can look into it",
}
_OLD_PACKINGS = ("LZWDecode", "LZW", "ASCII85Decode", "A85", "ASCIIHexDecode", "AHx", "RunLengthDecode", "RL")


def _any_of(*names: str) -> re.Pattern[bytes]:
    """One of these names, each letter written as itself or as its number."""

    def spelt(name: str) -> str:
        return "".join(f"(?:{letter}|#{ord(letter):02x}|#{ord(letter):02X})" for letter in name)

    return re.compile(f"/(?:{'|'.join(f'({spelt(name)})' for name in names)})(?=[\\s\0/<>\\[\\]()%{{}}]|\\Z)".encode())


_NAMES = _any_of(*_REFUSED)
_HAS_PACKED_OBJECTS = _any_of("ObjStm", "XRef")
_PACKED_OBJECTS = _any_of("ObjStm", "First")
_PREDICTED = _any_of("Predictor")
_PACKED_OTHERWISE = _any_of(*_OLD_PACKINGS)
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_OBJECT = re.compile(rb"\d\s+\d+\s+obj\b")

UNUSUAL = "The PDF is saved in an unusual way, so nobody can look into it. Print it to a new PDF, then send that."


def looks_like_pdf(data: bytes) -> bool:
    return data.startswith(_MAGIC)


def check_pdf(data: bytes) -> DocumentKind:
    """Raises DocumentRefused."""
    if b"%%EOF" not in data[-_END:] or b"startxref" not in data[-_END:] or not _OBJECT.search(data):
        raise DocumentRefused("The PDF is damaged or cut off. Save it again, then retry.")
    _require_quiet(data)
    if _HAS_PACKED_OBJECTS.search(data) and _PACKED_OTHERWISE.search(data):
        raise DocumentRefused(UNUSUAL)
    left = _MOST_UNPACKED
    for found in _STREAM.finditer(data):
        _require_plain_packing(data[max(0, found.start() - _DICTIONARY) : found.start()])
        tail = b""
        for bit in _unpacked(memoryview(data)[found.end() :]):
            left -= len(bit)
            if left < 0:
                raise DocumentRefused(UNUSUAL)
            _require_quiet(tail + bit)
            tail = bit[-_LONGEST_NAME:]
    return DocumentKind.PDF


def _require_quiet(data: bytes) -> None:
    found = _NAMES.search(data)
    if found:
        why = list(_REFUSED.values())[(found.lastindex or 1) - 1]
        raise DocumentRefused(
            f"The PDF is not taken: {why}. Print it to a new PDF, which only shows its pages, then send that."
        )


def _require_plain_packing(before: bytes) -> None:
    """Packed objects whose bytes are mixed with others, as those of a picture may be, could not be searched."""
    begun = [found.end() for found in _OBJECT.finditer(before)]
    described = before[begun[-1] :] if begun else before
    if _PACKED_OBJECTS.search(described) and _PREDICTED.search(described):
        raise DocumentRefused(UNUSUAL)


def _unpacked(packed: memoryview) -> Iterator[bytes]:
    """What the stream unpacks to, bit by bit, as far as it can be read and whatever is told of its length."""
    unpacker = zlib.decompressobj()
    for start in range(0, len(packed), _BIT):
        held: bytes | memoryview = packed[start : start + _BIT]
        while held and not unpacker.eof:
            before = unpacker.copy()
            try:
                yield unpacker.decompress(held, _BIT)
            except zlib.error:
                yield _up_to_the_error(before, bytes(held))
                return
            held = unpacker.unconsumed_tail
        if unpacker.eof:
            return


def _up_to_the_error(unpacker: "zlib._Decompress", held: bytes) -> bytes:
    out = bytearray()
    try:
        for place in range(len(held)):
            out += unpacker.decompress(held[place : place + 1], _BIT - len(out) or 1)
    except zlib.error:
        pass
    return bytes(out)
