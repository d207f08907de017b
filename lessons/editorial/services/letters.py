"""E-mails that tell those concerned of a step. They go out after its commit, so that a step that is undone tells nobody
and a letter that fails undoes nothing. Each is to one person; nobody is written to about what they did themselves.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.template.loader import render_to_string

from lessons.library.enums import State
from lessons.library.models import LessonVersion
from lessons.library.store import AnyVersion
from safeguarding.accounts.models import User

from .. import rules
from ..enums import Kind
from ..models import Comment, version_field
from ..queries.people import desk_people

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Letter:
    """`subject` and `template` are about the version; `words` is what its template shows besides."""

    subject: str
    template: str
    version: AnyVersion
    people: tuple[User, ...]
    words: dict[str, Any]


def tell_submitted(actor: User, version: AnyVersion) -> None:
    """Reviewers who may approve it."""
    _after_commit(version, lambda: _submitted(actor, version))


def tell_approved(actor: User, version: AnyVersion) -> None:
    """Whoever has written in it or looks after it, unless the same press also put it live: then that letter says it."""
    _after_commit(version, lambda: _approved(actor, version))


def tell_published(actor: User, version: AnyVersion) -> None:
    _after_commit(version, lambda: _to_writers(actor, version, "Live now", "published", {}))


def tell_scheduled(actor: User, version: AnyVersion, plan: str) -> None:
    """`plan` is the sentence that says what happens when."""
    _after_commit(version, lambda: _to_writers(actor, version, "Planned", "scheduled", {"plan": plan}))


def tell_cancelled(actor: User, version: AnyVersion) -> None:
    _after_commit(version, lambda: _to_writers(actor, version, "No longer planned", "cancelled", {}))


def tell_retired(actor: User, version: AnyVersion, reason: str) -> None:
    _after_commit(version, lambda: _to_writers(actor, version, "Retired", "retired", {"reason": reason}))


def tell_withdrawn(actor: User, version: AnyVersion, reason: str) -> None:
    """Whoever has written in it or looks after it, and every reviewer: one of them decides what becomes of it."""
    _after_commit(version, lambda: _withdrawn(actor, version, reason))


def tell_returned(actor: User, version: AnyVersion, draft: AnyVersion) -> None:
    """With the reason and the comments that are open."""
    _after_commit(version, lambda: _returned(actor, version, draft))


def _submitted(actor: User, version: AnyVersion) -> Letter:
    writers = rules.writers_of(version)
    people = tuple(
        person for person in desk_people() if rules.can_review(person) and person.pk not in {*writers, actor.pk}
    )
    words = {"actor": actor, "note": version.change_note}
    return Letter(f"Waiting for review: {version.title}", "submitted", version, people, words)


def _approved(actor: User, version: AnyVersion) -> Letter | None:
    now = type(version)._default_manager.get(pk=version.pk)
    if now.state != State.APPROVED:
        return None
    return _to_writers(actor, version, "Approved", "approved", {})


def _withdrawn(actor: User, version: AnyVersion, reason: str) -> Letter:
    concerned = _concerned(version)
    people = tuple(
        person
        for person in desk_people()
        if (person.pk in concerned or rules.can_review(person)) and person.pk != actor.pk
    )
    words = {"actor": actor, "reason": reason}
    return Letter(f"Withdrawn: {version.title}", "withdrawn_at_the_desk", version, people, words)


def _concerned(version: AnyVersion) -> set[int | None]:
    """Who wrote in it, and who looks after it."""
    return {*rules.writers_of(version), version.identity.owner_id}


def _to_writers(actor: User, version: AnyVersion, subject: str, template: str, words: dict[str, Any]) -> Letter:
    concerned = _concerned(version)
    people = tuple(person for person in desk_people() if person.pk in concerned and person.pk != actor.pk)
    return Letter(f"{subject}: {version.title}", template, version, people, {"actor": actor, **words})


def _returned(actor: User, version: AnyVersion, draft: AnyVersion) -> Letter:
    comments = list(Comment.objects.filter(**{version_field(draft): draft}, resolved_at__isnull=True))
    words = {"comments": comments, "draft": draft}
    return _to_writers(actor, version, "Returned to you", "returned", words)


def _after_commit(version: AnyVersion, write: Callable[[], Letter | None]) -> None:
    transaction.on_commit(partial(_send, version, write))


def _send(version: AnyVersion, write: Callable[[], Letter | None]) -> None:
    """The step stands already: whatever fails here is logged, without the text, and goes no further."""
    try:
        letter = write()
        if letter is None or not letter.people:
            return
        messages = [_message(letter, person) for person in letter.people]
        connection = get_connection()
        connection.open()
    except Exception:
        logger.exception("Nobody could be told of a step of version pk=%s.", version.pk)
        return
    try:
        for message in messages:
            message.connection = connection
            _send_one(message, version)
    finally:
        _close(connection)


def _send_one(message: EmailMessage, version: AnyVersion) -> None:
    try:
        message.send()
    except Exception as error:  # the others are still to be told; what a mail server answers names the person
        logger.error("One person could not be told of a step of version pk=%s (%s).", version.pk, type(error).__name__)


def _close(connection: Any) -> None:
    try:
        connection.close()
    except Exception:
        logger.exception("The connection to the mail server did not close.")


def _message(letter: Letter, person: User) -> EmailMessage:
    version = letter.version
    context = {
        **letter.words,
        "person": person,
        "version": version,
        "kind": Kind.LESSONS if isinstance(version, LessonVersion) else Kind.GUIDES,
        "site": settings.SITE_URL,
    }
    body = render_to_string(f"editorial/email/{letter.template}.txt", context)
    return EmailMessage(" ".join(letter.subject.split()), body, to=[person.email])
