from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lessons.dashboards.queries.school import school_page
from safeguarding.accounts.current import current_user
from safeguarding.schools.access import get_school, memberships_of
from safeguarding.schools.enums import Role


@login_required
@never_cache
@require_safe
def lead_home(request: HttpRequest) -> HttpResponse:
    school, _ = get_school(current_user(request), request.GET.get("school") or None, role=Role.LEAD)
    others = [m.school for m in memberships_of(current_user(request)) if m.is_lead and m.school_id != school.pk]
    context = {"school": school, "others": others, "page": school_page(school, timezone.localdate())}
    return render(request, "dashboards/lead_home.html", context)
