from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, Sum, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from safeguarding.schools.models import Country

from .enums import GuideKind, Serves, Status
from .live import CurrentMoment, live_q

if TYPE_CHECKING:
    from .models import Edition, Guide, HelpService, Lesson, Unit

VERIFIED_FOR = datetime.timedelta(days=365)
MOST_SEARCH_WORDS = 8


class HelpServiceQuerySet(models.QuerySet["HelpService"]):
    def for_country(self, code: str) -> Self:
        """The country's own first, with those of the country that it is part of, then those that serve anywhere."""
        own = Q(country__in=Country.objects.around(code))
        return self.filter(own | Q(country__isnull=True)).order_by(
            Case(When(country__isnull=True, then=1), default=0), "position", "name"
        )

    def to_be_verified(self) -> Self:
        """Never verified, or more than a year ago."""
        long_ago = timezone.localdate() - VERIFIED_FOR
        return self.filter(Q(last_verified_on__isnull=True) | Q(last_verified_on__lt=long_ago))

    def for_age(self, age_from: int, age_to: int) -> Self:
        return self.filter(age_from__lte=age_to, age_to__gte=age_from)

    def for_children(self) -> Self:
        return self.filter(serves__in=[Serves.CHILD, Serves.ANYONE])

    def for_parents(self) -> Self:
        return self.exclude(serves=Serves.PROFESSIONAL)


class LessonQuerySet(models.QuerySet["Lesson"]):
    def sources(self) -> Self:
        """As they were first written: what counts, however many languages it stands in."""
        return self.filter(translation_of__isnull=True)

    def live(self) -> Self:
        return self.filter(live_version__isnull=False).select_related("live_version", "topic", "band")

    def listed(self) -> Self:
        """Live and not archived: what lists, search and units show, and what may be set for a class."""
        return self.live().filter(archived_at__isnull=True)

    def for_ages(self, age_from: int, age_to: int) -> Self:
        """Written for some of these ages, and on a topic for which nobody of them is too young."""
        return self.filter(band__age_from__lte=age_to, band__age_to__gte=age_from, topic__least_age__lte=age_from)

    def with_author(self) -> Self:
        """Of the live version."""
        return self.select_related("live_version__author")

    def citing(self, edition: str, strand: str) -> Self:
        """By the addresses of both."""
        return self.filter(live_version__strands__slug=strand, live_version__strands__edition__slug=edition)

    def with_minutes(self) -> Self:
        """Of the live version: both checks, the timed sections and the activities."""
        same = self.model._default_manager.filter(pk=OuterRef("pk")).order_by().values("pk")

        def total(path: str) -> Coalesce:
            return Coalesce(Subquery(same.annotate(total=Sum(path)).values("total")), 0)

        return self.annotate(
            minutes=2 * F("live_version__check_minutes")
            + total("live_version__sections__minutes")
            + total("live_version__activities__minutes")
        )

    def for_cards(self) -> Self:
        """What `lesson_card` needs: listed, with its minutes and the drawing of its first activity that has one."""
        drawn = self.model._default_manager.filter(
            pk=OuterRef("pk"), live_version__activities__illustration__isnull=False
        )
        first = drawn.order_by("live_version__activities__position").values(
            "live_version__activities__illustration__slug"
        )
        return self.listed().with_minutes().annotate(drawing=Subquery(first[:1]))

    def by_outcome(self) -> Self:
        """Once for each objective of the live version, with what a pupil can say afterwards; once where it has none."""
        objectives = "live_version__objectives"
        return self.annotate(outcome=F(f"{objectives}__can")).order_by(f"{objectives}__position", f"{objectives}__pk")

    def in_order(self) -> Self:
        """By age and topic; those of a unit in the order in which a class meets them."""
        place = F("places__position").asc(nulls_last=True)
        return self.order_by("band__age_from", "band", "topic__position", place, "slug")

    def matching(self, words: str) -> Self:
        """Every word stands somewhere in the title, summary, topic or objectives. Upper and lower case are alike."""
        all_words = Q()
        for word in words.split()[:MOST_SEARCH_WORDS]:
            with_objective = self.model._default_manager.filter(live_version__objectives__learn__icontains=word)
            all_words &= (
                Q(live_version__title__icontains=word)
                | Q(live_version__summary__icontains=word)
                | Q(topic__name__icontains=word)
                | Q(topic__search_words__icontains=word)
                | Q(pk__in=with_objective.values("pk"))
            )
        return self.filter(all_words)


