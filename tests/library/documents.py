"""Documents, sound and hostile, as bytes."""

import io
import zipfile
import zlib

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
TEMPLATE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"


def pdf(*objects: bytes) -> bytes:
    """Objects are what stands between `obj` and `endobj`."""
    body = (
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Count 0 >>\nendobj\n"
    )
    for number, held in enumerate(objects, start=3):
        body += b"%d 0 obj\n%s\nendobj\n" % (number, held)
    return body + b"xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"


def stream(held: bytes, dictionary: bytes = b"/Type /ObjStm /Filter /FlateDecode") -> bytes:
    packed = zlib.compress(held)
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (dictionary, len(packed), packed)


def types(main: str, *more: str) -> str:
    parts = "".join(f'<Override PartName="/p{n}.xml" ContentType="{one}"/>' for n, one in enumerate((main, *more)))
    return f'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{parts}</Types>'


def relation(kind: str, target: str) -> str:
    one = f'<Relationship Id="r1" Type="{kind}" Target="{target}" TargetMode="External"/>'
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{one}</Relationships>'


def zipped(parts: dict[str, str | bytes], **options: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, held in parts.items():
            archive.writestr(name, held)
    return out.getvalue()


def office(main: str = WORD, **parts: str | bytes) -> bytes:
    """`parts` come beside the needed ones; in their names, two underscores stand for a slash and `_dot_` for a dot."""
    named = {name.replace("__", "/").replace("_dot_", "."): held for name, held in parts.items()}
    needed = {"[Content_Types].xml": types(main), "word/document.xml": "<w/>"}
    return zipped({**needed, **named})


def docx(**parts: str | bytes) -> bytes:
    return office(WORD, **parts)


def pptx(**parts: str | bytes) -> bytes:
    return office(SLIDES, **parts)
