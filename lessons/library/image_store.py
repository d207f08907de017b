"""Pictures come in as any file and are kept as three of our own: decoded, turned upright, re-encoded, metadata gone."""

import io
import math
import struct
import uuid
import warnings
from collections.abc import Callable, Iterable
from typing import BinaryIO

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import ProtectedError, Q, QuerySet
from PIL import Image as Pillow
from PIL import PngImagePlugin, UnidentifiedImageError

from safeguarding.accounts.models import User

from .models import Image
from .uses import Use, versions_among

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000
# libwebp holds four copies of a picture while it decodes it, and libjpeg all passes of one that has several: with these
# numbers no upload takes the process beyond 300 MB (benchmarks/hostile_uploads.py).
MOST_PIXELS_WEBP = 8_000_000
MOST_PIXELS_PASSES = 20_000_000
MOST_PASSES = 100
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
WIDTHS = {"small": 480, "medium": 960, "large": 1600}
LARGEST_PIXELS = 1600 * 3000  # of a very tall picture, which is made narrower
ORIENTATION = 0x0112  # Source: Exif 2.32, 2019, section 4.6.4
TURNS = {
    2: Pillow.Transpose.FLIP_LEFT_RIGHT,
    3: Pillow.Transpose.ROTATE_180,
    4: Pillow.Transpose.FLIP_TOP_BOTTOM,
    5: Pillow.Transpose.TRANSPOSE,
    6: Pillow.Transpose.ROTATE_270,
    7: Pillow.Transpose.TRANSVERSE,
    8: Pillow.Transpose.ROTATE_90,
}
SIDEWAYS = (5, 6, 7, 8)
LARGEST_SIDE = 16_383  # what WebP can hold
STRIP_ROWS = 32
QUALITY = 82
_SCAN = b"\xff\xda"  # begins a pass. Source: ISO/IEC 10918-1, 1994, table B.1

# Words in a PNG are never read, and sixty-four megabytes of them are too many.
PngImagePlugin.MAX_TEXT_MEMORY = 2 * 1024 * 1024


class ImageRefused(Exception):
    """A picture that is not taken, or not deleted; nothing has changed. Its text is a sentence for the person."""


def store_image(
    *,
    actor: User | None,
    file: BinaryIO,
    title: str,
    alt_text: str = "",
    is_decorative: bool = False,
    credit: str = "",
    licence: str = "",
    name: str = "",
    also: Callable[[Image], object] | None = None,
) -> Image:
    """Raises ImageRefused. The original is never stored; where the row fails, the three files are deleted again.

    `also` is done in the transaction of the row, which is short: decoding would hold up every other writer of SQLite.
    `name` is that of the files, where it says what they were made from; else they are given one that says nothing.
    """
    picture = _decoded(_read(file))
    name = name or uuid.uuid4().hex
    image = Image(
        title=title,
        alt_text=alt_text,
        is_decorative=is_decorative,
        credit=credit,
        licence=licence,
        uploaded_by=actor,
    )
    sizes = {size: _resized(picture, width) for size, width in WIDTHS.items()}
    image.width_px, image.height_px = sizes["large"].size
    try:
        for size, resized in sizes.items():
            getattr(image, size).save(f"{name}-{size}.webp", ContentFile(_webp(resized)), save=False)
        with transaction.atomic():
            image.save()
            if also:
                also(image)
    except BaseException:
        delete_files(image)
        raise
    return image


def check_image(data: bytes) -> None:
    """Raises ImageRefused where `store_image` would."""
    _decoded(_read(io.BytesIO(data)))


def delete_image(*, image: Image) -> None:
    """Raises ImageRefused while any version shows it, in an activity or a text, live or kept in history."""
    try:
        with transaction.atomic():
            # A version that is saved meanwhile waits for this lock, because its row refers to this one.
            Image.objects.select_for_update().filter(pk=image.pk).first()
            used = uses_of(image)
            if used:
                named = ", ".join(str(use) for use in used[:5])
                raise ImageRefused(f"This picture is used in {named}. What has been submitted keeps its pictures.")
            image.delete()
            transaction.on_commit(lambda: delete_files(image))
    except ProtectedError as error:
        raise ImageRefused("This picture has just been put to use. Open the page again.") from error


def addresses_of(image: Image) -> dict[str, str]:
    """Where its files stand, by size, as a text names them."""
    return {size: settings.MEDIA_URL + getattr(image, size).name for size in WIDTHS}


def images_at(addresses: Iterable[str]) -> QuerySet[Image]:
    """The pictures that stand at these addresses, in any of their sizes."""
    names = {address.removeprefix(settings.MEDIA_URL) for address in addresses}
    return Image.objects.filter(Q(small__in=names) | Q(medium__in=names) | Q(large__in=names))


def uses_of(image: Image) -> list[Use]:
    """The versions that show it, the newest first. Two queries."""
    return versions_among(image.lessonversions.all(), image.guideversions.all())


def _read(file: BinaryIO) -> bytes:
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise ImageRefused(f"The file is larger than {MOST_BYTES // 1024**2} MB. Make the picture smaller, then retry.")
    return data


