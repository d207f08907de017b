import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from lessons.library.starter_files import STARTER
from safeguarding.accounts.models import User
from tests.factories import UserFactory

from .builders import GUIDE, LESSON


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


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Starter files: all the reference data, one lesson and one guide."""
    for name in ("lessons", "guides"):
        (tmp_path / name).mkdir()
    for path in STARTER.glob("*.yaml"):
        shutil.copy(path, tmp_path)
    (tmp_path / "units.yaml").write_text("[]", encoding="utf-8")  # they name lessons that are not here
    shutil.copy(STARTER / "lessons" / f"{LESSON}.md", tmp_path / "lessons")
    shutil.copy(STARTER / "guides" / f"{GUIDE}.md", tmp_path / "guides")
    return tmp_path
