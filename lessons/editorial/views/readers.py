"""How readers come to a guide, and where they are led when it is gone: forms beside a version."""

from typing import Any

from django import forms
from django.http import HttpRequest

from lessons.library.models import Guide
from lessons.library.store import AnyIdentity

from .. import rules, services
from ..errors import EditorialError
from ..forms.readers import SearchWordsForm, SuccessorForm
from ..queries.readers import possible_successors
from .access import current_user


def reader_forms(request: HttpRequest, identity: AnyIdentity) -> dict[str, Any]:
    """Of a guide, those that this person may fill in. One query for a reviewer, two where there is a successor."""
    if not isinstance(identity, Guide):
        return {}
    user = current_user(request)
    found: dict[str, forms.Form] = {}
    if rules.can_review(user):
        found["successor_form"] = SuccessorForm(possible_successors(identity), identity)
    if rules.can_write(user):
        found["search_words_form"] = SearchWordsForm(initial={"search_words": identity.search_words})
    return found


def save_successor(request: HttpRequest, identity: AnyIdentity) -> None:
    """Raises EditorialError."""
    form = SuccessorForm(possible_successors(identity), identity, request.POST) if isinstance(identity, Guide) else None
    chosen = form.chosen if form and _valid(form) else None
    services.set_successor(actor=current_user(request), identity=identity, successor=chosen)


def save_search_words(request: HttpRequest, identity: AnyIdentity) -> None:
    """Raises EditorialError."""
    form = SearchWordsForm(request.POST)
    _valid(form)
    services.set_search_words(actor=current_user(request), identity=identity, words=form.cleaned_data["search_words"])


def _valid(form: forms.Form) -> bool:
    if not form.is_valid():
        raise EditorialError(next(iter(form.errors.values()))[0])
    return True