class GuideQuerySet(models.QuerySet["Guide"]):
    def sources(self) -> Self:
        """As they were first written: what counts, however many languages it stands in."""
        return self.filter(translation_of__isnull=True)

    def read_in(self, language: str) -> Self:
        """Each once: in this language where it can be read in it, or else as it was first written."""
        can_be_read = self.model._default_manager.listed().filter(language=language).order_by()
        own = Q(language=language)
        return self.filter(own | Q(translation_of__isnull=True)).exclude(
            ~own, pk__in=can_be_read.filter(translation_of__isnull=False).values("translation_of")
        )

    def live(self) -> Self:
        return self.filter(live_version__isnull=False).select_related("live_version", "topic")

    def listed(self) -> Self:
        """Live and not archived: what lists and search show."""
        return self.live().filter(archived_at__isnull=True)

    def newest_first(self) -> Self:
        """By when what is live went live."""
        return self.order_by("-live_version__live_from", "slug")

    def gone_live(self, since: datetime.datetime, until: datetime.datetime) -> Self:
        """After `since`, and not after `until`."""
        return self.filter(live_version__live_from__gt=since, live_version__live_from__lte=until)

    def for_age(self, age: int) -> Self:
        return self.filter(age_from__lte=age, age_to__gte=age)

    def for_parents(self) -> Self:
        return self.exclude(kind=GuideKind.STAFF)

    def for_staff(self) -> Self:
        return self.filter(kind=GuideKind.STAFF)


class UnitQuerySet(models.QuerySet["Unit"]):
    def live(self) -> Self:
        """Of which at least one lesson is listed."""
        return (
            self.filter(live_q("lessons__versions__"), lessons__archived_at__isnull=True)
            .distinct()
            .select_related("topic", "band")
        )

    def matching(self, words: str) -> Self:
        """Every word stands somewhere in the title, summary or topic. Upper and lower case are alike."""
        all_words = Q()
        for word in words.split()[:MOST_SEARCH_WORDS]:
            all_words &= (
                Q(title__icontains=word)
                | Q(summary__icontains=word)
                | Q(topic__name__icontains=word)
                | Q(topic__search_words__icontains=word)
            )
        return self.filter(all_words)

    def for_ages(self, age_from: int, age_to: int) -> Self:
        """As with lessons."""
        return self.filter(band__age_from__lte=age_to, band__age_to__gte=age_from, topic__least_age__lte=age_from)


class EditionQuerySet(models.QuerySet["Edition"]):
    def superseded(self) -> Self:
        """No longer in force, or older than another edition of the same framework that is in force by now."""
        today = timezone.localdate()
        others_begin = "framework__editions__in_force_from"
        is_older = Q(in_force_from__isnull=True) | Q(**{f"{others_begin}__gt": F("in_force_from")})
        return self.filter(
            Q(in_force_to__lt=today) | Q(Q(**{f"{others_begin}__lte": today}), is_older),
        ).distinct()


V = TypeVar("V", bound=models.Model)


class VersionQuerySet(models.QuerySet[V]):
    def live(self, at: datetime.datetime | None = None) -> Self:
        return self.filter(live_q(at=at))

    def was_live(self) -> Self:
        """Live now, or at any time before."""
        return self.filter(live_from__lte=CurrentMoment())

    def awaiting_review(self) -> Self:
        return self.filter(status=Status.IN_REVIEW)

    def drafts(self) -> Self:
        return self.filter(status=Status.DRAFT)

    def on_superseded_sources(self) -> Self:
        """Live, and resting on a report that was superseded after the version was submitted."""
        superseded_at = "findings__source__superseded_at"
        return (
            self.live()
            .filter(**{f"{superseded_at}__lte": timezone.now(), f"{superseded_at}__gt": F("submitted_at")})
            .distinct()
        )
