from typing import Any

from allauth.account.forms import LoginForm
from django.contrib.auth.forms import BaseUserCreationForm, UserChangeForm
from django.core.exceptions import ValidationError

from .models import User


class SignInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label = "E-mail address"
        login.error_messages["required"] = "Type the e-mail address of your account."
        login.error_messages["invalid"] = "Type a whole e-mail address, such as name@school.example."
        password.error_messages["required"] = "Type your password."
        for field in (login, password):
            # The label says it, and stays while somebody types.
            field.widget.attrs.pop("placeholder", None)


class EmailOnceMixin:
    """The database keeps addresses once whatever their case; this says so in words."""

    cleaned_data: dict[str, Any]
    instance: User

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise ValidationError("Somebody signs in with this address already. Give another, or change that account.")
        return email


class UserAddForm(EmailOnceMixin, BaseUserCreationForm[User]):
    class Meta:
        model = User
        fields = ("email", "name")


class UserEditForm(EmailOnceMixin, UserChangeForm[User]):
    class Meta:
        model = User
        fields = ("email", "name")
