"""How much memory the desk takes while it refuses, or takes, what a hostile editor uploads.

    .venv/bin/python benchmarks/hostile_uploads.py [name …]

Each upload is posted to its page in a process of its own, with a database of its own, and a line is printed: the
answer, the most memory that the process held (VmHWM, Linux), how long the page took, and its sentence. Nothing is
asserted.
"""

import io
import os
import re
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
DRAFT = "/desk/lessons/a-lesson/1/"


# --- what is sent: made in a process of its own, so that its memory is not counted ---------------------------


def _chunk(kind: bytes, held: bytes) -> bytes:
    return len(held).to_bytes(4, "big") + kind + held + zlib.crc32(kind + held).to_bytes(4, "big")


def _png(width: int, height: int, colour: int, extra: bytes = b"") -> bytes:
    """`colour`: 2 RGB, 3 palette, 6 RGBA. Written row by row."""
    depth = {2: 3, 3: 1, 6: 4}[colour]
    packer, rows = zlib.compressobj(6), []
    row = b"\0" + bytes(range(256)) * (width * depth // 256 + 1)
    for _ in range(height):
        rows.append(packer.compress(row[: 1 + width * depth]))
    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, colour, 0, 0, 0])
    palette = _chunk(b"PLTE", bytes(768)) + _chunk(b"tRNS", bytes(256)) if colour == 3 else b""
    data = b"".join(rows) + packer.flush()
    return (
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + palette + extra + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")
    )


def _pillow(form: str, size: tuple[int, int], mode: str = "RGB", **options: object) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new(mode, size, None).save(out, form, **options)
    return out.getvalue()


def _frames(form: str, count: int) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    frames = (Image.new("P" if form == "GIF" else "RGB", (64, 64), n % 256) for n in range(count))
    next(frames).save(out, form, save_all=True, append_images=frames, duration=1)
    return out.getvalue()


def _words_in_png() -> bytes:
    bomb = _chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(1_000_000)))
    return _png(64, 64, 2, bomb * 80)


def _apng() -> bytes:
    """Its first frame asks that its background is kept beside it."""
    control = _chunk(b"acTL", (2).to_bytes(4, "big") + bytes(4))
    frame = bytes(4) + (8000).to_bytes(4, "big") + (5000).to_bytes(4, "big") + bytes(8) + b"\0\1\0\1\1\0"
    return _png(8000, 5000, 6, control + _chunk(b"fcTL", frame))


