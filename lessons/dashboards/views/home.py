from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lessons.dashboards.queries.home import teach_home as load_home
from safeguarding.accounts.current import current_user
from safeguarding.schools.access import get_school


@login_required
@never_cache
@require_safe
def teach_home(request: HttpRequest) -> HttpResponse:
    get_school(current_user(request))
    return render(request, "dashboards/teach_home.html", {"home": load_home(current_user(request), timezone.now())})
