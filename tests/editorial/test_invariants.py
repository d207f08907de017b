"""Whatever is tried in whatever order, and whenever: one live version at most, every way to ask for it says the same,
and nobody approved their own.
"""

import contextlib
import datetime

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lessons.editorial import services
from lessons.editorial.errors import EditorialError
from lessons.editorial.parts import Part, token_of
from lessons.editorial.queries.library import Filter, library_rows
from lessons.library.enums import UNDER_WAY, State
from lessons.library.models import Lesson, LessonVersion
from lessons.library.store import content_of
from safeguarding.accounts.models import User
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


HOUR = datetime.timedelta(hours=1)
MOVES = {
    "write": _title,
    "submit": lambda actor, version: services.submit_version(actor=actor, version=version),
    "approve": lambda actor, version: services.approve_version(actor=actor, version=version, number=version.number),
    "publish": lambda actor, version: services.publish_version(actor=actor, version=version),
    "return": lambda actor, version: services.return_version(actor=actor, version=version, reason="Shorter."),
    "retire": lambda actor, version: services.retire_item(actor=actor, identity=version.identity, reason="Old."),
    "schedule": lambda actor, version: services.schedule_version(
        actor=actor, version=version, live_from=timezone.now() + 3 * HOUR
    ),
    "schedule both": lambda actor, version: services.schedule_version(
        actor=actor, version=version, live_from=timezone.now() + HOUR, live_until=timezone.now() + 2 * HOUR
    ),
    "schedule the end": lambda actor, version: services.schedule_retirement(
        actor=actor, identity=version.identity, at=timezone.now() + 2 * HOUR, reason="Old."
    ),
    "cancel": lambda actor, version: services.cancel_schedule(actor=actor, identity=version.identity),
    "withdraw": lambda actor, version: services.withdraw_item(actor=actor, identity=version.identity, reason="Wrong."),
    "go back": lambda actor, version: services.publish_version(actor=actor, version=version, reason="It was right."),
    "begin": lambda actor, version: services.start_draft(actor=actor, identity=version.identity),
}
# Often enough the way that leads somewhere, or nothing would ever be live.
LIKELY = st.sampled_from(
    [
        [("editor", "submit", 0), ("both", "approve", 0), ("both", "publish", 0)],
        [("both", "begin", 0), ("both", "write", 0), ("both", "submit", 0), ("chief", "approve", 0)],
        [("reviewer", "publish", 0)],
        [("reviewer", "schedule", 0), ("reviewer", "go back", 1)],
        [("reviewer", "schedule both", 0)],
        [("reviewer", "schedule the end", 0), ("both", "begin", 0)],
        [("reviewer", "withdraw", 0)],
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
    assert live == list(lesson.versions.live().values_list("pk", flat=True))
    row = library_rows(User(), Filter())[0]
    assert row.live_number == next((version.number for version in versions if version.pk in live), None)
    assert row.status == max(versions, key=lambda version: version.number).state
    assert sum(version.state in UNDER_WAY for version in versions) <= 1
    for version in versions:
        writers = {version.author_id, version.submitted_by_id, *(user.pk for user in version.contributors.all())}
        assert version.approved_by_id is None or version.approved_by_id not in writers
        if version.state in (State.SCHEDULED, State.LIVE, State.RETIRED, State.WITHDRAWN):
            assert version.approved_by_id


@pytest.mark.django_db(transaction=False)
@settings(max_examples=25, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rounds=st.lists(st.tuples(st.one_of(LIKELY, ANY), st.integers(0, 4)), min_size=1, max_size=5))
def test_any_sequence_of_steps_and_moments_keeps_the_rules(db, monkeypatch, rounds):
    LessonVersion.objects.all().delete()
    Lesson.objects.all().delete()
    people = {name: UserFactory(**roles) for name, roles in PEOPLE.items()}
    a_draft(people["editor"])
    begins = timezone.now()
    with monkeypatch.context() as patch:
        for number, (steps, hours) in enumerate(rounds):
            begins += hours * HOUR
            for second, step in enumerate(steps):
                moment = begins + datetime.timedelta(minutes=number, seconds=second)
                patch.setattr(timezone, "now", lambda moment=moment: moment)
                _try(people, *step)
                _check()
        for hours in range(5):
            patch.setattr(timezone, "now", lambda hours=hours: begins + hours * HOUR + HOUR / 2)
            _check()
