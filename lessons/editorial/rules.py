"""Who may do what to a version. Pure: they read what the caller has fetched."""

from django.db.models import Subquery
from django.db.models.functions import Coalesce

from lessons.library.enums import Status
from lessons.library.store import AnyVersion
from safeguarding.accounts.models import User

from .setting_kinds import Setting


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


def writers_of(version: AnyVersion) -> frozenset[int]:
    """Who wrote in this version, or in one before it since something of the item was last live. One query.

    A draft may go on from what was returned, or was approved and never came out: who wrote in that has written in it.
    """
    versions = version.identity.versions
    live_before = versions.filter(number__lt=version.number).was_live().order_by("-number").values("number")
    since = Coalesce(Subquery(live_before[:1]), 0)
    rows = versions.filter(number__lte=version.number, number__gt=since).order_by()
    found = rows.values_list("author", "submitted_by", "contributors")
    return frozenset(pk for row in found for pk in row if pk is not None)


def has_written(user: User, version: AnyVersion) -> bool:
    """Author, submitter, or anyone who saved a change since the item was last live. One query at most."""
    return user.pk in {version.author_id, version.submitted_by_id} or user.pk in writers_of(version)


def can_approve(user: User, version: AnyVersion) -> bool:
    """Nobody approves what they have written, superusers included."""
    return can_review(user) and not has_written(user, version)


def can_see_settings(user: User) -> bool:
    """Whoever is at the desk reads them; an operator need not be at the desk."""
    return user.is_desk_user or can_operate(user)


def can_operate(user: User) -> bool:
    """People and their roles, too, are for operators alone."""
    return user.is_active and user.is_superuser


def can_change_setting(user: User, setting: Setting) -> bool:
    """Operators change everything. What is corrected every week is for reviewers too; editors read."""
    return can_operate(user) or (can_review(user) and not setting.is_for_operators)
