"""The zip around a package: opened with distrust, written the same way each time."""

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from ..errors import EditorialError

MOST_BYTES = 50 * 1024 * 1024  # of the zip, and of what it unpacks to
MOST_ENTRIES = 500
MOST_TEXT = 2 * 1024 * 1024
MOST_PICTURE = 10 * 1024 * 1024
IMAGES_YAML = "images.yaml"
NEWER = "package.yaml"  # in which a later form of packages says what it is; this one has no such file

_NAMES = re.compile(
    r"(?:lessons|guides)/[a-z0-9_-]{1,80}\.md|images/[A-Za-z0-9_-]{1,80}\.(?:webp|png|jpe?g|gif)|images\.yaml"
)
_FOLDERS = ("lessons/", "guides/", "images/")
_END, _END_64 = b"PK\x05\x06", b"PK\x06\x07"
_END_BYTES, _END_64_BYTES = 22, 20
_MOST_DIRECTORY = MOST_ENTRIES * 512
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Refusal:
    """`line` counts from 1; 0 where the file as a whole is meant."""

    path: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.path}, line {self.line}: {self.reason}" if self.line else f"{self.path}: {self.reason}"


class ArchiveRefused(EditorialError):
    """Nothing of the package is taken."""

    def __init__(self, path: str, reason: str) -> None:
        self.refusal = Refusal(path, 0, reason)
        super().__init__(str(self.refusal))


def read_archive(data: bytes) -> dict[str, bytes]:
    """What each file of the package holds, by name. Raises ArchiveRefused.

    Nothing is believed that the zip says of its sizes: each file is read to its limit, and all of them to theirs.
    """
    _require_plain_zip(data)
    files: dict[str, bytes] = {}
    left = MOST_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_ENTRIES:
                raise ArchiveRefused("package", f"it holds {len(entries)} files; {MOST_ENTRIES} is the most.")
            for entry in entries:
                _require_plain_entry(entry)
                if entry.filename in _FOLDERS:
                    continue
                if entry.filename in files:
                    raise ArchiveRefused(entry.filename, "it stands in the package twice.")
                files[entry.filename] = held = _read(archive, entry, left)
                left -= len(held)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise ArchiveRefused("package", "it is damaged or cut off. Export it again, or send it again.") from error
    return files


def _require_plain_zip(data: bytes) -> None:
    """One archive, its directory at the end and of a likely size, before anything of it is read."""
    if len(data) > MOST_BYTES:
        raise ArchiveRefused("package", f"it is larger than {MOST_BYTES // 1024**2} MB.")
    end = data[-_END_BYTES:]
    is_large = data[-_END_BYTES - _END_64_BYTES :].startswith(_END_64)
    if len(end) < _END_BYTES or not end.startswith(_END) or is_large:
        raise ArchiveRefused("package", "it is not a plain zip file. Send a package that the desk has exported.")
    if int.from_bytes(end[12:16], "little") > _MOST_DIRECTORY:
        raise ArchiveRefused("package", f"it holds more than {MOST_ENTRIES} files.")


def _require_plain_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.orig_filename
    if name == NEWER:
        raise ArchiveRefused(
            "package",
            "it was made by a newer version of this product. Bring this site up to date, then retry.",
        )
    if name != entry.filename or not (name in _FOLDERS or _NAMES.fullmatch(name)):
        raise ArchiveRefused(
            name[:120],
            "no such file belongs into a package. It holds lessons/*.md, guides/*.md, images/* and images.yaml.",
        )
    if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise ArchiveRefused(name, "it is a link or another special file. Put the file itself into the package.")
    if entry.flag_bits & 0x1:
        raise ArchiveRefused(name, "it is encrypted. Pack it without a password.")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ArchiveRefused(name, "it is packed in a rare way. Pack it as a plain zip.")


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes:
    most = MOST_PICTURE if entry.filename.startswith("images/") else MOST_TEXT
    with archive.open(entry) as file:
        held = file.read(min(most, left) + 1)
    if len(held) > most:
        raise ArchiveRefused(entry.filename, f"it is larger than {most // 1024**2} MB when unpacked.")
    if len(held) > left:
        raise ArchiveRefused("package", f"it is larger than {MOST_BYTES // 1024**2} MB when unpacked.")
    return held


def write_archive(files: Mapping[str, bytes]) -> bytes:
    """The same bytes for the same files. Raises EditorialError beyond what `read_archive` takes."""
    if len(files) > MOST_ENTRIES or sum(map(len, files.values())) > MOST_BYTES:
        raise EditorialError(
            f"A package holds at most {MOST_ENTRIES} files and {MOST_BYTES // 1024**2} MB. Export fewer items at once."
        )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system, entry.external_attr = 3, (stat.S_IFREG | 0o644) << 16
            entry.compress_type = zipfile.ZIP_STORED if name.startswith("images/") else zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name])
    return out.getvalue()
