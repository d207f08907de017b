from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Raises ValueError without an e-mail address."""
        if not email:
            raise ValueError("Give an e-mail address: people sign in with it.")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A grown-up who signs in by e-mail. Pupils are never users.

    What someone may do at a school stands in their memberships (`schools.Membership`); what they may do to the
    library, which belongs to no school, stands here.
    """

    email = models.EmailField("e-mail address", max_length=254, unique=True)
    name = models.CharField("name", max_length=120, help_text="As colleagues see it.")
    is_editor = models.BooleanField(default=False, help_text="May write lessons and guides.")
    is_reviewer = models.BooleanField(
        default=False, help_text="May approve and publish what somebody else has written."
    )
    is_staff = models.BooleanField("operator", default=False, help_text="May open the operators' pages.")
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="user_email_unique_whatever_case"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    @property
    def is_desk_user(self) -> bool:
        """Whether the editors' desk is open to them."""
        return self.is_active and (self.is_editor or self.is_reviewer)
