import io
import random
import struct
import zlib
from pathlib import Path

import pytest
from django.db import DatabaseError
from PIL import Image as Pillow

from lessons.library import image_store
from lessons.library.image_store import ImageRefused, delete_image, store_image
from lessons.library.models import Image

pytestmark = pytest.mark.django_db
GPS = 0x8825


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def files(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


def encoded(size=(2000, 1000), form="JPEG", mode="RGB", **options) -> bytes:
    out = io.BytesIO()
    Pillow.new(mode, size, 100 if mode in ("L", "P", "1", "I;16") else None).save(out, form, **options)
    return out.getvalue()


def store(data: bytes, **changes) -> Image:
    values = {"title": "A tree", "alt_text": "An oak.", **changes}
    return store_image(actor=None, file=io.BytesIO(data), **values)


def opened(field) -> Pillow.Image:
    with field.open() as held:
        picture = Pillow.open(io.BytesIO(held.read()))
        picture.load()
    return picture


def test_a_picture_becomes_three_webp_files_and_the_original_is_not_kept(media):
    image = store(encoded())

    assert [opened(getattr(image, size)).size for size in ("small", "medium", "large")] == [
        (480, 240),
        (960, 480),
        (1600, 800),
    ]
    assert (image.width_px, image.height_px) == (1600, 800)
    assert {path.suffix for path in files(media)} == {".webp"}
    assert len(files(media)) == 3
    assert image.small.name.startswith("images/")
    assert "tree" not in image.small.name


def test_a_small_picture_is_never_enlarged():
    image = store(encoded((100, 50)))

    assert {opened(getattr(image, size)).size for size in ("small", "medium", "large")} == {(100, 50)}


@pytest.mark.parametrize(
    ("form", "mode"),
    [
        ("JPEG", "RGB"),
        ("JPEG", "CMYK"),
        ("JPEG", "L"),
        ("PNG", "RGBA"),
        ("PNG", "P"),
        ("PNG", "1"),
        ("PNG", "I;16"),
        ("PNG", "LA"),
        ("WEBP", "RGB"),
        ("GIF", "P"),
    ],
)
def test_each_format_and_mode_is_taken(form, mode):
    image = store(encoded((60, 40), form, mode))

    assert opened(image.large).size == (60, 40)


def test_sixteen_bits_a_pixel_do_not_turn_white():
    out = io.BytesIO()
    Pillow.new("I;16", (20, 20), 0x4000).save(out, "PNG")

    assert 50 < opened(store(out.getvalue()).large).convert("L").getpixel((10, 10)) < 80


def test_what_is_transparent_stays_transparent():
    out = io.BytesIO()
    Pillow.new("RGBA", (20, 20), (0, 0, 0, 0)).save(out, "PNG")

    assert opened(store(out.getvalue()).large).getpixel((5, 5))[3] == 0


@pytest.mark.parametrize(("turn", "size"), [(1, (60, 40)), (3, (60, 40)), (6, (40, 60)), (8, (40, 60))])
def test_the_rotation_is_applied(turn, size):
    exif = Pillow.Exif()
    exif[0x0112] = turn

    assert opened(store(encoded((60, 40), exif=exif)).large).size == size


def test_a_picture_on_its_side_stands_upright_with_its_top_on_top():
    picture = Pillow.new("RGB", (60, 40), "white")
    picture.paste("red", (0, 0, 20, 40))  # the left edge, which orientation 6 turns to the top
    exif = Pillow.Exif()
    exif[0x0112] = 6
    out = io.BytesIO()
    picture.save(out, "PNG", exif=exif)
    turned = opened(store(out.getvalue()).large).convert("RGB")

    red, green, _ = turned.getpixel((20, 5))
    assert red > 200 > 60 > green
    assert min(turned.getpixel((20, 55))) > 200


def test_place_camera_and_colour_profile_are_dropped():
    exif = Pillow.Exif()
    exif[0x010F] = "Secret camera"
    exif.get_ifd(GPS)[1] = "N"
    data = encoded((60, 40), exif=exif, icc_profile=b"a profile", comment=b"a comment")
    image = store(data)

    for size in ("small", "medium", "large"):
        picture = opened(getattr(image, size))
        assert not picture.getexif()
        assert not {"exif", "xmp", "icc_profile", "comment"} & set(picture.info)


@pytest.mark.parametrize(("form", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("JPEG", "RGB"), ("PNG", "I;16")])
def test_a_large_picture_looks_the_same_made_smaller_strip_by_strip(form, mode):
    """Two halves, of which neither the seam nor a strip's edge may show."""
    data = io.BytesIO()
    shades = Pillow.linear_gradient("L").resize((3210, 2411)).convert("RGB")
    shades = shades.convert({"P": "P", "RGBA": "RGBA", "I;16": "L"}.get(mode, "RGB"))
    shades.save(data, form)
    expected = Pillow.open(data).convert("RGB").resize((1600, 1202), Pillow.Resampling.LANCZOS).convert("L")
    got = opened(store(data.getvalue()).large).convert("L")

    assert got.size == (1600, 1202)
    assert max(abs(got.getpixel((800, y)) - expected.getpixel((800, y))) for y in range(0, 1202, 7)) < 8


def test_a_very_tall_picture_is_made_narrower():
    image = store(encoded((1000, 16_000), "PNG"))

    assert image.width_px * image.height_px <= 1600 * 3000 + 3000
    assert abs(image.height_px / image.width_px - 16) < 0.1


def test_of_a_moving_picture_the_first_frame_is_kept():
    frames = [Pillow.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    picture = opened(store(out.getvalue()).large)

    assert getattr(picture, "n_frames", 1) == 1
    assert picture.convert("RGB").getpixel((5, 5))[0] > 200


def noise() -> bytes:
    return random.Random(1).randbytes(10 * 1024 * 1024 + 1)


def png_that_claims(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    start = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return start + struct.pack(">I", 4) + b"IDAT" + b"data"


def png_with_words() -> bytes:
    words = b"zTXta\0\0" + zlib.compress(bytes(1_000_000))
    chunk = struct.pack(">I", len(words) - 4) + words + struct.pack(">I", zlib.crc32(words))
    plain = encoded((20, 20), "PNG")
    return plain[:33] + chunk * 3 + plain[33:]


REFUSED = {
    "not a picture": (lambda: b"Dear editor,", "not a JPEG"),
    "empty": (lambda: b"", "not a JPEG"),
    "an SVG": (lambda: b"\n<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "An SVG can hold script"),
    "an SVG after an XML line": (lambda: b"<?xml version='1.0'?><svg/>", "An SVG can hold script"),
    "a TIFF": (lambda: encoded((20, 20), "TIFF"), "not a JPEG"),
    "a BMP": (lambda: encoded((20, 20), "BMP"), "not a JPEG"),
    "a truncated JPEG": (lambda: encoded()[:3000], "damaged or cut off"),
    "a truncated PNG": (lambda: encoded(form="PNG")[:200], "damaged or cut off"),
    "a truncated WebP": (lambda: encoded(form="WEBP")[:80], r"another file|cut off"),
    "more than ten megabytes": (noise, "larger than 10 MB"),
    "more than forty megapixels": (lambda: png_that_claims(8000, 5001), "more than 40 million"),
    "a decompression bomb": (lambda: png_that_claims(60_000, 60_000), "more than 40 million"),
    "a WebP of more than eight megapixels": (lambda: encoded((3001, 2700), "WEBP"), "a WebP may have 8 million"),
    "a progressive JPEG of 21 megapixels": (
        lambda: encoded((7000, 3001), "JPEG", "L", progressive=True),
        "progressive",
    ),
    "a JPEG of a hundred passes": (lambda: encoded((40, 40), progressive=True) + b"\xff\xda" * 101, "progressive"),
    "a PNG full of words": (lambda: png_with_words(), "damaged"),
    "a picture with no height": (lambda: png_that_claims(10, 0), "not a JPEG|damaged|no size"),
    "too long on one side": (lambda: png_that_claims(20_000, 10), "on one"),
}


@pytest.mark.parametrize(("make", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_gets_a_sentence_and_nothing_is_stored(media, make, sentence):
    with pytest.raises(ImageRefused, match=sentence) as refused:
        store(make())

    assert str(refused.value).endswith(".")
    assert files(media) == []
    assert not Image.objects.exists()


def test_the_size_is_read_before_anything_is_decoded(monkeypatch):
    def fail(picture):
        raise AssertionError("decoded")

    monkeypatch.setattr(image_store, "_upright", fail)
    with pytest.raises(ImageRefused):
        store(png_that_claims(8000, 5001))


def test_where_the_row_fails_no_file_is_left(media, monkeypatch):
    def fail(self, *args, **kwargs):
        raise DatabaseError("The disk is full.")

    monkeypatch.setattr(Image, "save", fail)
    with pytest.raises(DatabaseError):
        store(encoded((60, 40)))

    assert files(media) == []


def test_the_database_refuses_a_picture_without_alternative_text_and_no_file_is_left(media):
    with pytest.raises(DatabaseError):
        store(encoded((60, 40)), alt_text="")

    assert files(media) == []


def test_where_the_second_file_fails_the_first_is_deleted(media, monkeypatch):
    save = image_store._webp
    calls = []

    def fail(picture):
        calls.append(picture)
        if len(calls) == 2:
            raise OSError("The disk is full.")
        return save(picture)

    monkeypatch.setattr(image_store, "_webp", fail)
    with pytest.raises(OSError, match="disk"):
        store(encoded((60, 40)))

    assert files(media) == []


def test_deleting_takes_the_files_too(media, django_capture_on_commit_callbacks):
    image = store(encoded((60, 40)))
    with django_capture_on_commit_callbacks(execute=True):
        delete_image(image=image)

    assert files(media) == []
    assert not Image.objects.exists()
