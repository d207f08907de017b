"""Under which everyday words parents find a guide. Nobody reads them, so they need no version and no review."""

from collections.abc import Iterable

from django.db import transaction

from lessons.library.models import Guide
from lessons.library.search_words import LONGEST, joined, separated
from safeguarding.accounts.models import User
from safeguarding.audit.services import record

from .. import rules
from ..errors import EditorialError, NotAllowed, TooMuchToKeep
from .locking import AnyIdentity, locked_item


@transaction.atomic
def set_search_words(*, actor: User, identity: AnyIdentity, words: str) -> None:
    """Commas or lines between. Raises NotAllowed, TooMuchToKeep, EditorialError for a lesson."""
    if not rules.can_write(actor):
        raise NotAllowed("Search words are for editors. Ask an operator to make you one.")
    identity = locked_item(identity)
    if not isinstance(identity, Guide):
        raise EditorialError("A lesson is found by its title and its topic: it has no search words of its own.")
    new, before = joined(separated(words)), identity.search_words
    if len(new) > LONGEST:
        raise TooMuchToKeep(f"Leave some out: there is room for {LONGEST:,} characters, and these are {len(new):,}.")
    if new == before:
        return
    put_search_words(identity, separated(words))
    newest = identity.versions.order_by("-number").first()
    record(
        actor=actor,
        action="changed the search words",
        object_type="guide",
        object_id=identity.pk,
        object_label=newest.title if newest else identity.slug,
        reason=f"{new or 'none'}, in place of {before or 'none'}",
    )


def put_search_words(identity: AnyIdentity, words: Iterable[str]) -> None:
    """The caller holds the lock."""
    if isinstance(identity, Guide):
        identity.search_words = joined(words)
        identity.save(update_fields=["search_words"])
