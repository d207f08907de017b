"""What is printed: the pack of a lesson, and one sheet for whoever takes it over."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from safeguarding.core.pdf import can_make_pdf, pdf_response

from .. import rules, sheets
from ..forms import PackForm
from ..queries import ClassLesson, TaughtLesson
from .taught_page import addresses, for_class, to_try


def _pack(request: HttpRequest, lesson: TaughtLesson) -> HttpResponse:
    form = PackForm(request.GET)
    context = {**_context(request, lesson), "form": form, "chosen": form.chosen, "sheets": sheets.card_sheets(lesson)}
    return _printed(request, "teaching/pack.html", context, f"{lesson.slug}-pack.pdf", 200 if form.is_valid() else 400)


def _cover(request: HttpRequest, lesson: ClassLesson) -> HttpResponse:
    context = {
        **_context(request, lesson),
        "parts": sheets.in_short(lesson),
        "prepare": sheets.to_prepare(lesson),
        "is_ready": rules.is_ready(lesson.assignment),
    }
    return _printed(request, "teaching/cover.html", context, f"{lesson.slug}-cover.pdf")


def _printed(
    request: HttpRequest, template: str, context: dict[str, object], filename: str, status: int = 200
) -> HttpResponse:
    if request.GET.get("as") == "pdf" and status == 200:
        return pdf_response(request, template, context, filename)
    return render(request, template, context, status=status)


def _context(request: HttpRequest, lesson: TaughtLesson) -> dict[str, object]:
    asked = request.GET.copy()
    asked["as"] = "pdf"
    return {
        "lesson": lesson,
        "plan": lesson.plan,
        "code": lesson.language.code,
        "urls": addresses(lesson),
        "host": request.get_host(),
        "spoken_code": lesson.school_class.code.replace("-", " ") if lesson.school_class else "",
        "pdf_url": f"?{asked.urlencode()}" if can_make_pdf() else "",
    }


pack, lesson_pack = for_class(_pack), to_try(_pack)
cover = for_class(_cover, teaches=False)
