"""Pictures come in as any file and are kept as three of our own: decoded, turned upright, re-encoded, metadata gone."""

import io
import uuid
import warnings
from collections.abc import Callable
from typing import BinaryIO

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import ProtectedError, Q
from PIL import Image as Pillow
from PIL import UnidentifiedImageError

from safeguarding.accounts.models import User

from .models import Activity, GuideSection, Image, LessonSection

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
WIDTHS = {"small": 480, "medium": 960, "large": 1600}
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
RESIZABLE = ("RGB", "RGBA", "L", "LA", "CMYK", "YCbCr")
LARGEST_SIDE = 16_383  # what WebP can hold
QUALITY = 82


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
) -> Image:
    """Raises ImageRefused. The original is never stored; where the row fails, the three files are deleted again.

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
    except BaseException:
        delete_files(image)
        raise
    return image


def check_image(data: bytes) -> None:
    """Raises ImageRefused where `store_image` would."""
    _decoded(_read(io.BytesIO(data)))


def delete_image(*, image: Image) -> None:
    """Raises ImageRefused while an activity or a text shows it, in any version."""
    used = uses_of(image)
    if used:
        raise ImageRefused(
            f"This picture is used in {', '.join(used[:5])}. What has been submitted keeps its pictures."
        )
    try:
        with transaction.atomic():
            image.delete()
            transaction.on_commit(lambda: delete_files(image))
    except ProtectedError as error:
        raise ImageRefused("This picture has just been put to use. Open the page again.") from error


def uses_of(image: Image) -> list[str]:
    """Titles of the versions that show it. Three queries."""
    titles = list(
        Activity.objects.filter(Q(image=image) | _in("intro", image)).values_list("version__title", flat=True)
    )
    for model in (LessonSection, GuideSection):
        titles += model._default_manager.filter(_in("body", image)).values_list("version__title", flat=True)
    return list(dict.fromkeys(titles))


def _in(field: str, image: Image) -> Q:
    """The rich text in the field shows one of the three sizes."""
    found = Q()
    for size in WIDTHS:
        found |= Q(**{f"{field}__contains": getattr(image, size).name})
    return found


def _read(file: BinaryIO) -> bytes:
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise ImageRefused(f"The file is larger than {MOST_BYTES // 1024**2} MB. Make the picture smaller, then retry.")
    return data


def _decoded(data: bytes) -> Pillow.Image:
    """The first frame, upright, in RGB or RGBA. The size is read from the header before anything is decoded."""
    if data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<svg", b"<?xml", b"<!DOCTYPE svg")):
        raise ImageRefused("An SVG can hold script, so it is not taken. Save the picture as PNG, then send that.")
    with warnings.catch_warnings():
        # We have a limit of our own, and it is lower.
        warnings.simplefilter("ignore", Pillow.DecompressionBombWarning)
        picture = _tried(lambda: Pillow.open(io.BytesIO(data), formats=FORMATS))
        width, height = picture.size
        if width * height > MOST_PIXELS or max(width, height) > LARGEST_SIDE:
            raise ImageRefused(
                f"The picture has {width} by {height} pixels, more than 40 million in all or {LARGEST_SIDE:,} on one "
                "side. Make it smaller, then send it again."
            )
        if width < 1 or height < 1:
            raise ImageRefused("The picture has no size. Choose another.")
        return _tried(lambda: _upright(picture))


def _upright(picture: Pillow.Image) -> Pillow.Image:
    """Made smaller before it is turned and converted, so that forty million pixels are in memory twice at most."""
    picture.seek(0)
    turn = picture.getexif().get(ORIENTATION, 1)
    picture.load()
    has_alpha = "A" in picture.getbands() or "transparency" in picture.info
    mode = "RGBA" if has_alpha else "RGB"
    if picture.mode.startswith("I"):  # sixteen bits a pixel, which convert() would clip to white
        picture = picture.point(lambda value: value / 256).convert("L")
    if picture.mode not in RESIZABLE or "transparency" in picture.info:
        picture = picture.convert(mode)
    is_sideways = turn in SIDEWAYS
    width = picture.height if is_sideways else picture.width
    scale = min(1.0, WIDTHS["large"] / width)
    picture = picture.resize(
        (max(1, round(picture.width * scale)), max(1, round(picture.height * scale))), Pillow.Resampling.LANCZOS
    )
    if turn in TURNS:
        picture = picture.transpose(TURNS[turn])
    picture = picture.convert(mode)
    picture.info.clear()
    return picture


def _tried(step: Callable[[], Pillow.Image]) -> Pillow.Image:
    try:
        return step()
    except UnidentifiedImageError as error:
        raise ImageRefused("This is not a JPEG, PNG, WebP or GIF picture. Choose another file.") from error
    except Pillow.DecompressionBombError as error:
        raise ImageRefused(
            "The picture has more than 40 million pixels. Make it smaller, then send it again."
        ) from error
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError) as error:
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
