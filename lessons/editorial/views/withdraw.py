"""Taking something away at once: a page that says what will happen, and the button that does it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lessons.teaching.holding import open_class_count, teachers_who_hold

from .. import services
from ..enums import Kind
from ..errors import EditorialError, NotAllowed
from ..forms.withdraw import WithdrawForm
from ..queries.schedule import plan_of
from ..queries.translations import languages_of_translations, with_translations
from ..queries.version import get_versions, numbered
from .access import current_user, desk_form, status_of
from .schedule import require_reviewer


@desk_form
def withdraw(request: HttpRequest, kind: Kind, slug: str, number: int) -> HttpResponse:
    """GET says what will happen, POST does it."""
    require_reviewer(request)
    versions = get_versions(kind, slug)
    version = numbered(versions, number)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    status = 400 if form.is_bound else 200
    if form.is_valid():
        try:
            services.withdraw_item(actor=current_user(request), identity=version.identity, **form.cleaned_data)
        except NotAllowed as error:
            raise PermissionDenied(str(error)) from error
        except EditorialError as error:
            form.add_error(None, str(error))
            status = status_of(error)
        else:
            messages.success(request, "It is withdrawn: nobody can read it any more.")
            return redirect("editorial:version", kind=kind, slug=slug, number=number)
    is_lesson = kind is Kind.LESSONS
    lessons = with_translations(version.identity) if is_lesson else ()
    context = {
        "kind": kind,
        "version": version,
        "slug": slug,
        "form": form,
        "plan": plan_of(versions),
        "is_lesson": is_lesson,
        "classes": open_class_count(*lessons),
        "languages": languages_of_translations(version.identity),
        "teachers": len(teachers_who_hold(*lessons)),
    }
    return render(request, "editorial/withdraw.html", context, status=status)
