"""Pictures of our own library, with who added, changed and deleted each of them."""

from typing import BinaryIO

from django.db import transaction

from lessons.library import image_store
from lessons.library.models import Image
from safeguarding.accounts.models import User
from safeguarding.audit.services import record

from .. import rules
from ..errors import NotAllowed

DETAILS = ("title", "alt_text", "is_decorative", "credit", "licence")
NOT_EDITOR = "Pictures are for editors. Ask an operator to make you one."


def add_image(*, actor: User, file: BinaryIO, **details: str | bool) -> Image:
    """Raises NotAllowed, ImageRefused; then no file is left either."""
    _require_editor(actor)
    return image_store.store_image(
        actor=actor,
        file=file,
        also=lambda image: _record(actor, "added", image),
        **details,  # type: ignore[arg-type]  # of DETAILS
    )


@transaction.atomic
def edit_image(*, actor: User, image: Image, **details: str | bool) -> Image:
    """What is said of a picture; the picture itself never changes. Raises NotAllowed."""
    _require_editor(actor)
    image = Image.objects.select_for_update().get(pk=image.pk)
    changes = {name: value for name, value in details.items() if getattr(image, name) != value}
    if not changes:
        return image
    said = "; ".join(f"{_label(name)}: “{getattr(image, name)}” → “{value}”" for name, value in changes.items())
    for name, value in changes.items():
        setattr(image, name, value)
    image.save(update_fields=list(changes))
    _record(actor, "edited", image, said)
    return image


@transaction.atomic
def delete_image(*, actor: User, image: Image) -> None:
    """Raises NotAllowed, ImageRefused while any version shows it."""
    _require_editor(actor)
    _record(actor, "deleted", image)
    image_store.delete_image(image=image)


def _label(name: str) -> str:
    return str(getattr(Image._meta.get_field(name), "verbose_name", name)).capitalize()


def _record(actor: User, action: str, image: Image, reason: str = "") -> None:
    record(
        actor=actor,
        action=action,
        object_type="picture",
        object_id=image.pk,
        object_label=image.title,
        reason=reason,
    )


def _require_editor(actor: User) -> None:
    if not rules.can_write(actor):
        raise NotAllowed(NOT_EDITOR)
