"""Whatever is tried in whatever order: one live version at most, the pointer names it, nobody approved their own."""

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lessons.editorial import services
from lessons.editorial.errors import EditorialError
from lessons.editorial.parts import Part, token_of
from lessons.library.enums import UNDER_WAY, State
from lessons.library.models import Lesson, LessonVersion
from lessons.library.store import content_of
from tests.factories import UserFactory

from .builders import a_draft

PEOPLE = {
    "editor": {"is_editor": True},
    "both": {"is_editor": True, "is_reviewer": True},
    "reviewer": {"is_reviewer": True},
    "chief": {"is_editor": True, "is_reviewer": True, "is_superuser": True},
}


def _title(actor, version):
    token = token_of(content_of(version), Part.BASICS)
    changes = {"title": f"{version.title[:40]}."}
    services.save_part(actor=actor, version=version, part=Part.BASICS, token=token, changes=changes)


MOVES = {
    "write": _title,
    "submit": lambda actor, version: services.submit_version(actor=actor, version=version),
    "approve": lambda actor, version: services.approve_version(actor=actor, version=version, number=version.number),
    "publish": lambda actor, version: services.publish_version(actor=actor, version=version),
    "return": lambda actor, version: services.return_version(actor=actor, version=version, reason="Shorter."),
    "retire": lambda actor, version: services.retire_item(actor=actor, identity=version.identity, reason="Old."),
    "begin": lambda actor, version: services.start_draft(actor=actor, identity=version.identity),
}
# Often enough the way that leads somewhere, or nothing would ever be live.
LIKELY = st.sampled_from(
    [
        [("editor", "submit", 0), ("both", "approve", 0), ("both", "publish", 0)],
        [("both", "begin", 0), ("both", "write", 0), ("both", "submit", 0), ("chief", "approve", 0)],
        [("reviewer", "publish", 0)],
    ]
)
ANY = st.lists(
    st.tuples(st.sampled_from(sorted(PEOPLE)), st.sampled_from(sorted(MOVES)), st.integers(0, 2)), max_size=5
)


def _try(people, who: str, move: str, back: int) -> None:
    versions = list(LessonVersion.objects.select_related("lesson").order_by("-number"))
    with contextlib.suppress(EditorialError):
        MOVES[move](people[who], versions[min(back, len(versions) - 1)])


def _check() -> None:
    lesson = Lesson.objects.get()
    versions = list(lesson.versions.prefetch_related("contributors"))
    live = [version.pk for version in versions if version.state == State.LIVE]
    assert live == ([lesson.live_version.pk] if lesson.live_version else [])
    assert sum(version.state in UNDER_WAY for version in versions) <= 1
    for version in versions:
        writers = {version.author_id, version.submitted_by_id, *(user.pk for user in version.contributors.all())}
        assert version.approved_by_id is None or version.approved_by_id not in writers
        if version.state in (State.LIVE, State.RETIRED):
            assert version.approved_by_id


@pytest.mark.django_db(transaction=False)
@settings(max_examples=25, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rounds=st.lists(st.one_of(LIKELY, ANY), min_size=1, max_size=4))
def test_any_sequence_of_steps_keeps_the_rules(db, rounds):
    LessonVersion.objects.all().delete()
    Lesson.objects.all().delete()
    people = {name: UserFactory(**roles) for name, roles in PEOPLE.items()}
    a_draft(people["editor"])
    for steps in rounds:
        for step in steps:
            _try(people, *step)
            _check()
