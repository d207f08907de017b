"""One's own account. What stands before an `include` takes the place of allauth's page of that name."""

from allauth.mfa.totp.views import activate_totp
from django.urls import include, path

from safeguarding.core.csp import totp_csp

from . import views

urlpatterns = [
    path("", views.account_home, name="account_home"),
    path("login/", views.sign_in, name="account_login"),
    path("password/change/", views.change_password, name="account_change_password"),
    path("password/reset/", views.reset_password, name="account_reset_password"),
    path("reauthenticate/", views.sign_in_again, name="account_reauthenticate"),
    path("email/", views.account_email, name="account_email"),
    path("", include("allauth.account.urls")),  # login/ logout/ password/
    path("2fa/totp/activate/", totp_csp(activate_totp), name="mfa_activate_totp"),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
]
