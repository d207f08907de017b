from dataclasses import dataclass

import pytest

from safeguarding.accounts.models import User
from tests.factories import UserFactory


@dataclass
class Desk:
    writer: User  # an editor
    second: User  # another editor
    reviewer: User
    both: User  # an editor who is a reviewer too
    operator: User  # a superuser with no role at the desk
    chief: User  # a superuser with both
    stranger: User


@pytest.fixture
def desk(db: None) -> Desk:
    return Desk(
        writer=UserFactory(name="Wanda Writer", is_editor=True),
        second=UserFactory(name="Sven Second", is_editor=True),
        reviewer=UserFactory(name="Rui Reviewer", is_reviewer=True),
        both=UserFactory(name="Bea Both", is_editor=True, is_reviewer=True),
        operator=UserFactory(name="Ola Operator", is_staff=True, is_superuser=True),
        chief=UserFactory(name="Cleo Chief", is_superuser=True, is_editor=True, is_reviewer=True),
        stranger=UserFactory(name="Tess Teacher"),
    )
