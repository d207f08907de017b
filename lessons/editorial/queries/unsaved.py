"""What I have typed and not saved, and which parts others have open."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from lessons.library.store import AnyVersion
from safeguarding.accounts.models import User

from ..enums import Kind
from ..models import UnsavedCopy
from ..parts import Part
from .version import label_of

OPEN_FOR = datetime.timedelta(minutes=10)  # after its last sign a part counts as closed


@dataclass(frozen=True)
class OpenPart:
    """That somebody else has a part open. It says nothing of what they type."""

    who: str
    label: str
    since: datetime.datetime


@dataclass(frozen=True)
class Unsaved:
    mine: dict[tuple[Part, int], datetime.datetime]  # when my words were kept, by part and place
    others: dict[tuple[Part, int], tuple[OpenPart, ...]]

    @property
    def all_others(self) -> tuple[OpenPart, ...]:
        return tuple(opened for found in self.others.values() for opened in found)


@dataclass(frozen=True)
class KeptWords:
    words: dict[str, list[str]]
    token: str
    kept_at: datetime.datetime


def unsaved_of(user: User, kind: Kind, version: AnyVersion) -> Unsaved:
    """One query. Nobody's words are read."""
    mine: dict[tuple[Part, int], datetime.datetime] = {}
    others: dict[tuple[Part, int], tuple[OpenPart, ...]] = {}
    newest = timezone.now() - OPEN_FOR
    copies = UnsavedCopy.objects.of(version).defer("words").select_related("person").order_by("opened_at", "pk")
    for copy in copies:
        key = Part(copy.part), copy.place
        if copy.person_id == user.pk:
            if copy.kept_at:
                mine[key] = copy.kept_at
        elif copy.seen_at >= newest:
            opened = OpenPart(str(copy.person), label_of(kind, *key), copy.opened_at)
            others[key] = (*others.get(key, ()), opened)
    return Unsaved(mine, others)


def kept_words(user: User, version: AnyVersion, part: Part, place: int = 0) -> KeptWords | None:
    """One's own alone. One query."""
    copy = UnsavedCopy.objects.of(version).filter(person=user, part=part, place=place, kept_at__isnull=False).first()
    return KeptWords(copy.words, copy.token, copy.kept_at) if copy and copy.kept_at else None
