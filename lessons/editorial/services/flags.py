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
Checked = tuple[str, ...]


def flag_term(term: GlossaryTerm) -> None:
    """Note where the term stands now, in the transaction of its change; what was noted before is forgotten. Seventeen
    queries at most, however many versions are live.
    """
    _flag([term])


def flag_changed_terms(before: dict[str, Checked]) -> None:
    """The same for each term that is not as it was in `before`. Where there was none, nothing can have changed."""
    changed = [term for term in GlossaryTerm.objects.all() if _checked(term) != before.get(term.term)]
    if before and changed:
        _flag(changed)


def checked_terms() -> dict[str, Checked]:
    """What the checks read of each term now. One query."""
    return {term.term: _checked(term) for term in GlossaryTerm.objects.all()}


def _checked(term: GlossaryTerm) -> Checked:
    return tuple(str(getattr(term, name)) for name in CHECKED)


def _flag(terms: Collection[GlossaryTerm]) -> None:
    reference = load_reference()
    forms = [normal(form) for term in terms for form in term.form_list]
    now = timezone.now()
    flags = []
    for version, content in live_or_planned_contents().items():
        # The whole check takes ten times as long, so it is only asked where it may find something.
        if any(form in normal(passage.text) for passage in content.passages() for form in forms):
            found = terms_in(content, reference)
            flags += [Flag(term=term, since=now, **_of(version)) for term in terms if term.term in found]
    Flag.objects.filter(term__in=terms).delete()
    Flag.objects.bulk_create(flags)


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
