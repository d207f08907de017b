"""Accounts and what they may do to the library. For operators alone; each change stands in the audit."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Q

from safeguarding.accounts.models import User
from safeguarding.audit.services import record

from .. import rules
from ..errors import EditedMeanwhile, EditorialError, NotAllowed, WrongStatus
from ..queries.desk_people import token_of_person
from ..queries.settings import entries_of
from ..setting_kinds import PERSON


@dataclass(frozen=True)
class Roles:
    is_editor: bool = False
    is_reviewer: bool = False
    is_operator: bool = False
    is_active: bool = True


WORDS = {"is_editor": "editor", "is_reviewer": "reviewer", "is_operator": "operator", "is_active": "open account"}


def add_person(*, actor: User, email: str, name: str, roles: Roles) -> User:
    """An account without a password; an e-mail lets its owner choose one. Raises NotAllowed, EditorialError where
    somebody has this address.
    """
    _require(actor)
    if User.objects.filter(email__iexact=email).exists():
        raise EditorialError("Somebody signs in with this address already. Find them under “Everybody”.")
    try:
        with transaction.atomic():
            person = User.objects.create_user(email, None, name=name)
            _put(person, roles)
            person.save()
            _record(actor, "added", person, _told(Roles(), roles))
    except IntegrityError as error:
        raise EditorialError("Somebody has just added this address. Look at the list.") from error
    return person


@transaction.atomic
def change_roles(*, actor: User, person: User, token: str, roles: Roles) -> User:
    """`token` names what the page showed. Nobody takes their own operator's rights away or closes their own account: so
    one operator is always left, the one who acts.

    Raises NotAllowed, EditedMeanwhile, WrongStatus where the account is gone.
    """
    # All operators are locked in one order: of two who take each other's rights away at once, the second is refused.
    wanted = Q(is_superuser=True) | Q(pk__in=[actor.pk, person.pk])
    locked = {user.pk: user for user in User.objects.select_for_update().filter(wanted).order_by("pk")}
    if actor.pk not in locked:
        raise NotAllowed("Your account is no longer there.")
    _require(locked[actor.pk])
    if person.pk not in locked:
        raise WrongStatus("This account is no longer there.")
    person = locked[person.pk]
    if token_of_person(person) != token:
        entries = entries_of(PERSON, person.pk)
        raise EditedMeanwhile(entries[0].actor_name if entries else "Somebody")
    if person.pk == actor.pk and not (roles.is_operator and roles.is_active):
        raise NotAllowed(
            "You cannot take your own rights as an operator away or close your own account: somebody has to be left "
            "who can undo it. Ask another operator."
        )
    before = held_roles(person)
    if before != roles:
        _put(person, roles)
        person.save(update_fields=["is_editor", "is_reviewer", "is_staff", "is_superuser", "is_active"])
        _record(actor, "changed the rights of", person, _told(before, roles))
    return person


def held_roles(person: User) -> Roles:
    return Roles(person.is_editor, person.is_reviewer, person.is_superuser, person.is_active)


def _require(actor: User) -> None:
    if not rules.can_operate(actor):
        raise NotAllowed("People and their roles are for operators. Ask one of them.")


def _put(person: User, roles: Roles) -> None:
    person.is_editor, person.is_reviewer, person.is_active = roles.is_editor, roles.is_reviewer, roles.is_active
    person.is_superuser = person.is_staff = roles.is_operator


def _told(before: Roles, after: Roles) -> str:
    return "; ".join(
        f"{word}: {'given' if getattr(after, name) else 'taken away'}"
        for name, word in WORDS.items()
        if getattr(before, name) != getattr(after, name)
    )


def _record(actor: User, action: str, person: User, reason: str) -> None:
    record(
        actor=actor,
        action=action,
        object_type=PERSON,
        object_id=person.pk,
        object_label=str(person),
        reason=reason,
    )
