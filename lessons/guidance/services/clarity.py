"""Was this clear? A count for each version, and nothing of whoever answered."""

import logging

from django.db import DatabaseError, transaction
from django.db.models import F

from lessons.library.models import GuideClarity, GuideVersion

logger = logging.getLogger(__name__)


class NoSuchVersion(Exception):
    """No reader can have read this version at this address."""


def count_clarity(*, slug: str, version_id: int, is_clear: bool) -> None:
    """Three queries, and a few for a version's first answer.

    A count that cannot be written is logged and lost: it is worth no reader's trouble. Raises NoSuchVersion.
    """
    was_shown = GuideVersion.objects.was_live().filter(pk=version_id, guide__slug=slug)
    if not was_shown.exists():
        raise NoSuchVersion
    field = "clear" if is_clear else "unclear"
    try:
        with transaction.atomic():
            GuideClarity.objects.get_or_create(version_id=version_id)
            GuideClarity.objects.filter(version=version_id).update(**{field: F(field) + 1})
    except DatabaseError as error:
        logger.error("Whether a guide was clear could not be counted (%s).", type(error).__name__)
