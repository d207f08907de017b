"""What a change of the glossary means for what is live already: it waits for somebody to read it."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone

from lessons.library.models import GlossaryTerm, LessonVersion
from lessons.library.store import AnyVersion
from safeguarding.accounts.models import User

from .. import rules
from ..checks import load_reference
from ..checks.reference import normal
from ..checks.text import terms_in
from ..errors import EditorialError, NotAllowed, WrongStatus
from ..models import Flag
from ..queries.live_contents import live_or_planned_contents
from .locking import locked, record_step

CHECKED = ("term", "term_class", "forms", "audience", "instead", "reason")


def flag_term(term: GlossaryTerm) -> int:
    """Note where the term stands now, in the transaction of its change; what was noted before is forgotten. How many
    versions. Seventeen queries at most, however many are live.
    """
    reference = load_reference()
    forms = [normal(form) for form in term.form_list]
    now = timezone.now()
    hits = [
        version
        for version, content in live_or_planned_contents().items()
        # The whole check takes ten times as long, so it is only asked where it may find something.
        if any(form in normal(passage.text) for passage in content.passages() for form in forms)
        and term.term in terms_in(content, reference)
    ]
    Flag.objects.filter(term=term).delete()
    Flag.objects.bulk_create(Flag(term=term, since=now, **_of(version)) for version in hits)
    return len(hits)


@transaction.atomic
def keep_words(*, actor: User, version: AnyVersion, seen: Collection[int], reason: str) -> None:
    """A reviewer has read the words again and finds them right. `seen` are the numbers of the flags that the page
    showed: what has come since stays. Raises NotAllowed, WrongStatus, EditorialError without a reason.
    """
    version = locked(version)
    if not rules.can_review(actor):
        raise NotAllowed("This is for reviewers. Ask an operator to make you one.")
    if not reason.strip():
        raise EditorialError("Say why the words are still right, so that others can follow it later.")
    flags = Flag.objects.filter(pk__in=seen, **_of(version)).select_related("term")
    terms = sorted(flag.term.term for flag in flags)
    if not terms:
        raise WrongStatus("None of these words waits any more. Open the page again to see what happened.")
    flags.delete()
    words = ", ".join(f"“{term}”" for term in terms)
    record_step(actor, "kept the words of", version, f"{words}: {reason.strip()}")


def _of(version: AnyVersion) -> dict[str, Any]:
    return {"lesson_version" if isinstance(version, LessonVersion) else "guide_version": version}
