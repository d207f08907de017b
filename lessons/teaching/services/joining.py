"""The class code, and what a pupil of a named class shows: pictures, words or a PIN."""

import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils import timezone

from safeguarding.schools.enums import SecretKind
from safeguarding.schools.models import Pupil, SchoolClass

from ..errors import ClassLocked, CodeExpired, CodeUnknown, SecretLocked, SecretTaken, SecretWrong
from ..hashers import ALGORITHM
from ..models import ClassTries
from ..pupil_secrets import kind_for

MOST_WRONG_TRIES = 5
# More than a class that has forgotten everything needs; far too few to try a class's names one after the other.
MOST_WRONG_TRIES_OF_A_CLASS = 40
LOCKED_FOR = datetime.timedelta(minutes=10)


def find_class(code: str) -> SchoolClass:
    """Raises CodeUnknown, CodeExpired. A wrong code is never counted: a whole school types from one address."""
    found = SchoolClass.objects.filter(code=code).first()
    if found is None:
        raise CodeUnknown
    if found.is_archived or not found.code_is_open:
        raise CodeExpired
    return found


def hash_secret(text: str) -> str:
    return make_password(text, hasher=ALGORITHM)


def is_same_secret(text: str, secret_hash: str) -> bool:
    return check_password(text, secret_hash, preferred=ALGORITHM)


def keep_secret(*, pupil: Pupil, kind: SecretKind, secret_hash: str) -> Pupil:
    """Raises SecretTaken where somebody has chosen for this name meanwhile."""
    kept = Pupil.objects.filter(pk=pupil.pk, secret="").update(
        secret=secret_hash, secret_kind=kind, wrong_tries=0, locked_until_at=None
    )
    if not kept:
        raise SecretTaken
    pupil.secret, pupil.secret_kind = secret_hash, kind
    return pupil


def try_secret(*, pupil: Pupil, text: str) -> Pupil:
    """Five wrong tries lock the name for ten minutes, forty at its class's names the class, whoever tries and from
    wherever. Whoever is inside already, or chooses anew, is not held up.

    Raises SecretLocked, ClassLocked, SecretWrong.
    """
    kept, is_right = _look(pupil, text)
    if is_right:
        return kept
    kind = kind_for(kept, kept.school_class)
    raise SecretLocked(kind) if kept.locked_until_at else SecretWrong(kind)


@transaction.atomic
def _look(pupil: Pupil, text: str) -> tuple[Pupil, bool]:
    """Whether it was right, with the try counted: the rows are held meanwhile, so that many sent at once are no more
    tries than one after the other. Raises SecretLocked, ClassLocked."""
    now = timezone.now()
    of_class = ClassTries.objects.select_for_update().get_or_create(
        school_class_id=pupil.school_class_id, defaults={"since_at": now}
    )[0]
    kept = Pupil.objects.select_for_update(of=["self"]).select_related("school_class").get(pk=pupil.pk)
    kind = kind_for(kept, kept.school_class)
    if kept.locked_until_at and kept.locked_until_at > now:
        raise SecretLocked(kind)
    if of_class.since_at + LOCKED_FOR <= now:
        of_class.since_at, of_class.wrong_tries = now, 0
    if of_class.wrong_tries >= MOST_WRONG_TRIES_OF_A_CLASS:
        raise ClassLocked(kind)
    is_right = is_same_secret(text, kept.secret)
    kept.locked_until_at = None
    if is_right:
        kept.wrong_tries = 0
    else:
        kept.wrong_tries += 1
        of_class.wrong_tries += 1
        of_class.save(update_fields=["since_at", "wrong_tries"])
    if kept.wrong_tries >= MOST_WRONG_TRIES:
        kept.wrong_tries = 0
        kept.locked_until_at = now + LOCKED_FOR
    kept.save(update_fields=["wrong_tries", "locked_until_at"])
    return kept, is_right