def _zip(entries: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in entries.items():
            archive.writestr(name, held)
    return out.getvalue()


def _lying_zip() -> bytes:
    data = bytearray(_zip({"lessons/a.md": bytes(40_000_000)}))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = (10).to_bytes(4, "little")
    return bytes(data)


def _newer() -> bytes:
    return _zip({"package.yaml": b"format: 99\n", "lessons/a.md": b"---\n"})


def _pdf(held: bytes, times: int = 1) -> bytes:
    packer = zlib.compressobj()
    packed = b"".join(packer.compress(held) for _ in range(times)) + packer.flush()
    return b"%%PDF-1.7\n1 0 obj\n<<>>\nstream\n%s\nendstream\nendobj\nstartxref\n9\n%%%%EOF\n" % packed


def _word(**parts: bytes) -> bytes:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'.encode()
    return _zip({"[Content_Types].xml": types, **{f"word/{name}": held for name, held in parts.items()}})


DOCUMENT = "/desk/documents/new/"
IMAGE, PACKAGE, TEXT = "/desk/images/new/", "/desk/packages/import/", f"{DRAFT}text/"
MIB = 1024 * 1024
HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "an ordinary photo": (IMAGE, lambda: _pillow("JPEG", (4000, 3000))),
    "PNG, 100 megapixels": (IMAGE, lambda: _png(10_000, 10_000, 2)),
    "PNG, 40 megapixels, RGB": (IMAGE, lambda: _png(8000, 5000, 2)),
    "PNG, 40 megapixels, RGBA": (IMAGE, lambda: _png(8000, 5000, 6)),
    "PNG, 40 megapixels, palette": (IMAGE, lambda: _png(8000, 5000, 3)),
    "PNG, 40 megapixels, tall": (IMAGE, lambda: _png(2442, 16_380, 6)),
    "PNG, 80 MB of words": (IMAGE, _words_in_png),
    "PNG, moving, 40 megapixels": (IMAGE, _apng),
    "JPEG, 40 megapixels": (IMAGE, lambda: _pillow("JPEG", (8000, 5000))),
    "JPEG, 20 megapixels, CMYK, progressive": (
        IMAGE,
        lambda: _pillow("JPEG", (5000, 4000), "CMYK", progressive=True, subsampling=0),
    ),
    "JPEG, 40 megapixels, progressive": (IMAGE, lambda: _pillow("JPEG", (8000, 5000), progressive=True)),
    "JPEG, cut off": (IMAGE, lambda: _pillow("JPEG", (4000, 3000))[:40_000]),
    "WebP, 39 megapixels": (IMAGE, lambda: _pillow("WEBP", (7800, 5000))),
    "WebP, 8 megapixels, lossless": (IMAGE, lambda: _pillow("WEBP", (3200, 2500), "RGBA", lossless=True)),
    "GIF, 3000 frames": (IMAGE, lambda: _frames("GIF", 3000)),
    "WebP, 3000 frames": (IMAGE, lambda: _frames("WEBP", 3000)),
    "GIF, 40 megapixels": (IMAGE, lambda: _pillow("GIF", (8000, 5000), "P")),
    "SVG with script": (IMAGE, lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    "25 MB of anything as a picture": (IMAGE, lambda: bytes(25 * MIB)),
    "zip, 5 files of 40 MB": (PACKAGE, lambda: _zip({f"lessons/a{n}.md": bytes(40_000_000) for n in range(5)})),
    "zip, climbs out": (PACKAGE, lambda: _zip({"../../etc/passwd": b"root"})),
    "zip, lies about its size": (PACKAGE, _lying_zip),
    "package of a newer version": (PACKAGE, _newer),
    "60 MB package": (PACKAGE, lambda: bytes(60 * MIB)),
    "PDF of 19 MB": (DOCUMENT, lambda: _pdf(os.urandom(19 * MIB))),
    "PDF that unpacks to 1 GB": (DOCUMENT, lambda: _pdf(bytes(MIB), 1024)),
    "PDF with script": (DOCUMENT, lambda: _pdf(b"<< /S /JavaScript >>")),
    "Word document that unpacks to 400 MB": (
        DOCUMENT,
        lambda: _word(**{f"{n}.xml": bytes(50 * MIB) for n in range(8)}),
    ),
    "Word document with macros": (DOCUMENT, lambda: _word(**{"vbaProject.bin": b"x"})),
    "25 MB of anything as a document": (DOCUMENT, lambda: bytes(25 * MIB)),
    "2 MB pasted from Word": (TEXT, lambda: b'<p class="MsoNormal"><o:p>&nbsp;</o:p><b>Word</b></p>\n' * 38_000),
    "7 MB of text": (TEXT, lambda: b"<p>words</p>" * 600_000),
    "script in a text": (TEXT, lambda: b'<p onclick="x()">a</p><script>alert(1)</script>'),
}


# --- in the process that is measured -------------------------------------------------------------------------


def _django() -> None:
    import django

    django.setup()


def prepare() -> None:
    """The database that each process gets a copy of: an editor with a draft."""
    _django()
    from django.core.management import call_command

    from lessons.editorial.services import create_lesson
    from lessons.library.models import AgeBand, Topic
    from safeguarding.accounts.models import User

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    editor = User.objects.create_user("editor@example.org", "a long password", name="Eda", is_editor=True)
    topic = Topic.objects.create(slug="a-topic", name="A topic", least_age=5)
    band = AgeBand.objects.create(slug="a-band", name="A band", age_from=7, age_to=9, reading_age_max=9)
    create_lesson(actor=editor, slug="a-lesson", topic=topic, band=band, title="A lesson")


def send(page: str, path: Path) -> None:
    _django()
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client

    from safeguarding.accounts.models import User

    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.get(), backend="allauth.account.auth_backends.AuthenticationBackend")
    client.get(page)
    data: dict[str, object]
    if page == TEXT:
        token = re.findall(r'name="token" value="(\w+)"', client.get(page).content.decode())[0]
        data = {"token": token, "starter": path.read_text()}
    else:
        data = {"title": "A", "alt_text": "B", "file": SimpleUploadedFile("upload.bin", path.read_bytes())}
    before = _most_mb()
    started = time.perf_counter()
    answer = client.post(page, data)
    taken = time.perf_counter() - started
    print(f"{answer.status_code}  {_most_mb():4.0f} MB (before {before:.0f})  {taken:5.2f} s  {_sentence(answer)}")


def _most_mb() -> float:
    return int(re.findall(r"VmHWM:\s*(\d+)", Path("/proc/self/status").read_text())[0]) / 1024


def _sentence(answer: object) -> str:
    text = getattr(answer, "content", b"").decode()
    kinds = r'role="alert">(.*?)</div>|class="errorlist"[^>]*>(.*?)</ul>|<h2>Refused.*?<li>(.*?)</li>'
    found = re.search(kinds, text, re.DOTALL)
    words = re.sub(r"<[^>]*>", " ", next(filter(None, found.groups()), "")) if found else ""
    return " ".join(unescape(words).split())[:150]


def main(names: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        env = {
            **os.environ,
            "SECRET_KEY": "only for this",
            "DJANGO_SETTINGS_MODULE": "tests.settings",  # static files need not be collected
            "TMPDIR": folder,
            "DATABASE_URL": f"sqlite:///{place / 'db.sqlite3'}",
            "LOG_LEVEL": "ERROR",
        }

        def run(*arguments: str) -> str:
            command = [sys.executable, __file__, *arguments]
            done = subprocess.run(command, env=env, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
            return done.stdout.strip()

        run("--prepare")
        for name in _chosen(names):
            run("--make", name, str(place / "upload"))
            print(f"{name:42}{run('--send', HOSTILE[name][0], str(place / 'upload'))}", flush=True)


def _chosen(names: list[str]) -> Iterator[str]:
    return (name for name in HOSTILE if not names or any(part in name for part in names))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--prepare"]:
            prepare()
        case ["--make", name, path]:
            Path(path).write_bytes(HOSTILE[name][1]())
        case ["--send", page, path]:
            send(page, Path(path))
        case names:
            main(names)
