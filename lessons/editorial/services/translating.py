"""A lesson or guide in another language: an item of its own, tied to the version that it was made from."""

import dataclasses

from django.db import transaction
from django.utils import timezone

from lessons.library.enums import State
from lessons.library.models import Guide, GuideVersion, Lesson, LessonVersion
from lessons.library.store import AnyVersion, content_of, source_of, write_content
from safeguarding.accounts.models import User
from safeguarding.core.languages import LANGUAGES, language_of

from .. import rules
from ..errors import EditorialError, NotAllowed, WrongStatus
from .locking import AnyIdentity, locked, locked_item, record_step, require_state
from .writing import begin, place

LONGEST_SLUG = 80


@transaction.atomic
def start_translation(*, actor: User, identity: AnyIdentity, language: str) -> AnyVersion:
    """A new item whose first draft begins as a copy of what is live, for the translator to write over.

    Raises NotAllowed, EditorialError for a language that cannot be chosen, SlugTaken, WrongStatus where nothing is
    live, where this is a translation itself, or where there is one in this language already.
    """
    _require_editor(actor)
    source = _locked_source(identity)
    if language not in LANGUAGES or language == source.language:
        raise EditorialError("Choose the language into which it is translated from the list.")
    live = source.live_version
    if live is None:
        raise WrongStatus("Nothing of this is live, so there is nothing to translate yet.")
    content = content_of(live)
    version = create_translation(
        actor=actor, source=source, language=language, slug=_slug(source.slug, language), title=content.title
    )
    write_content(version, dataclasses.replace(content, slug=version.identity.slug))
    set_made_from(version, live)
    return version


@transaction.atomic
def create_translation(*, actor: User, source: AnyIdentity, language: str, slug: str, title: str) -> AnyVersion:
    """The item with an empty first draft, which says nothing yet of what it was made from. Raises as above."""
    _require_editor(actor)
    source = _locked_source(source)
    name = language_of(language).english
    if source.translations.filter(language=language).exists():
        raise WrongStatus(f"There is a translation into {name} already: work on that one.")
    draft: AnyVersion
    if isinstance(source, Lesson):
        lesson = Lesson(slug=slug, topic=source.topic, band=source.band)
        _tie(lesson, source, language, actor)
        draft = LessonVersion(lesson=lesson, number=1, title=title)
    else:
        ages = {"age_from": source.age_from, "age_to": source.age_to}
        guide = Guide(slug=slug, kind=source.kind, topic=source.topic, **ages)
        _tie(guide, source, language, actor)
        draft = GuideVersion(guide=guide, number=1, title=title)
    return begin(draft, actor, f"A translation of “{source.slug}” into {name}.")


def _tie(identity: AnyIdentity, source: AnyIdentity, language: str, owner: User) -> None:
    identity.owner, identity.language = owner, language
    identity.translation_of = source
    place(identity)


def set_made_from(version: AnyVersion, source: AnyVersion | None) -> None:
    version.translates = source
    version.save(update_fields=["translates"])


@transaction.atomic
def confirm_translation(*, actor: User, version: AnyVersion, number: int) -> AnyVersion:
    """A translator says that a draft says the same as the source's live version. `number` is the one they have read.

    Raises NotAllowed, WrongStatus for what is no draft or no translation, and where the source has moved on again.
    """
    version = locked(version)
    _require_editor(actor)
    require_state(version, State.DRAFT)
    source = source_of(version)
    live = source.live_version if source else None
    if live is None:
        raise WrongStatus("There is no live version that this draft could be a translation of.")
    if live.number != number:
        raise WrongStatus(
            f"You have read version {number} of the source; version {live.number} is live by now. "
            "Look at the changes again."
        )
    if version.translates_id == live.pk:
        return version
    version.translates = live
    version.edited_at, version.edited_by, version.starter_checksum = timezone.now(), actor, ""
    version.save()
    version.contributors.add(actor)
    record_step(actor, "brought up to date", version, f"With version {live.number} of “{live.title}”.")
    return version


def _locked_source(identity: AnyIdentity) -> AnyIdentity:
    if identity.is_translation:
        raise WrongStatus("This is a translation itself. Translate the item that it was made from.")
    return locked_item(identity)


def _slug(source: str, language: str) -> str:
    return f"{source[: LONGEST_SLUG - len(language) - 1].rstrip('-')}-{language}"


def _require_editor(actor: User) -> None:
    if not rules.can_write(actor):
        raise NotAllowed("Translating is for editors. Ask an operator to make you one.")
