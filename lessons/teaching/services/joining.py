"""The class code, and the pictures of a pupil in a named class."""

import datetime
from collections.abc import Sequence

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils import timezone

from safeguarding.schools.models import Pupil, SchoolClass

from ..errors import CodeExpired, CodeUnknown, PicturesLocked, PicturesTaken, PicturesWrong
from ..pictures import secret_text

MOST_WRONG_TRIES = 5
LOCKED_FOR = datetime.timedelta(minutes=10)


def find_class(code: str) -> SchoolClass:
    """Raises CodeUnknown, CodeExpired. A wrong code is never counted: a whole school types from one address."""
    found = SchoolClass.objects.filter(code=code).first()
    if found is None:
        raise CodeUnknown
    if not found.code_is_open:
        raise CodeExpired
    return found


def hash_pictures(chosen: Sequence[str]) -> str:
    return make_password(secret_text(chosen))


def are_same_pictures(chosen: Sequence[str], secret_hash: str) -> bool:
    return check_password(secret_text(chosen), secret_hash)


def keep_pictures(*, pupil: Pupil, secret_hash: str) -> Pupil:
    """Raises PicturesTaken where somebody has chosen for this name meanwhile."""
    kept = Pupil.objects.filter(pk=pupil.pk, secret="").update(secret=secret_hash, wrong_tries=0, locked_until_at=None)
    if not kept:
        raise PicturesTaken
    pupil.secret = secret_hash
    return pupil


def try_pictures(*, pupil: Pupil, chosen: Sequence[str]) -> Pupil:
    """Five wrong tries lock the name for ten minutes, whoever tries and from wherever.

    Raises PicturesLocked, PicturesWrong.
    """
    kept = _spend_a_try(pupil)
    # Hashing is slow on purpose, so it is done outside the transaction: SQLite would make the whole school wait.
    if are_same_pictures(chosen, kept.secret):
        Pupil.objects.filter(pk=kept.pk).update(wrong_tries=0, locked_until_at=None)
        return kept
    raise PicturesLocked if kept.locked_until_at else PicturesWrong


@transaction.atomic
def _spend_a_try(pupil: Pupil) -> Pupil:
    """Count the try before it is looked at, so that many sent at once are no more than five. Raises PicturesLocked."""
    now = timezone.now()
    kept = Pupil.objects.select_for_update().get(pk=pupil.pk)
    if kept.locked_until_at and kept.locked_until_at > now:
        raise PicturesLocked
    kept.wrong_tries += 1
    kept.locked_until_at = None
    if kept.wrong_tries >= MOST_WRONG_TRIES:
        kept.wrong_tries = 0
        kept.locked_until_at = now + LOCKED_FOR
    kept.save(update_fields=["wrong_tries", "locked_until_at"])
    return kept
