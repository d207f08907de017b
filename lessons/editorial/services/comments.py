"""Comments on places of a version that is under way."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from lessons.library.enums import UNDER_WAY
from lessons.library.store import AnyVersion, content_of
from safeguarding.accounts.models import User

from .. import rules
from ..comment_places import spot_of
from ..errors import EditorialError, NotAllowed
from ..models import Comment, version_field
from .locking import locked, record_step, require_state

LONGEST = 2_000


@transaction.atomic
def add_comment(*, actor: User, version: AnyVersion, spot: str, text: str) -> Comment:
    """Say something about one place; `spot` is a `Spot.value`. The audit names the place and does not repeat the text.

    Raises NotAllowed, WrongStatus for what is no longer under way, EditorialError without text or place.
    """
    version = locked(version)
    if not rules.can_comment(actor):
        raise NotAllowed("Comments are for editors and reviewers. Ask an operator to make you one.")
    require_state(version, *UNDER_WAY)
    text = text.replace("\x00", "").strip()
    if not text:
        raise EditorialError("Write what you would say to the author.")
    if len(text) > LONGEST:
        raise EditorialError(f"Say it in {LONGEST:,} characters or fewer; these are {len(text):,}.")
    found = spot_of(content_of(version), spot)
    if found is None:
        raise EditorialError("This version has no such place any more. Choose one from the list.")
    comment = Comment.objects.create(
        **{version_field(version): version},
        part=found.part,
        place=found.place,
        quote=found.quote,
        text=text,
        number=version.number,
        author=actor,
        author_name=str(actor),
    )
    record_step(actor, "commented on", version, found.place)
    return comment


@transaction.atomic
def resolve_comments(*, actor: User, version: AnyVersion, comments: Collection[int]) -> list[Comment]:
    """Mark those of these comments that are open as done; they stay to be read. Returns what this call marked.

    Raises NotAllowed (an editor may mark any, a reviewer their own), WrongStatus.
    """
    version = locked(version)
    require_state(version, *UNDER_WAY)
    found = list(Comment.objects.filter(**{version_field(version): version}, pk__in=comments, resolved_at__isnull=True))
    if not all(rules.can_resolve(actor, comment.author_id) for comment in found):
        raise NotAllowed("Editors say what is done; a reviewer may close their own comments.")
    for comment in found:
        comment.resolved_at, comment.resolved_by, comment.resolved_by_name = timezone.now(), actor, str(actor)
        comment.save()
    if found:
        places = ", ".join(dict.fromkeys(comment.place for comment in found))
        record_step(actor, "marked comments as done on", version, places)
    return found


def carry_comments(version: AnyVersion, draft: AnyVersion) -> None:
    """What is open goes along to the next draft; the version that was read keeps its own. The caller holds the lock."""
    held = list(Comment.objects.filter(**{version_field(version): version}, resolved_at__isnull=True))
    for comment in held:
        comment.pk = None
        setattr(comment, version_field(version), draft)
    Comment.objects.bulk_create(held)
