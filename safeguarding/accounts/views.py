from allauth.account.views import LoginView
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .current import current_user
from .forms import SignInForm
from .queries import summarise_account


@login_required
@never_cache
@require_safe
def account_home(request: HttpRequest) -> HttpResponse:
    account = summarise_account(current_user(request))
    return render(request, "accounts/account_home.html", {"account": account})


@login_required
@require_safe
def account_email(request: HttpRequest) -> HttpResponse:
    """In the place of allauth's page: an address says who somebody is, so an operator changes it."""
    return render(request, "account/email.html", {"email": current_user(request).email})


class SignInView(LoginView):
    """allauth's own, with the status that a refusal has elsewhere."""

    form_class = SignInForm

    def form_invalid(self, form: Form) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)
        response.status_code = 429 if form.has_error("__all__", "too_many_login_attempts") else 400
        return response


sign_in = SignInView.as_view()
