"""What the settings look after is changed here: lock, check the rule, change, record, return."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model, ProtectedError
from django.utils import timezone

from lessons.library.models import HelpService, UnitLesson
from safeguarding.accounts.models import User
from safeguarding.audit.services import record

from .. import rules
from ..errors import EditedMeanwhile, EditorialError, NotAllowed, WrongStatus
from ..queries.setting_uses import uses_of
from ..queries.settings import entries_of, held_values, name_of, token_of_row
from ..setting_kinds import SETTINGS, Setting, SettingKind
from .flags import CHECKED, flag_term

LESSONS_IN_A_UNIT = range(2, 5)


class InUse(WrongStatus):
    """Something still relies on it."""


def add_setting(*, actor: User, setting: Setting, values: dict[str, Any]) -> Any:
    """A new row that holds `values`. Raises NotAllowed, EditorialError where they do not fit together."""
    with transaction.atomic():
        _require(actor, setting)
        row = setting.model()
        _put(setting, row, values)
        _record(actor, "added", setting, row)
        if setting.kind is SettingKind.GLOSSARY:
            flag_term(row)
    return row


def change_setting(*, actor: User, setting: Setting, pk: int, token: str, values: dict[str, Any]) -> Any:
    """`token` names what the page began from. What is fixed stays.

    Raises NotAllowed, EditedMeanwhile, WrongStatus where the row is gone, EditorialError where the values do not fit.
    """
    with transaction.atomic():
        _require(actor, setting)
        row = _locked(setting, pk)
        _require_token(setting, row, token)
        before = held_values(setting, row)
        _put(setting, row, {name: value for name, value in values.items() if name not in setting.fixed})
        after = held_values(setting, row)
        told = _difference(setting, before, after)
        if told:
            _record(actor, "changed", setting, row, told)
        if setting.kind is SettingKind.GLOSSARY and any(before[name] != after[name] for name in CHECKED):
            flag_term(row)
    return row


def remove_setting(*, actor: User, setting: Setting, pk: int, token: str) -> None:
    """Raises NotAllowed, EditedMeanwhile, WrongStatus where the row is gone, InUse."""
    with transaction.atomic():
        _require(actor, setting)
        row = _locked(setting, pk)
        _require_token(setting, row, token)
        if uses_of(setting, row):
            raise InUse(f"This {setting.word} is in use. Change what relies on it first.")
        # Before it goes, because the entry names it by its number.
        _record(actor, "removed", setting, row)
        try:
            row.delete()
        except ProtectedError as error:
            raise InUse(f"This {setting.word} is in use. Change what relies on it first.") from error


@transaction.atomic
def verify_service(*, actor: User, pk: int) -> HelpService:
    """Somebody has tried its number and addresses today. Raises NotAllowed, WrongStatus where it is gone."""
    setting = SETTINGS[SettingKind.SERVICES]
    _require(actor, setting)
    service: HelpService = _locked(setting, pk)
    service.last_verified_on = timezone.localdate()
    service.save(update_fields=["last_verified_on"])
    _record(actor, "verified", setting, service)
    return service


def _require(actor: User, setting: Setting) -> None:
    if not rules.can_change_setting(actor, setting):
        who = "operators" if setting.is_for_operators else "reviewers and operators"
        raise NotAllowed(f"{setting.label} are changed by {who}. Ask one of them.")


def _locked(setting: Setting, pk: int) -> Any:
    row = setting.model._default_manager.select_for_update().filter(pk=pk).first()
    if row is None:
        raise WrongStatus(f"This {setting.word} is no longer there: somebody has removed it.")
    return row


def _require_token(setting: Setting, row: Any, token: str) -> None:
    if token_of_row(setting, row) != token:
        entries = entries_of(setting.word, row.pk)
        raise EditedMeanwhile(entries[0].actor_name if entries else "Somebody")


def _put(setting: Setting, row: Any, values: dict[str, Any]) -> None:
    many = {name: value for name, value in values.items() if name in setting.many}
    for name, value in values.items():
        if name not in many:
            setattr(row, name, value)
    try:
        row.full_clean()
        with transaction.atomic():
            row.save()
            for name, value in many.items():
                _put_many(setting, row, name, list(value))
    except ValidationError as error:
        raise EditorialError(" ".join(error.messages)) from error
    except IntegrityError as error:
        raise EditorialError(f"Another {setting.word} like this one has just been saved. Look at the list.") from error


def _put_many(setting: Setting, row: Any, name: str, rows: list[Any]) -> None:
    if setting.kind is not SettingKind.UNITS:
        getattr(row, name).set(rows)
        return
    if len(rows) not in LESSONS_IN_A_UNIT or len(set(rows)) != len(rows):
        raise ValidationError("A unit has two to four lessons, each once.")
    places = {place.lesson_id: place for place in UnitLesson.objects.filter(unit=row)}
    UnitLesson.objects.filter(unit=row).exclude(lesson__in=rows).delete()
    for position, lesson in enumerate(rows, start=1):
        place = places.get(lesson.pk) or UnitLesson(unit=row, lesson=lesson)
        place.position = position
        place.full_clean()
        place.save()


def _difference(setting: Setting, before: dict[str, Any], after: dict[str, Any]) -> str:
    """Each field that changed, with what it held and what it holds."""
    fields = setting.model._meta
    return "; ".join(
        f"{fields.get_field(name).verbose_name}: {_words(before[name])} → {_words(after[name])}"
        for name in setting.fields
        if before[name] != after[name]
    )


def _words(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(name_of(one) for one in value) or "nothing"
    if isinstance(value, Model):
        return name_of(value)
    return "nothing" if value in (None, "") else str(value)


def _record(actor: User, action: str, setting: Setting, row: Any, reason: str = "") -> None:
    record(
        actor=actor,
        action=action,
        object_type=setting.word,
        object_id=row.pk,
        object_label=name_of(row) if setting.kind is not SettingKind.BAND_WORDS else f"{row.band}: {row}",
        reason=reason,
    )
