from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lessons.dashboards.forms import DigestForm, ReadForm
from lessons.dashboards.queries.notices import digest_of
from lessons.dashboards.queries.notices import notices as load_notices
from lessons.teaching.enums import Digest
from lessons.teaching.services import change_digest, mark_notices_read
from safeguarding.accounts.current import current_user
from safeguarding.core.forms import problems_of
from safeguarding.schools.access import get_school


@login_required
@never_cache
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    get_school(current_user(request))
    return _page(request, DigestForm(initial={"digest": digest_of(current_user(request))}))


@login_required
@never_cache
@require_POST
def notices_read(request: HttpRequest) -> HttpResponse:
    user = current_user(request)
    get_school(user)
    form = ReadForm(request.POST)
    if not form.is_valid():
        return _page(request, DigestForm(initial={"digest": digest_of(user)}), read=form, status=400)
    mark_notices_read(actor=user, **form.cleaned_data)
    messages.success(request, "Your notices are marked as read.")
    return redirect("dashboards:notices")


@login_required
@never_cache
@require_POST
def notices_digest(request: HttpRequest) -> HttpResponse:
    user = current_user(request)
    get_school(user)
    form = DigestForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=400)
    change_digest(actor=user, **form.cleaned_data)
    is_off = form.cleaned_data["digest"] == Digest.OFF
    messages.success(
        request, "You will not be written to." if is_off else f"You will be written to at {user.email} from now on."
    )
    return redirect("dashboards:notices")


def _page(request: HttpRequest, form: DigestForm, *, read: ReadForm | None = None, status: int = 200) -> HttpResponse:
    user, now = current_user(request), timezone.now()
    found = load_notices(user, now)
    context = {
        "notices": found,
        "new_count": sum(notice.is_new for notice in found),
        "has_several_schools": len({notice.school_name for notice in found}) > 1,
        "until": now.isoformat(),
        "form": form,
        "problems": problems_of(read) if read else [],
        "email": user.email,
    }
    return render(request, "dashboards/notices.html", context, status=status)
