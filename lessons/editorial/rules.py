"""Who may do what to a version. Pure: they read what the caller has fetched."""

from lessons.library.enums import Status
from lessons.library.store import AnyVersion
from safeguarding.accounts.models import User


def can_write(user: User) -> bool:
    return user.is_active and user.is_editor


def can_review(user: User) -> bool:
    return user.is_active and user.is_reviewer


def can_look_after(user: User) -> bool:
    """Whoever is at the desk may look after an item, and say who does."""
    return user.is_desk_user


def can_comment(user: User) -> bool:
    """Whoever is at the desk."""
    return user.is_desk_user


def can_resolve(user: User, author_id: int | None) -> bool:
    """Whoever mends the text says what is done; a reviewer may close what they wrote themselves."""
    return can_write(user) or (user.is_desk_user and user.pk == author_id)


def can_edit(user: User, version: AnyVersion) -> bool:
    return can_write(user) and version.status == Status.DRAFT


def has_written(user: User, version: AnyVersion) -> bool:
    """Author, submitter, or anyone who saved a change. One query, unless contributors are prefetched."""
    return user.pk in {version.author_id, version.submitted_by_id} or user in version.contributors.all()


def can_approve(user: User, version: AnyVersion) -> bool:
    """Nobody approves what they have written, superusers included."""
    return can_review(user) and not has_written(user, version)
