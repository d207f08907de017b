"""Two people press a button at the same moment: one succeeds, the other is told."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from lessons.editorial import services
from lessons.editorial.checks import check, load_reference
from lessons.editorial.enums import Kind
from lessons.editorial.errors import EditedMeanwhile, EditorialError, NotAllowed, WrongStatus
from lessons.editorial.models import AcceptedWarning
from lessons.editorial.parts import Part, token_of
from lessons.editorial.queries.desk_people import token_of_person
from lessons.editorial.queries.settings import token_of_row
from lessons.editorial.queries.warnings import judged_warnings
from lessons.editorial.services.bulk import Outcome, Seen, approve_in_bulk
from lessons.editorial.services.people import Roles, change_roles
from lessons.editorial.services.settings import change_setting
from lessons.editorial.services.starter import load_starter
from lessons.editorial.setting_kinds import SETTINGS, SettingKind
from lessons.library.enums import TermClass
from lessons.library.models import GlossaryTerm, Lesson, LessonVersion
from lessons.library.store import content_of
from safeguarding.accounts.models import User
from safeguarding.audit.models import AuditEntry
from tests.factories import TopicFactory, UserFactory

from .builders import LESSON, a_draft, change, in_review

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="SQLite's tests share one connection; only PostgreSQL has two at once"
    ),
]


def at_once(*steps: Callable[[], object]) -> list[type[EditorialError] | None]:
    """What each was refused with, in any order."""
    told: list[type[EditorialError] | None] = []
    ready = threading.Barrier(len(steps))

    def run(step: Callable[[], object]) -> None:
        try:
            ready.wait()
            step()
            told.append(None)
        except EditorialError as error:
            told.append(type(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[step]) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(told, key=str)


def test_two_reviewers_approve_at_once():
    version = in_review(UserFactory(is_editor=True))
    reviewers = [UserFactory(is_reviewer=True) for _ in range(2)]

    told = at_once(
        *(lambda who=who: services.approve_version(actor=who, version=version, number=1) for who in reviewers)
    )

    assert sorted(told, key=str) == sorted([None, WrongStatus], key=str)
    assert AuditEntry.objects.filter(action="approved").count() == 1


def test_two_reviewers_approve_the_same_in_bulk_at_once():
    author = UserFactory(is_editor=True)
    versions = [in_review(author, slug=slug) for slug in ("first", "second")]
    reviewers = [UserFactory(is_reviewer=True) for _ in range(2)]
    items = [Seen(Kind.LESSONS, version.lesson.slug, 1, 0) for version in versions]
    told: list[tuple[Outcome, ...]] = []

    at_once(*(lambda who=who: told.append(approve_in_bulk(actor=who, items=items)) for who in reviewers))

    for first, second in zip(*told, strict=True):
        assert sorted(type(one.error).__name__ for one in (first, second)) == ["NoneType", "WrongStatus"]
    assert AuditEntry.objects.filter(action="approved").count() == 2


def test_two_reviewers_accept_a_warning_at_once():
    GlossaryTerm.objects.create(term="funny", forms="funny", term_class=TermClass.CARE, reason="It may hurt.")
    version = in_review(UserFactory(is_editor=True))
    content = content_of(version)
    key = judged_warnings(version, content, check(content, load_reference()))[0].key

    told = at_once(
        *(
            lambda who=who: services.accept_warning(actor=who, version=version, key=key, reason="It is kind here.")
            for who in [UserFactory(is_reviewer=True) for _ in range(2)]
        )
    )

    assert sorted(told, key=str) == sorted([None, WrongStatus], key=str)
    assert AcceptedWarning.objects.count() == 1


def test_two_editors_save_at_once():
    editors = [UserFactory(is_editor=True, name=name) for name in ("Ada", "Bo")]
    draft = a_draft(editors[0])
    token = token_of(content_of(draft), Part.BASICS)

    told = at_once(
        *(
            lambda who=who: services.save_part(
                actor=who,
                version=LessonVersion.objects.get(pk=draft.pk),
                part=Part.BASICS,
                token=token,
                changes={"title": f"{who.name}'s title"},
            )
            for who in editors
        )
    )

    assert sorted(told, key=str) == sorted([None, EditedMeanwhile], key=str)
    saved = LessonVersion.objects.get(pk=draft.pk)
    assert saved.title == f"{saved.edited_by.name}'s title"


def test_two_editors_begin_a_new_version_at_once():
    editors = [UserFactory(is_editor=True) for _ in range(2)]
    version = in_review(editors[0])
    reviewer = UserFactory(is_reviewer=True)
    services.approve_version(actor=reviewer, version=version, number=1)
    services.publish_version(actor=reviewer, version=version)

    told = at_once(*(lambda who=who: services.start_draft(actor=who, identity=version.lesson) for who in editors))

    assert sorted(told, key=str) == sorted([None, WrongStatus], key=str)
    assert LessonVersion.objects.count() == 2


def test_two_operators_take_each_others_rights_away_at_once():
    first, second = (UserFactory(is_superuser=True) for _ in range(2))

    told = at_once(
        lambda: change_roles(actor=first, person=second, token=token_of_person(second), roles=Roles()),
        lambda: change_roles(actor=second, person=first, token=token_of_person(first), roles=Roles()),
    )

    assert sorted(told, key=str) == sorted([None, NotAllowed], key=str)
    assert User.objects.filter(is_superuser=True).count() == 1


def test_two_save_the_same_setting_at_once():
    people = [UserFactory(is_superuser=True) for _ in range(2)]
    topic, setting = TopicFactory(), SETTINGS[SettingKind.TOPICS]
    token = token_of_row(setting, topic)

    told = at_once(
        *(
            lambda who=who: change_setting(
                actor=who, setting=setting, pk=topic.pk, token=token, values={"name": f"Of {who.pk}"}
            )
            for who in people
        )
    )

    assert sorted(told, key=str) == sorted([None, EditedMeanwhile], key=str)
    assert AuditEntry.objects.filter(object_type="topic").count() == 1


def test_what_is_withdrawn_while_the_starter_library_is_loaded_does_not_come_back(folder, monkeypatch):
    load_starter(folder)
    reviewer, lesson = UserFactory(is_reviewer=True), Lesson.objects.get(slug=LESSON)
    change(folder / "lessons" / f"{LESSON}.md", "summary:", "summary: New.")
    withdrawal = threading.Thread(
        target=lambda: at_once(lambda: services.withdraw_item(actor=reviewer, identity=lesson, reason="At once."))
    )

    def meanwhile(*args: Any) -> Any:
        """The checks are read after it is known what is live, and before the new version is."""
        if withdrawal.ident is None:
            withdrawal.start()
            withdrawal.join(timeout=1)
        return check(*args)

    monkeypatch.setattr("lessons.editorial.services.starter.check", meanwhile)
    load_starter(folder)
    withdrawal.join()

    assert LessonVersion.objects.filter(lesson=lesson).count() == 2
    assert not LessonVersion.objects.live().filter(lesson=lesson).exists()
