"""Who belongs to a school, and as what. Nothing here tells a school what accounts there are elsewhere."""

from django.db import IntegrityError, transaction

from safeguarding.accounts.models import User

from ..enums import Role
from ..errors import InvitationGone, InvitedAlready, LastLead, NotOnTheStaff, OnTheStaff
from ..letters import count_letter
from ..models import Invitation, Membership, School
from .school import locked_school


@transaction.atomic
def invite_person(*, actor: Membership, email: str, name: str, role: str) -> Invitation:
    """Offer a place. An address without an account gets one that has no password yet; one with an account is asked.

    Both look the same to the school until the person says yes. Raises LeadOnly, TooManyLetters, OnTheStaff,
    InvitedAlready.
    """
    school = locked_school(actor)
    email = email.lower()
    count_letter(school, email)
    user = User.objects.filter(email__iexact=email).first() or _new_account(email, name)
    if Membership.objects.active().filter(user=user, school=school).exists():
        raise OnTheStaff
    if Invitation.objects.filter(user=user, school=school).exists():
        raise InvitedAlready
    return Invitation.objects.create(school=school, user=user, email=email, name=name, role=role, invited_by=actor)


@transaction.atomic
def renew_invitation(*, actor: Membership, invitation: Invitation) -> Invitation:
    """For the letter to be sent again. Raises LeadOnly, TooManyLetters, InvitationGone."""
    school = locked_school(actor)
    kept = Invitation.objects.select_related("school", "user").filter(pk=invitation.pk, school=school).first()
    if kept is None:
        raise InvitationGone
    count_letter(school, kept.email)
    return kept


@transaction.atomic
def take_back_invitation(*, actor: Membership, invitation: Invitation) -> None:
    """Raises LeadOnly, InvitationGone."""
    deleted, _ = Invitation.objects.filter(pk=invitation.pk, school=locked_school(actor)).delete()
    if not deleted:
        raise InvitationGone


@transaction.atomic
def accept_invitation(*, actor: User, pk: int) -> Membership:
    """The person joins the school. Somebody who was there before has their classes back; whoever has come to belong to
    it otherwise keeps their role, for they may be its only lead. Raises InvitationGone."""
    invitation = _own_invitation(actor, pk)
    membership, _ = Membership.objects.select_for_update().get_or_create(
        user=actor, school=invitation.school, defaults={"role": invitation.role}
    )
    if not membership.is_active:
        membership.role, membership.is_active = invitation.role, True
        membership.save(update_fields=["role", "is_active"])
    invitation.delete()
    return membership


@transaction.atomic
def decline_invitation(*, actor: User, pk: int) -> School:
    """Raises InvitationGone."""
    invitation = _own_invitation(actor, pk)
    invitation.delete()
    return invitation.school


@transaction.atomic
def change_role(*, actor: Membership, member: Membership, role: str) -> Membership:
    """Raises LeadOnly, NotOnTheStaff, LastLead."""
    kept = _locked_member(actor, member)
    if role != Role.LEAD:
        _require_another_lead(kept)
    kept.role = role
    kept.save(update_fields=["role"])
    return kept


@transaction.atomic
def remove_member(*, actor: Membership, member: Membership) -> None:
    """They see nothing of the school any more; what they set and recorded stays.

    Raises LeadOnly, NotOnTheStaff, LastLead.
    """
    kept = _locked_member(actor, member)
    _require_another_lead(kept)
    kept.is_active = False
    kept.save(update_fields=["is_active"])


def _new_account(email: str, name: str) -> User:
    try:
        with transaction.atomic():
            return User.objects.create_user(email, None, name=name)
    except IntegrityError:
        # Another school invited the same person at the same moment.
        return User.objects.get(email__iexact=email)


def _own_invitation(actor: User, pk: int) -> Invitation:
    found = Invitation.objects.select_for_update(of=("self",)).select_related("school").filter(pk=pk, user=actor)
    invitation = found.first()
    if invitation is None:
        raise InvitationGone
    return invitation


def _locked_member(actor: Membership, member: Membership) -> Membership:
    """The school is locked first: of two leads who take each other's place at once, the second is refused."""
    school = locked_school(actor)
    kept = Membership.objects.select_related("school").filter(pk=member.pk, school=school, is_active=True).first()
    if kept is None:
        raise NotOnTheStaff
    return kept


def _require_another_lead(member: Membership) -> None:
    others = Membership.objects.active().filter(school=member.school_id, role=Role.LEAD).exclude(pk=member.pk)
    if member.is_lead and not others.exists():
        raise LastLead
