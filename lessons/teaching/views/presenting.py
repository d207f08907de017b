"""The lesson on the board, its script in a second window, and its slides as a file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ..pptx_file import PPTX, pptx_of
from ..queries import TaughtLesson
from ..slides import Slide, slides_of
from .taught_page import addresses, for_class, to_try


def _present(request: HttpRequest, lesson: TaughtLesson) -> HttpResponse:
    return render(request, "teaching/present.html", _context(request, lesson))


def _script(request: HttpRequest, lesson: TaughtLesson) -> HttpResponse:
    return render(request, "teaching/present_script.html", _context(request, lesson))


def _slides(request: HttpRequest, lesson: TaughtLesson) -> HttpResponse:
    return HttpResponse(
        pptx_of(lesson, slides_of(lesson), f"{request.get_host()}/join/"),
        content_type=PPTX,
        headers={"Content-Disposition": f'attachment; filename="{lesson.slug}.pptx"'},
    )


def _context(request: HttpRequest, lesson: TaughtLesson) -> dict[str, object]:
    slides = slides_of(lesson)
    here = _asked(request, slides)
    return {
        "lesson": lesson,
        "code": lesson.language.code,
        "slides": slides,
        "here": slides[here - 1],
        "before": here - 1,
        "after": here + 1 if here < len(slides) else 0,
        "urls": addresses(lesson),
        # Both windows of one lesson name it alike, and no other lesson does.
        "channel": f"slides-{lesson.assignment.pk}" if lesson.assignment else f"slides-{lesson.slug}",
        "host": request.get_host(),
        "spoken_code": lesson.school_class.code.replace("-", " ") if lesson.school_class else "",
    }


def _asked(request: HttpRequest, slides: tuple[Slide, ...]) -> int:
    """What is no number is the first slide, and what lies behind the last is the last."""
    asked = request.GET.get("slide", "")
    number = int(asked) if asked.isdecimal() and len(asked) <= 4 else 1
    return min(max(number, 1), len(slides))


present, lesson_present = for_class(_present), to_try(_present)
script, lesson_script = for_class(_script), to_try(_script)
slides, lesson_slides = for_class(_slides), to_try(_slides)
