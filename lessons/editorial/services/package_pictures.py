"""The uploaded pictures of a package: which there are, which are here already, and how texts name them."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings

from lessons.library.content import Content, LessonContent, pictures_in
from lessons.library.image_store import WIDTHS, ImageRefused, addresses_of, check_image, images_at
from lessons.library.models import Image
from lessons.library.starter_files import decoded
from lessons.library.starter_writer import dump_yaml
from lessons.library.yaml_lines import Mapping as Entry
from lessons.library.yaml_lines import StarterError, load_yaml

from .package_archive import IMAGES_YAML, Refusal

DETAILS = ("title", "alt_text", "is_decorative", "credit", "licence")

# Before an address: in Markdown, in HTML, and in HTML inside a quoted YAML text.
_BEFORE = r"(\]\(<?|src=\\?\")"
_IN_PACKAGE = re.compile(_BEFORE + r"\.\./images/([A-Za-z0-9_-]+)\.[a-z]+(?:#(small|medium|large))?")


@dataclass(frozen=True)
class PackagePicture:
    """A picture of a package. `number` is that of the upload here, or negative where there is none yet."""

    name: str
    data: bytes
    details: dict[str, Any]
    number: int
    addresses: dict[str, str]  # by size

    @property
    def is_new(self) -> bool:
        return self.number < 0


def _addresses_of_files(stem: str) -> dict[str, str]:
    return {size: f"{settings.MEDIA_URL}images/{stem}-{size}.webp" for size in WIDTHS}


# Out


def pictures_of(contents: Iterable[Content]) -> list[Image]:
    """The uploads that activities or texts show. One query."""
    numbers: set[int] = set()
    shown: set[str] = set()
    for content in contents:
        if isinstance(content, LessonContent):
            numbers |= {a.image for a in content.activities if a.image is not None}
        shown |= pictures_in(content)
    return list((images_at(shown) | Image.objects.filter(pk__in=numbers)).order_by("pk"))


def name_of(image: Image) -> str:
    return PurePosixPath(image.large.name or "").stem.removesuffix("-large")


def packed(images: Iterable[Image]) -> dict[str, bytes]:
    """The files of the pictures, and images.yaml."""
    files: dict[str, bytes] = {}
    entries = []
    for image in sorted(images, key=name_of):
        with image.large.open() as file:
            files[f"images/{name_of(image)}.webp"] = file.read()
        details = {name: getattr(image, name) for name in DETAILS if getattr(image, name)}
        entries.append({"name": name_of(image), **details})
    return {**files, IMAGES_YAML: dump_yaml(entries).encode()} if entries else {}


def with_package_addresses(text: str, images: Iterable[Image]) -> str:
    """The text of a file, where pictures are named as they lie in the package."""
    known = {
        address: f"../images/{name_of(image)}.webp#{size}"
        for image in images
        for size, address in addresses_of(image).items()
    }
    if not known:
        return text
    any_known = "|".join(map(re.escape, known))
    return re.sub(rf"{_BEFORE}({any_known})", lambda match: match[1] + known[match[2]], text)


# In


def with_local_addresses(text: str, path: Path, pictures: Mapping[str, PackagePicture]) -> str:
    """The other way round. Raises StarterError for a picture that the package lacks."""

    def local(match: re.Match[str]) -> str:
        picture = pictures.get(match[2])
        if picture is None:
            line = text.count("\n", 0, match.start()) + 1
            raise StarterError(path, line, f"there is no picture “{match[2]}” in the package.")
        return match[1] + picture.addresses[match[3] or "medium"]

    return _IN_PACKAGE.sub(local, text)


def read_pictures(files: Mapping[str, bytes]) -> tuple[dict[str, PackagePicture], list[Refusal]]:
    """By name, and those that cannot be taken. One query, and a look into each file that may be here already."""
    refused: list[Refusal] = []
    described = _described(files.get(IMAGES_YAML, b""), refused)
    names = [name for name in files if name.startswith("images/")]
    stems = {name: PurePosixPath(name).stem for name in names}
    held = _held(set(stems.values()) | {_mark(files[n], described[s]) for n, s in stems.items() if s in described})
    pictures: dict[str, PackagePicture] = {}
    for name, stem in stems.items():
        if stem in pictures:
            refused.append(Refusal(name, 0, "another picture of the package has the same name."))
        elif stem not in described:
            refused.append(Refusal(name, 0, f"{IMAGES_YAML} says nothing of it: give it a title and what it shows."))
        elif picture := _picture(name, stem, files[name], described[stem], held, -len(pictures) - 1, refused):
            pictures[stem] = picture
    for stem in described.keys() - set(stems.values()):
        refused.append(Refusal(IMAGES_YAML, 0, f"it names “{stem}”, and there is no such file in images/."))
    return pictures, refused


def _picture(
    name: str,
    stem: str,
    data: bytes,
    details: dict[str, Any],
    held: dict[str, Image],
    number: int,
    refused: list[Refusal],
) -> PackagePicture | None:
    mark = _mark(data, details)
    image = held.get(mark) or (held[stem] if stem in held and _is_that(held[stem], data, details) else None)
    if image:
        return PackagePicture(stem, data, details, image.pk, addresses_of(image))
    try:
        check_image(data)
    except ImageRefused as error:
        refused.append(Refusal(name, 0, str(error)))
        return None
    return PackagePicture(stem, data, details, number, _addresses_of_files(mark))


def shows(content: Content, picture: PackagePicture) -> bool:
    in_activity = isinstance(content, LessonContent) and any(a.image == picture.number for a in content.activities)
    return in_activity or any(
        f'src="{address}"' in body for _, body in content.bodies() for address in picture.addresses.values()
    )


def file_name(picture: PackagePicture) -> str:
    """For `store_image`: it tells next time what was made from the same file."""
    return _mark(picture.data, picture.details)


def _mark(data: bytes, details: dict[str, Any]) -> str:
    return hashlib.sha256(dump_yaml(details).encode() + data).hexdigest()[:32]


def _held(stems: set[str]) -> dict[str, Image]:
    names = [f"images/{stem}-large.webp" for stem in stems]
    return {name_of(image): image for image in Image.objects.filter(large__in=names)}


def _is_that(image: Image, data: bytes, details: dict[str, Any]) -> bool:
    if any(getattr(image, name) != details[name] for name in DETAILS):
        return False
    with image.large.open() as file:
        return bool(file.read() == data)


def _described(data: bytes, refused: list[Refusal]) -> dict[str, dict[str, Any]]:
    path = Path(IMAGES_YAML)
    found: dict[str, dict[str, Any]] = {}
    try:
        entries = load_yaml(decoded(data, path), path) or []
        if not isinstance(entries, list) or not all(isinstance(entry, Entry) for entry in entries):
            raise StarterError(path, 1, "the file must be a list of entries.")
    except StarterError as error:
        refused.append(Refusal(IMAGES_YAML, error.line, error.reason))
        return {}
    for entry in entries:
        try:
            name, details = entry.text("name"), _details(entry)
            if name in found:
                entry.fail(f"“{name}” stands here twice.")
            found[name] = details
        except StarterError as error:
            refused.append(Refusal(IMAGES_YAML, error.line, error.reason))
    return found


def _details(entry: Entry) -> dict[str, Any]:
    details: dict[str, Any] = {name: entry.text(name, default="") for name in DETAILS if name != "is_decorative"}
    details["is_decorative"] = bool(entry.pop("is_decorative", False))
    entry.done()
    if bool(details["alt_text"]) == details["is_decorative"]:
        entry.fail("say what the picture shows in “alt_text”, or “is_decorative: true”: one of the two.")
    for name in ("title", "alt_text", "credit", "licence"):
        most = getattr(Image._meta.get_field(name), "max_length", None)
        if most and len(details[name]) > most:
            entry.fail(f"“{name}” is longer than {most} characters.")
    if not details["title"]:
        entry.fail("“title” is missing.")
    return {name: details[name] for name in DETAILS}
