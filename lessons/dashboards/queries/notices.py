"""What a teacher is told of: what is due soon, has a newer version, was withdrawn, or needs their lead to know.

Nothing is kept for it. A notice is worked out from the lessons that are set, and has the moment at which it came up: so
it is new until the reader says, at a later moment, that they have read.
"""

import datetime
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from lessons.library.live import live_q
from lessons.teaching.enums import Digest
from lessons.teaching.models import Assignment, Attempt, Delivery, NoticeSetting
from lessons.teaching.rules import LEAD_KNOWS_FROM_AGE
from safeguarding.accounts.models import User
from safeguarding.schools.access import memberships_of
from safeguarding.schools.enums import Role
from safeguarding.schools.models import Membership

from .progress import days_in_words

LOOK_BACK = datetime.timedelta(days=14)
A_DAY = datetime.timedelta(days=1)


class NoticeKind(Enum):
    """The word, and the kind of badge. The most pressing stands first."""

    WITHDRAWN = "Withdrawn", "stop"
    LEAD = "Tell your lead", "care"
    DUE = "Due", "info"
    VERSION = "Another version", ""

    @property
    def word(self) -> str:
        return self.value[0]

    @property
    def badge(self) -> str:
        return self.value[1]


URL_NAMES = {NoticeKind.LEAD: "teaching:before", NoticeKind.VERSION: "teaching:assignment-newer"}


@dataclass(frozen=True)
class Notice:
    """About one lesson of one class; never about a pupil, nor about what was answered."""

    kind: NoticeKind
    assignment_pk: int
    class_name: str
    school_name: str
    title: str
    sentence: str
    at: datetime.datetime
    is_new: bool

    @property
    def url(self) -> str:
        """Of the page that helps."""
        return reverse(URL_NAMES.get(self.kind, "dashboards:assignment-results"), args=[self.assignment_pk])


@dataclass(frozen=True)
class _Role:
    """Through which a notice reaches somebody: the column of their membership, and of when they last read."""

    membership: str
    read_at: str
    is_lead: bool


ROLES = (_Role("teacher", "teacher_read_at", is_lead=False), _Role("setter", "setter_read_at", is_lead=True))


def notices(user: User, now: datetime.datetime) -> list[Notice]:
    """The last ones first. One query."""
    return notices_of(memberships_of(user), now).get(user.pk, [])


def notices_of(
    memberships: Collection[Membership], now: datetime.datetime, *, ahead: datetime.timedelta = A_DAY
) -> dict[int, list[Notice]]:
    """By user: of the classes that they teach, and for a lead of the lessons that they set besides. One query.

    It is told `ahead` of the day that a lesson is due or opens.
    """
    by_pk = {membership.pk: membership for membership in memberships}
    found: dict[int, dict[int, list[Notice]]] = {}
    for row in _rows(list(by_pk), now, ahead):
        for role in ROLES:
            person = by_pk.get(row[role.membership])
            # A teacher who set a lesson and has left the class since sees nothing of it any more.
            if person and (person.is_lead or not role.is_lead):
                found.setdefault(person.user_id, {})[row["pk"]] = _of_row(row, row[role.read_at], now, ahead)
    return {
        user_pk: sorted(
            (notice for of_one in by_assignment.values() for notice in of_one),
            key=lambda notice: (-notice.at.timestamp(), ORDER.index(notice.kind), notice.class_name, notice.title),
        )
        for user_pk, by_assignment in found.items()
    }


ORDER = list(NoticeKind)


