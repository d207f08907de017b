from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ..forms.bulk import offered_to
from ..forms.library import LibraryFilterForm
from ..queries.home import desk_home
from ..queries.library import library_page
from .access import current_user, desk_page


@desk_page
def home(request: HttpRequest) -> HttpResponse:
    form = LibraryFilterForm(request.GET)
    chosen = form.filter
    user = current_user(request)
    return render(
        request,
        "editorial/home.html",
        {
            "desk": desk_home(user),
            "form": form,
            "bulk_actions": offered_to(user),
            "page_obj": library_page(user, chosen, request.GET.get("page")),
            "querystring": urlencode({name: value for name, value in vars(chosen).items() if value}),
            "is_filtered": any(vars(chosen).values()),
        },
    )