def _decoded(data: bytes) -> Pillow.Image:
    """The first frame, upright, in RGB or RGBA, as large as it is kept."""
    if data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<svg", b"<?xml", b"<!DOCTYPE svg")):
        raise ImageRefused("An SVG can hold script, so it is not taken. Save the picture as PNG, then send that.")
    with warnings.catch_warnings():
        # We have a limit of our own, and it is lower.
        warnings.simplefilter("ignore", Pillow.DecompressionBombWarning)
        return _tried(lambda: _upright(_opened(data)))


def _opened(data: bytes) -> Pillow.Image:
    """Nothing of it is decoded yet. Raises ImageRefused for one that would be too much to decode."""
    picture = Pillow.open(io.BytesIO(data), formats=FORMATS)
    width, height = picture.size
    if width < 1 or height < 1:
        raise ImageRefused("The picture has no size. Choose another.")
    if width * height > MOST_PIXELS or max(width, height) > LARGEST_SIDE:
        raise ImageRefused(
            f"The picture has {width} by {height} pixels, more than 40 million in all or {LARGEST_SIDE:,} on one "
            "side. Make it smaller, then send it again."
        )
    if picture.format == "WEBP" and width * height > MOST_PIXELS_WEBP:
        raise ImageRefused(
            f"The picture has {width} by {height} pixels; a WebP may have 8 million. Save it as JPEG or PNG, which may "
            "have 40 million, or make it smaller."
        )
    passes = data.count(_SCAN, picture.fp.tell()) if picture.format in ("JPEG", "MPO") and picture.fp else 0
    if passes > MOST_PASSES or (passes and width * height > MOST_PIXELS_PASSES):
        raise ImageRefused(
            f"The picture has {width} by {height} pixels and is saved as a progressive JPEG, which may have 20 "
            "million. Save it without “progressive”, or make it smaller."
        )
    return picture


def _upright(picture: Pillow.Image) -> Pillow.Image:
    """The first frame, made smaller before it is turned, so that forty million pixels are in memory once only."""
    turn = picture.getexif().get(ORIENTATION, 1)
    width, height = _largest(picture.size, is_sideways=turn in SIDEWAYS)
    picture.draft(None, (width, height))  # a JPEG can be decoded at a half, a quarter or an eighth of its size
    picture.load()
    has_alpha = "A" in picture.getbands() or "transparency" in picture.info
    picture = _in_strips(picture, "RGBA" if has_alpha else "RGB", (width, height))
    return picture.transpose(TURNS[turn]) if turn in TURNS else picture


def _largest(size: tuple[int, int], *, is_sideways: bool) -> tuple[int, int]:
    """What is kept of it, before it is turned; never enlarged."""
    width, height = size
    scale = min(1.0, WIDTHS["large"] / (height if is_sideways else width), math.sqrt(LARGEST_PIXELS / (width * height)))
    return max(1, round(width * scale)), max(1, round(height * scale))


def _in_strips(picture: Pillow.Image, mode: str, size: tuple[int, int]) -> Pillow.Image:
    """Resized and converted strip by strip: either at once would need a second copy of all its pixels."""
    width, height = size
    small = Pillow.new(mode, size)
    scale = picture.height / height
    around = math.ceil(3 * max(scale, 1)) + 1  # rows on either side that the filter looks at
    for top in range(0, height, STRIP_ROWS):
        bottom = min(top + STRIP_ROWS, height)
        first = max(0, math.floor(top * scale) - around)
        last = min(picture.height, math.ceil(bottom * scale) + around)
        strip = _converted(picture.crop((0, first, picture.width, last)), mode)
        box = (0, top * scale - first, picture.width, bottom * scale - first)
        small.paste(strip.resize((width, bottom - top), Pillow.Resampling.LANCZOS, box), (0, top))
    return small


def _converted(strip: Pillow.Image, mode: str) -> Pillow.Image:
    if strip.mode.startswith("I"):  # sixteen bits a pixel, which convert() would clip to white
        strip = strip.point(lambda value: value / 256).convert("L")
    return strip if strip.mode == mode and "transparency" not in strip.info else strip.convert(mode)


def _tried(step: Callable[[], Pillow.Image]) -> Pillow.Image:
    try:
        return step()
    except UnidentifiedImageError as error:
        raise ImageRefused("This is not a JPEG, PNG, WebP or GIF picture. Choose another file.") from error
    except Pillow.DecompressionBombError as error:
        raise ImageRefused(
            "The picture has more than 40 million pixels. Make it smaller, then send it again."
        ) from error
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError, KeyError, struct.error) as error:
        # Pillow raises any of these for a file that ends too early or contradicts itself.
        raise ImageRefused(
            "The picture is damaged or cut off. Save it again in another program, then retry."
        ) from error


def _resized(picture: Pillow.Image, width: int) -> Pillow.Image:
    """At most this wide; never enlarged."""
    if picture.width <= width:
        return picture
    height = max(1, round(picture.height * width / picture.width))
    return picture.resize((width, height), Pillow.Resampling.LANCZOS)


def _webp(picture: Pillow.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=QUALITY, method=4, exif=b"", xmp=b"", icc_profile=b"")
    return out.getvalue()


def delete_files(image: Image) -> None:
    """The three files, whose row is gone or was never kept."""
    for size in WIDTHS:
        held = getattr(image, size)
        if held.name:
            held.storage.delete(held.name)
