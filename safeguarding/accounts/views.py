from allauth.account.views import LoginView, PasswordChangeView, PasswordResetView, ReauthenticateView
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.generic import FormView

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


class Refuses(FormView[Form]):
    """A page of allauth's, with the status that a refusal has elsewhere."""

    def form_invalid(self, form: Form) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 429 if form.has_error("__all__", "too_many_login_attempts") else 400
        return response


class SignInView(LoginView, Refuses):
    form_class = SignInForm


class ChangePasswordView(PasswordChangeView, Refuses):
    pass


class ResetPasswordView(PasswordResetView, Refuses):
    pass


class SignInAgainView(ReauthenticateView, Refuses):
    pass


sign_in = SignInView.as_view()
change_password = ChangePasswordView.as_view()
reset_password = ResetPasswordView.as_view()
sign_in_again = SignInAgainView.as_view()
