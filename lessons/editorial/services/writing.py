import dataclasses
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from lessons.library.content import Content, GuideContent, LessonContent
from lessons.library.models import AgeBand, Guide, GuideVersion, Lesson, LessonVersion, Topic
from lessons.library.reserved import RESERVED_FOR_GUIDES
from lessons.library.store import AnyVersion, content_of, write_content
from safeguarding.accounts.models import User
from safeguarding.core.languages import SOURCE

from .. import rules
from ..errors import EditedMeanwhile, NotAllowed, SlugTaken, WrongStatus
from ..models import UnsavedCopy
from ..parts import Part, fields_of, token_of
from .locking import AnyIdentity, locked, record_step

V = TypeVar("V", bound=LessonVersion | GuideVersion)


@transaction.atomic
def create_lesson(
    *, actor: User, slug: str, topic: Topic, band: AgeBand, title: str, summary: str = "", language: str = SOURCE
) -> LessonVersion:
    """A new lesson with an empty first draft. Raises NotAllowed, SlugTaken."""
    _require_editor(actor)
    lesson = Lesson(slug=slug, topic=topic, band=band, owner=actor, language=language)
    place(lesson)
    version = LessonVersion(lesson=lesson, number=1, title=title, summary=summary)
    return begin(version, actor)


@transaction.atomic
def create_guide(
    *,
    actor: User,
    slug: str,
    kind: str,
    topic: Topic | None,
    age_from: int,
    age_to: int,
    title: str,
    summary: str = "",
    language: str = SOURCE,
) -> GuideVersion:
    """A new guide with an empty first draft. Raises NotAllowed, SlugTaken."""
    _require_editor(actor)
    guide = Guide(slug=slug, kind=kind, topic=topic, age_from=age_from, age_to=age_to, owner=actor, language=language)
    place(guide)
    return begin(GuideVersion(guide=guide, number=1, title=title, summary=summary), actor)


@transaction.atomic
def start_draft(*, actor: User, identity: AnyIdentity) -> AnyVersion:
    """A new draft that begins as a copy of what is live, or of the newest version where nothing is.

    Raises NotAllowed, or WrongStatus when a version is under way already.
    """
    _require_editor(actor)
    identity = type(identity)._default_manager.select_for_update().get(pk=identity.pk)
    newest = identity.versions.order_by("-number").first()
    if newest is None:
        raise WrongStatus("There is no version to begin from.")
    under_way = next((version for version in identity.versions.all() if version.is_under_way), None)
    if under_way:
        raise WrongStatus(
            f"Version {under_way.number} is under way ({under_way.state.label.lower()}): work on that one."
        )
    return copy_as_draft(identity.live_version or newest, actor)


def copy_as_draft(version: AnyVersion, author: User) -> AnyVersion:
    """The next number, with the same content. The caller holds the lock on the identity."""
    draft = _next_version(version.identity)
    content = content_of(version)
    draft.title, draft.summary = content.title, content.summary
    draft.translates_id = version.translates_id
    begin(draft, author)
    write_content(draft, content)
    return draft


def _next_version(identity: AnyIdentity) -> AnyVersion:
    number = (identity.versions.aggregate(highest=Max("number"))["highest"] or 0) + 1
    if isinstance(identity, Lesson):
        return LessonVersion(lesson=identity, number=number)
    return GuideVersion(guide=identity, number=number)


@transaction.atomic
def save_part(
    *, actor: User, version: AnyVersion, part: Part, token: str, changes: dict[str, Any], place: int = 0
) -> AnyVersion:
    """Write one part of a draft, or with `place` one activity or question of it, and forget what was kept unsaved.

    `token` names what it held when the writer opened it (`parts.token_of`); `changes` are fields of the content. Of a
    row only that row is taken from them: the others may have been saved meanwhile.
    Raises NotAllowed, WrongStatus for what is no longer a draft, EditedMeanwhile where somebody else saved this part.
    """
    version = locked(version)
    _require_editor(actor)
    if not rules.can_edit(actor, version):
        raise WrongStatus(
            f"Version {version.number} is “{version.state.label.lower()}”: what has been submitted is never "
            "edited again. Start a new version to change it."
        )
    content = content_of(version)
    if token_of(content, part, place) != token:
        raise EditedMeanwhile(str(version.edited_by or "Somebody"))
    foreign = set(changes) - set(fields_of(content, part))
    if foreign:
        raise ValueError(f"{sorted(foreign)} do not belong to the part {part}.")
    if place:
        (name,) = changes
        rows = list(getattr(content, name))
        rows[place - 1] = changes[name][place - 1]
        changes = {name: tuple(rows)}
    UnsavedCopy.objects.of(version).filter(person=actor, part=part, place=place).delete()
    changed: Content = dataclasses.replace(content, **changes)
    if changed == content:
        return version
    _write_identity(version, changed)
    version.edited_at, version.edited_by = timezone.now(), actor
    version.starter_checksum = ""
    write_content(version, changed)
    version.contributors.add(actor)
    return version


def _write_identity(version: AnyVersion, content: Content) -> None:
    """Topic, band and ages belong to the identity. They are open until something has been live under it;
    a translation has those of its source.
    """
    identity = version.identity
    if identity.is_translation or identity.versions.filter(live_from__isnull=False).exists():
        return
    if isinstance(identity, Lesson) and isinstance(content, LessonContent):
        identity.topic = Topic.objects.get(slug=content.topic)
        identity.band = AgeBand.objects.get(slug=content.band)
    elif isinstance(identity, Guide) and isinstance(content, GuideContent):
        identity.kind, identity.age_from, identity.age_to = content.kind, content.age_from, content.age_to
        identity.topic = Topic.objects.get(slug=content.topic) if content.topic else None
    identity.save()


def place(identity: AnyIdentity) -> None:
    """Raises SlugTaken."""
    if isinstance(identity, Guide) and identity.slug in RESERVED_FOR_GUIDES:
        raise SlugTaken(identity.slug)
    taken = type(identity)._default_manager.filter(slug=identity.slug)
    try:
        with transaction.atomic():
            identity.save()
    except IntegrityError as error:
        if taken.exists():
            raise SlugTaken(identity.slug) from error
        raise


def begin(version: V, author: User, reason: str = "") -> V:
    version.author = version.edited_by = author
    version.save()
    version.contributors.add(author)
    record_step(author, "began", version, reason)
    return version


def _require_editor(actor: User) -> None:
    if not rules.can_write(actor):
        raise NotAllowed("Writing is for editors. Ask an operator to make you one.")
