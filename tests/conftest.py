from collections.abc import Callable

import pytest
from django.test import Client

from safeguarding.accounts.models import User
from safeguarding.schools.models import Membership

from .cast import Cast, make_cast


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def signed_in() -> Callable[[User | Membership], Client]:
    """A client of its own for each person: `signed_in(cast.teacher).get(...)`."""

    def sign_in(who: User | Membership) -> Client:
        client = Client()
        client.force_login(
            who.user if isinstance(who, Membership) else who,
            backend="allauth.account.auth_backends.AuthenticationBackend",
        )
        return client

    return sign_in