def _rows(membership_pks: Sequence[int], now: datetime.datetime, ahead: datetime.timedelta) -> Iterable[dict[str, Any]]:
    """One for each teacher of its class, of the open lessons that may be told of."""
    versions = "version__lesson__versions"
    days = (timezone.localdate(now - LOOK_BACK), timezone.localdate(now) + ahead)
    mine = Q(school_class__teachers__in=membership_pks) | Q(set_by__in=membership_pks, set_by__role=Role.LEAD)
    is_new = Q(version__withdrawn_at__gte=now - LOOK_BACK) | Q(live__live_from__gte=now - LOOK_BACK)
    rows: Any = (
        Assignment.objects.annotate(live=FilteredRelation(versions, condition=live_q(f"{versions}__")))
        .filter(mine, Q(due_on__range=days) | Q(opens_on__range=days) | is_new)
        .filter(closed_at__isnull=True, school_class__archived_at__isnull=True)
        .order_by("pk")
        .values(
            "pk",
            "opens_on",
            "due_on",
            "lead_told_at",
            "later_of_id",
            "version_id",
            class_name=F("school_class__name"),
            school_name=F("school_class__school__name"),
            least_age=F("version__lesson__topic__least_age"),
            title=F("version__title"),
            number=F("version__number"),
            withdrawn_at=F("version__withdrawn_at"),
            live_pk=F("live__pk"),
            live_number=F("live__number"),
            live_since=F("live__live_from"),
            has_begun=Exists(Attempt.objects.filter(assignment=OuterRef("pk"))),
            is_taught=Exists(Delivery.objects.filter(assignment=OuterRef("pk"))),
            teacher=F("school_class__teachers"),
            teacher_read_at=F("school_class__teachers__user__notice_setting__read_at"),
            setter=F("set_by"),
            setter_read_at=F("set_by__user__notice_setting__read_at"),
        )
    )
    return rows


def _of_row(
    row: dict[str, Any], read_at: datetime.datetime | None, now: datetime.datetime, ahead: datetime.timedelta
) -> list[Notice]:
    today = timezone.localdate(now)
    title = f"Later check: {row['title']}" if row["later_of_id"] else row["title"]
    found = []

    def tell(kind: NoticeKind, at: datetime.datetime, sentence: str) -> None:
        if now - LOOK_BACK <= at <= now:
            is_new = read_at is None or read_at < at
            found.append(Notice(kind, row["pk"], row["class_name"], row["school_name"], title, sentence, at, is_new))

    if row["withdrawn_at"]:
        # It is not to be taught at all, so its days do not matter.
        tell(NoticeKind.WITHDRAWN, row["withdrawn_at"], "Please do not teach it. Close it for the class.")
        return found
    needs_lead = row["least_age"] >= LEAD_KNOWS_FROM_AGE and not row["later_of_id"] and not row["lead_told_at"]
    if needs_lead and not row["is_taught"]:
        opens = _when(row["opens_on"], today, ahead="opens", past="opened")
        tell(NoticeKind.LEAD, _midnight(row["opens_on"] - ahead), f"It {opens}, and waits until your lead knows of it.")
    if not row["is_taught"]:
        due = _when(row["due_on"], today, ahead="is due", past="was due")
        tell(NoticeKind.DUE, _midnight(row["due_on"] - ahead), f"It {due}.")
    is_untouched = not row["has_begun"] and not row["is_taught"]
    if row["live_pk"] not in (None, row["version_id"]) and is_untouched and not row["later_of_id"]:
        tell(NoticeKind.VERSION, row["live_since"], _version_sentence(row))
    return found


def _version_sentence(row: dict[str, Any]) -> str:
    is_newer = row["live_number"] > row["number"]
    live = f"Version {row['live_number']} is live {'now' if is_newer else 'again'}"
    return f"{live}; the class has version {row['number']}. Nobody has begun, so you can still choose."


def _when(day: datetime.date, today: datetime.date, *, ahead: str, past: str) -> str:
    """Opens tomorrow, 3 May; was due 2 days ago, 1 May."""
    return f"{past if day < today else ahead} {days_in_words(day, today)}, {date_format(day, 'j F')}"


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


def digest_of(user: User) -> str:
    """How often they are written to. One query."""
    setting = NoticeSetting.objects.filter(user=user).first()
    return setting.digest if setting else Digest.OFF
