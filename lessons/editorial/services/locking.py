from django.db import connection

from lessons.library.enums import State
from lessons.library.models import Guide, GuideVersion, Lesson, LessonVersion
from lessons.library.store import AnyIdentity, AnyVersion
from safeguarding.accounts.models import User
from safeguarding.audit.services import record

from ..errors import WrongStatus


def locked(version: AnyVersion) -> AnyVersion:
    """The version as it stands now, with its identity; both rows are locked until the transaction ends."""
    if not connection.in_atomic_block:
        raise RuntimeError("Lock a version inside a transaction.")
    if isinstance(version, LessonVersion):
        Lesson.objects.select_for_update().get(pk=version.lesson_id)
        lessons = LessonVersion.objects.select_for_update(of=("self",)).select_related("lesson")
        return lessons.get(pk=version.pk)
    Guide.objects.select_for_update().get(pk=version.guide_id)
    return GuideVersion.objects.select_for_update(of=("self",)).select_related("guide").get(pk=version.pk)


def locked_item(identity: AnyIdentity) -> AnyIdentity:
    """The lesson or guide as it stands now, locked until the transaction ends."""
    return type(identity)._default_manager.select_for_update().get(pk=identity.pk)


def require_state(version: AnyVersion, *allowed: State) -> None:
    """Raises WrongStatus with a sentence that says where the version stands."""
    if version.state not in allowed:
        labels = " or ".join(f"“{state.label.lower()}”" for state in allowed)
        raise WrongStatus(
            f"This step is for a version that is {labels}. Version {version.number} is "
            f"“{version.state.label.lower()}” by now: open it again to see what happened."
        )


def record_step(actor: User | None, action: str, version: AnyVersion, reason: str = "") -> None:
    record(
        actor=actor,
        action=action,
        object_type="lesson" if isinstance(version, LessonVersion) else "guide",
        object_id=version.identity.pk,
        object_label=version.title,
        version_number=version.number,
        reason=reason,
    )
