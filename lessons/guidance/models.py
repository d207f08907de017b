import datetime
import secrets
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from lessons.library.models import Topic
from safeguarding.core.languages import SOURCE

WAITS = datetime.timedelta(days=2)


def new_key() -> str:
    """256 bits, for an address that only the mail names."""
    return secrets.token_urlsafe(32)


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def confirmed(self) -> Self:
        return self.filter(confirmed_at__isnull=False)

    def waiting(self) -> Self:
        """Asked for in the last two days, and not confirmed by whoever reads the mail of that address."""
        return self.filter(confirmed_at__isnull=True, asked_at__gt=timezone.now() - WAITS)

    def never_confirmed(self) -> Self:
        """Asked for longer ago than that: to be forgotten."""
        return self.filter(confirmed_at__isnull=True, asked_at__lte=timezone.now() - WAITS)

    def of_address(self, email: str) -> Self:
        """Upper and lower case are alike."""
        return self.alias(address=Lower("email")).filter(address=email.lower())


class Subscription(models.Model):
    """An address that is written to when guidance changes, and nothing else of whoever reads there.

    It holds once the mail sent to the address was answered; leaving deletes the row. No topic means every topic.
    """

    email = models.EmailField(max_length=254)
    language = models.CharField(max_length=10, default=SOURCE)
    topics = models.ManyToManyField(Topic, related_name="subscriptions", blank=True)
    key = models.CharField(
        max_length=43, unique=True, default=new_key, help_text="Of the links to confirm and to leave."
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    told_until = models.DateTimeField(null=True, blank=True, help_text="What went live until then has been told.")
    taken_at = models.DateTimeField(null=True, blank=True, help_text="When a run took it in hand to write to it.")

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                Lower("email"), condition=Q(confirmed_at__isnull=False), name="subscription_confirmed_once"
            ),
        ]

    def __str__(self) -> str:
        """Never the address: this text may reach a log."""
        return f"Subscription {self.pk}"
