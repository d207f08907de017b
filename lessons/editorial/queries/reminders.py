"""Which reviews somebody is to be reminded of."""

import datetime
from dataclasses import dataclass

from safeguarding.accounts.models import User

from .. import rules
from ..enums import Kind

STAGES_DAYS = (0, 30, 60)  # before the review is due


@dataclass(frozen=True)
class DueItem:
    kind: Kind
    version_id: int
    slug: str
    title: str
    review_by: datetime.date
    days_left: int  # negative where it is overdue
    owner: User | None  # somebody who can open the desk

    @property
    def stage_days(self) -> int:
        """The latest stage that has come."""
        return next(stage for stage in STAGES_DAYS if self.days_left <= stage)

    @property
    def when(self) -> str:
        match self.days_left:
            case 0:
                return "today"
            case 1:
                return "tomorrow"
            case -1:
                return "yesterday"
            case days:
                return f"in {days} days" if days > 0 else f"{-days} days ago"


def due_items(on: datetime.date) -> list[DueItem]:
    """What is live and has reached its first stage, the most urgent first. Two queries."""
    found = []
    for kind in Kind:
        items = kind.identity_model._default_manager.filter(
            live_version__review_by__lte=on + datetime.timedelta(days=STAGES_DAYS[-1])
        )
        for item in items.select_related("live_version", "owner"):
            live, owner = item.live_version, item.owner
            if live is None or live.review_by is None:
                continue
            found.append(
                DueItem(
                    kind=kind,
                    version_id=live.pk,
                    slug=item.slug,
                    title=live.title,
                    review_by=live.review_by,
                    days_left=(live.review_by - on).days,
                    owner=owner if owner and rules.can_look_after(owner) else None,
                )
            )
    return sorted(found, key=lambda item: (item.review_by, item.title))
