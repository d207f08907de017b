"""What somebody has typed and not saved: their own copy, kept from the first pause on. Never part of a history."""

import datetime
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from lessons.library.store import AnyVersion
from safeguarding.accounts.models import User

from .. import rules
from ..errors import NotAllowed, TooMuchToKeep, WrongStatus
from ..models import UnsavedCopy, fields_for
from ..parts import Part
from ..queries.unsaved import OPEN_FOR

MOST_BYTES = 500_000  # of all fields of one form
KEPT_FOR = datetime.timedelta(days=30)
NO_DRAFT = "This version is no longer a draft, so nothing can be saved into it. Copy your words to a safe place."

Words = Mapping[str, Sequence[str]]


@transaction.atomic
def keep_words(
    *, actor: User, version: AnyVersion, part: Part, place: int = 0, token: str, words: Words
) -> UnsavedCopy:
    """In place of what was kept before. Raises NotAllowed, WrongStatus, TooMuchToKeep."""
    plain = {_plain(name): [_plain(value) for value in values] for name, values in words.items()}
    size = sum(len(text.encode()) for name, values in plain.items() for text in (name, *values))
    if size > MOST_BYTES:
        raise TooMuchToKeep(f"This is more than {MOST_BYTES // 1000} KB, marks included. Take some of it away.")
    copy = _open_copy(actor, version, part, place)
    copy.words, copy.token, copy.kept_at = plain, _plain(token)[:32], copy.seen_at
    copy.save()
    return copy


@transaction.atomic
def note_open(*, actor: User, version: AnyVersion, part: Part, place: int = 0) -> UnsavedCopy:
    """That somebody has a part open, for the others to know. It locks nothing. Raises NotAllowed, WrongStatus."""
    copy = _open_copy(actor, version, part, place)
    copy.save()
    return copy


def forget_words(*, actor: User, version: AnyVersion, part: Part, place: int = 0) -> None:
    """Only one's own can be thrown away."""
    UnsavedCopy.objects.of(version).filter(person=actor, part=part, place=place).delete()


def forget_old_words(now: datetime.datetime) -> int:
    """What nobody has touched for thirty days. Returns how many of them held words."""
    old = UnsavedCopy.objects.filter(seen_at__lt=now - KEPT_FOR)
    held = old.filter(kept_at__isnull=False).count()
    old.delete()
    return held


def _plain(text: str) -> str:
    """PostgreSQL stores no NUL."""
    return text.replace("\x00", "")


def _open_copy(actor: User, version: AnyVersion, part: Part, place: int) -> UnsavedCopy:
    if not rules.can_write(actor):
        raise NotAllowed("Writing is for editors. Ask an operator to make you one.")
    if not rules.can_edit(actor, version):
        raise WrongStatus(NO_DRAFT)
    now = timezone.now()
    copy, _ = UnsavedCopy.objects.get_or_create(
        person=actor, part=part, place=place, **fields_for(version), defaults={"opened_at": now, "seen_at": now}
    )
    if copy.seen_at < now - OPEN_FOR:
        copy.opened_at = now
    copy.seen_at = now
    return copy
