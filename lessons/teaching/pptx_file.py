"""The slides as a PowerPoint file, made in memory: a title and an outline on every slide, the script in its notes."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from PIL import Image, UnidentifiedImageError
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.util import Emu, Inches, Length, Pt

from lessons.library.models.illustrations import Picture
from safeguarding.core.languages import Language
from safeguarding.core.rich_lines import Line, LineKind, plain_lines
from safeguarding.core.richtext import plain_text
from safeguarding.core.spreadsheets import UNFIT

from .queries.taught import TaughtLesson
from .slides import Slide, SlideKind

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
EDGE = Inches(0.7)
TITLE_TOP, TITLE_HEIGHT = Inches(0.75), Inches(1.25)
BODY_TOP, BODY_HEIGHT = Inches(2.05), Inches(4.95)
TITLE_AND_BODY, TITLE_ONLY = 1, 5  # of the layouts that python-pptx brings
TITLE_SIZE, LONG_TITLE_SIZE, TEXT_SIZE, PROMPT_SIZE, ANSWER_SIZE, EYEBROW_SIZE = (
    Pt(38),
    Pt(26),
    Pt(28),
    Pt(38),
    Pt(22),
    Pt(18),
)
TEAL, INK, PAPER = RGBColor(0x07, 0x44, 0x41), RGBColor(0x1D, 0x2F, 0x2E), RGBColor(0xFF, 0xFD, 0xF9)


def pptx_of(lesson: TaughtLesson, slides: Iterable[Slide], join_address: str) -> bytes:
    """`join_address` is where pupils type the class code.

    Uploaded pictures come along as PNG. Our drawings are SVG, which PowerPoint's format takes only beside a copy in
    pixels; they stay on the board.
    """
    writer = _Writer(lesson, join_address)
    for slide in slides:
        writer.add(slide)
    return writer.written()


class _Writer:
    def __init__(self, lesson: TaughtLesson, join_address: str) -> None:
        self.lesson, self.join_address = lesson, join_address
        self.file = Presentation()
        self.file.slide_width, self.file.slide_height = WIDTH, HEIGHT
        about = self.file.core_properties
        about.title, about.subject = _fit(lesson.title), _fit(lesson.version.lesson.topic.name)
        about.author, about.language = "Safeguarding lessons", lesson.language.code

    def add(self, slide: Slide) -> None:
        picture = _png(slide.picture) or next(
            (_png_at(line.address) for line in slide.lines if line.kind == LineKind.PICTURE), None
        )
        if picture:
            self._add_picture(slide, *picture)
        lines = self._lines(slide)
        if lines or not picture:
            size = PROMPT_SIZE if slide.kind == SlideKind.PROMPT else TEXT_SIZE
            self._add_text(slide, slide.title, lines, size)
        answers = _answers(slide)
        if answers:
            self._add_text(slide, f"{slide.title}: answers", answers, ANSWER_SIZE)

    def written(self) -> bytes:
        made = io.BytesIO()
        self.file.save(made)
        return made.getvalue()

    def _lines(self, slide: Slide) -> tuple[Line, ...]:
        lines = tuple(line for line in slide.lines if line.kind != LineKind.PICTURE)
        match slide.kind:
            case SlideKind.DEVICES if self.lesson.school_class:
                code = self.lesson.school_class.code.replace("-", " ")
                return (*lines, *plain_lines(f"Go to {self.join_address}", f"Class code: {code}"))
            case SlideKind.HELP:
                return (*lines, *plain_lines(*(_service(service) for service in slide.services), kind=LineKind.BULLET))
            case SlideKind.QUESTION | SlideKind.ITEMS:
                lettered = (f"{chr(65 + n)}.  {item.text}" for n, item in enumerate(slide.items))
                return (*lines, *plain_lines(*lettered))
        return lines

    def _add_text(self, slide: Slide, title: str, lines: Sequence[Line], size: Length) -> None:
        made = self._new(slide, title, TITLE_AND_BODY)
        body = made.placeholders[1]
        body.left, body.top, body.width, body.height = EDGE, BODY_TOP, WIDTH - 2 * EDGE, BODY_HEIGHT
        frame = body.text_frame
        frame.word_wrap = True
        for number, line in enumerate(lines):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            self._write(paragraph, line, size, self._language(slide))
            if line.kind not in (LineKind.BULLET, LineKind.NUMBER):
                _without_bullet(paragraph)

    def _add_picture(self, slide: Slide, png: io.BytesIO, width: int, height: int, alt: str) -> None:
        made = self._new(slide, slide.title, TITLE_ONLY)
        scale = min((WIDTH - 2 * EDGE) / width, BODY_HEIGHT / height)
        shown = Emu(int(width * scale)), Emu(int(height * scale))
        picture = made.shapes.add_picture(png, Emu((WIDTH - shown[0]) // 2), BODY_TOP, *shown)
        picture._element.nvPicPr.cNvPr.set("descr", _fit(alt))

    def _new(self, slide: Slide, title: str, layout: int) -> Any:
        made = self.file.slides.add_slide(self.file.slide_layouts[layout])
        made.background.fill.solid()
        made.background.fill.fore_color.rgb = PAPER
        language = self._language(slide)
        head = made.shapes.title
        head.left, head.top, head.width, head.height = EDGE, TITLE_TOP, WIDTH - 2 * EDGE, TITLE_HEIGHT
        head.text_frame.word_wrap = True
        size = LONG_TITLE_SIZE if slide.has_long_title else TITLE_SIZE
        self._write(head.text_frame.paragraphs[0], plain_lines(title)[0], size, language, TEAL)
        head.text_frame.paragraphs[0].runs[0].font.bold = True
        _to_the_start(head.text_frame.paragraphs[0], language)
        if slide.eyebrow:
            box = made.shapes.add_textbox(EDGE, Inches(0.35), WIDTH - 2 * EDGE, Inches(0.4))
            self._write(box.text_frame.paragraphs[0], plain_lines(slide.eyebrow)[0], EYEBROW_SIZE, language, TEAL)
        if slide.notes:
            made.notes_slide.notes_text_frame.text = _fit(plain_text(slide.notes))
        return made

    def _language(self, slide: Slide) -> Language | None:
        """None: in the words of the product, which are English here."""
        return None if slide.is_ours else self.lesson.language

    def _write(
        self, paragraph: Any, line: Line, size: Length, language: Language | None, colour: RGBColor = INK
    ) -> None:
        for part in line.runs:
            run = paragraph.add_run()
            run.text = _fit(part.text)
            run.font.size, run.font.color.rgb = size, colour
            run.font.bold = part.strong or line.kind == LineKind.HEADING or None
            run.font.italic = part.em or None
            run._r.get_or_add_rPr().set("lang", language.code if language else "en-GB")
        paragraph.space_after = Pt(8)
        if language and language.direction == "rtl":
            paragraph._p.get_or_add_pPr().set("rtl", "1")


def _answers(slide: Slide) -> tuple[Line, ...]:
    if slide.kind not in (SlideKind.ITEMS, SlideKind.PROMPT):
        return ()
    told = [item for item in slide.items if item.answer or item.feedback]
    return plain_lines(*(": ".join(filter(None, (item.text, item.answer, item.feedback))) for item in told))


def _service(service: Any) -> str:
    ways = (service.phone, f"text {service.text_to}" if service.text_to else "", service.url)
    return f"{service.name}: {' · '.join(way for way in ways if way)}"


def _png(picture: Picture | None) -> tuple[io.BytesIO, int, int, str] | None:
    return _png_at(picture.url, picture.alt) if picture and picture.url else None


def _png_at(address: str, alt: str = "") -> tuple[io.BytesIO, int, int, str] | None:
    """None where there is no such picture any more: the slide has its words."""
    name = address.removeprefix(settings.MEDIA_URL)
    if name == address or not default_storage.exists(name):
        return None
    made = io.BytesIO()
    try:
        with default_storage.open(name) as found, Image.open(found) as image:
            image.convert("RGB").save(made, "PNG")
            width, height = image.size
    except (UnidentifiedImageError, OSError):
        return None
    made.seek(0)
    return made, width, height, alt


def _without_bullet(paragraph: Any) -> None:
    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", "0")
    properties.set("indent", "0")
    properties.append(properties.makeelement("{http://schemas.openxmlformats.org/drawingml/2006/main}buNone", {}))


def _to_the_start(paragraph: Any, language: Language | None) -> None:
    paragraph._p.get_or_add_pPr().set("algn", "r" if language and language.direction == "rtl" else "l")


def _fit(text: str) -> str:
    """Without what no XML can hold."""
    return UNFIT.sub("", text)
