from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lessons.teaching.models import Assignment
from lessons.teaching.services import hash_secret
from safeguarding.schools.enums import SecretKind
from safeguarding.schools.models import Pupil, SchoolClass
from tests.cast import Cast
from tests.factories import AssignmentFactory

PICTURES = ("cat", "boat", "tree")


@pytest.fixture
def assignment(cast: Cast) -> Assignment:
    return AssignmentFactory(school_class=cast.anonymous_class)


@pytest.fixture
def named_assignment(cast: Cast) -> Assignment:
    return AssignmentFactory(school_class=cast.named_class)


@pytest.fixture
def join() -> Callable[..., Client]:
    """A device that has joined: `join(school_class)`, or `join(school_class, pupil)` in a named class."""

    def join_class(school_class: SchoolClass, pupil: Pupil | None = None, client: Client | None = None) -> Client:
        client = client or Client()
        client.post(reverse("teaching:join"), {"code": school_class.code})
        if pupil:
            if not pupil.secret:
                pupil.secret, pupil.secret_kind = hash_secret("cat-boat-tree"), SecretKind.PICTURES
                pupil.save()
            client.post(reverse("teaching:join-name"), {"pupil": pupil.pk})
            client.post(reverse("teaching:join-secret"), dict(zip(("first", "second", "third"), PICTURES, strict=True)))
        return client

    return join_class


def step_url(assignment: Assignment, number: int) -> str:
    return reverse("teaching:step", kwargs={"pk": assignment.pk, "number": number})


def count_queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)
