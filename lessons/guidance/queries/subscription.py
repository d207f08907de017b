"""What whoever reads the mail of an address may see of it."""

from dataclasses import dataclass

from safeguarding.core.languages import Language, language_of

from ..models import Subscription
from .cards import named


@dataclass(frozen=True)
class SubscriptionPage:
    """Never the address itself. No topic means every topic."""

    key: str
    language: Language
    topics: tuple[str, ...]
    is_confirmed: bool


def subscription_page(key: str) -> SubscriptionPage | None:
    """None where the key leads nowhere any more. Two queries."""
    held = (Subscription.objects.confirmed() | Subscription.objects.waiting()).filter(key=key).first()
    if held is None:
        return None
    topics = tuple(named(topic.name) for topic in held.topics.all())
    return SubscriptionPage(held.key, language_of(held.language), topics, held.confirmed_at is not None)
