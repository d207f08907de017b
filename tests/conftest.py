import time
from collections.abc import Callable, Iterator
from importlib import import_module

import pytest
from django.db import connection
from django.test import Client, TransactionTestCase
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django import Settings

from safeguarding.accounts.models import User
from safeguarding.core.languages import SOURCE
from safeguarding.schools.models import Membership

from .cast import Cast, make_cast
from .mail_server import FailingMailServer

# A busy machine is slow: that says nothing about the product.
hypothesis_settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("patient")

OF_THE_DATABASE = {"db", "transactional_db", "django_db_setup", "live_server"}
SERVER_FINISHES_SECONDS = 20


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--asks-database", action="store_true", help="Leave out what says the same on every database.")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--asks-database"):
        return
    asking = [
        item
        for item in items
        if item.get_closest_marker("django_db") or OF_THE_DATABASE & set(getattr(item, "fixturenames", ()))
    ]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(asking)])
    items[:] = asking


append_only = import_module("safeguarding.audit.migrations.0002_append_only")


@pytest.fixture(scope="session", autouse=True)
def _the_audit_is_open_while_tables_are_emptied() -> Iterator[None]:
    """What a transactional test has written is deleted at its end. Only for that moment do the triggers step aside."""
    # Django's own method, which its stubs leave out.
    flush = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def flush_the_audit_too(case: TransactionTestCase) -> None:
        # A page that a browser asked for last may still be in the making, on this very connection with SQLite.
        patience = time.monotonic() + SERVER_FINISHES_SECONDS
        while connection.in_atomic_block and time.monotonic() < patience:
            time.sleep(0.05)
        with connection.schema_editor() as editor:
            append_only.unprotect(None, editor)
        try:
            flush(case)
        finally:
            with connection.schema_editor() as editor:
                append_only.protect(None, editor)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", flush_the_audit_too)
        yield


@pytest.fixture(autouse=True)
def _in_english() -> None:
    """A request of the test before may have left another language behind."""
    translation.activate(SOURCE)


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


@pytest.fixture
def failing(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """`failing(cast.teacher)`: from now on the mail server refuses this person alone; `failing()`: nobody."""
    settings.EMAIL_BACKEND = f"{FailingMailServer.__module__}.FailingMailServer"

    def fail(*people: User | Membership, error: BaseException = FailingMailServer.error) -> None:
        refused = frozenset(who.user.email if isinstance(who, Membership) else who.email for who in people)
        monkeypatch.setattr(FailingMailServer, "to", refused)
        monkeypatch.setattr(FailingMailServer, "error", error)

    return fail
