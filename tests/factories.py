"""What tests are made of. A factory makes the smallest thing that is valid; a test says what matters to it."""

import datetime

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from lessons.evidence.models import Finding, Source
from lessons.library.enums import ActivityKind, GuideKind, QuestionKind, Status
from lessons.library.models import (
    Activity,
    ActivityItem,
    AgeBand,
    Guide,
    GuideVersion,
    HelpService,
    Illustration,
    Lesson,
    LessonVersion,
    Question,
    QuestionOption,
    Topic,
    Unit,
    UnitLesson,
)
from lessons.teaching.models import Assignment
from safeguarding.accounts.models import User
from safeguarding.schools.enums import ClassMode, Role
from safeguarding.schools.models import Country, Membership, Pupil, PupilGroup, School, SchoolClass, Term


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person{n}@school.example")
    name = factory.Sequence(lambda n: f"Person {n}")


class CountryFactory(DjangoModelFactory[Country]):
    class Meta:
        model = Country
        django_get_or_create = ("code",)

    code = "GB"
    name = "United Kingdom"
    emergency = "999"


class SchoolFactory(DjangoModelFactory[School]):
    class Meta:
        model = School

    name = factory.Sequence(lambda n: f"School {n}")
    slug = factory.Sequence(lambda n: f"school-{n}")
    country = factory.SubFactory(CountryFactory)
    lead_name = "Mx Lead"
    lead_contact = "Room 4"


class MembershipFactory(DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    school = factory.SubFactory(SchoolFactory)
    role = Role.TEACHER


class SchoolClassFactory(DjangoModelFactory[SchoolClass]):
    class Meta:
        model = SchoolClass
        skip_postgeneration_save = True

    school = factory.SubFactory(SchoolFactory)
    name = factory.Sequence(lambda n: f"Class {n}")
    age_from = 11
    age_to = 12
    mode = ClassMode.ANONYMOUS
    code_expires_at = factory.LazyFunction(lambda: timezone.now() + datetime.timedelta(days=200))
    school_year = factory.LazyAttribute(lambda made: made.school.year_of(timezone.localdate()))

    @factory.post_generation
    def teachers(self, create: bool, extracted: list[Membership] | None, **kwargs: object) -> None:
        if create and extracted:
            self.teachers.set(extracted)


class PupilFactory(DjangoModelFactory[Pupil]):
    class Meta:
        model = Pupil

    school_class = factory.SubFactory(SchoolClassFactory, mode=ClassMode.NAMED)
    display_name = factory.Sequence(lambda n: f"Pupil {n}")


class PupilGroupFactory(DjangoModelFactory[PupilGroup]):
    class Meta:
        model = PupilGroup
        skip_postgeneration_save = True

    school_class = factory.SubFactory(SchoolClassFactory, mode=ClassMode.NAMED)
    name = factory.Sequence(lambda n: f"Group {n}")

    @factory.post_generation
    def pupils(self, create: bool, extracted: list[Pupil] | None, **kwargs: object) -> None:
        if create and extracted:
            self.pupils.set(extracted)


class TermFactory(DjangoModelFactory[Term]):
    class Meta:
        model = Term

    school = factory.SubFactory(SchoolFactory)
    name = "Autumn"
    starts_on = datetime.date(2026, 9, 1)
    ends_on = datetime.date(2026, 12, 18)


class TopicFactory(DjangoModelFactory[Topic]):
    class Meta:
        model = Topic
        django_get_or_create = ("slug",)

    slug = "image-sharing"
    name = factory.LazyAttribute(lambda topic: topic.slug.replace("-", " ").capitalize())
    summary = "Being asked for a photo, and what to do."
    least_age = 5


class AgeBandFactory(DjangoModelFactory[AgeBand]):
    class Meta:
        model = AgeBand
        django_get_or_create = ("slug",)

    slug = "11-14"
    name = factory.LazyAttribute(lambda band: band.slug.replace("-", "–"))
    age_from = factory.LazyAttribute(lambda band: int(band.slug.split("-")[0]))
    age_to = factory.LazyAttribute(lambda band: int(band.slug.split("-")[1]))
    reading_age_max = 10


class SourceFactory(DjangoModelFactory[Source]):
    class Meta:
        model = Source
        django_get_or_create = ("code",)

    code = "CEOP-2012"
    title = "A threat report"
    publisher = "A publisher"
    year = 2012
    jurisdiction = "United Kingdom"
    licence = "not stated"


class FindingFactory(DjangoModelFactory[Finding]):
    class Meta:
        model = Finding
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"F{n + 100}")
    source = factory.SubFactory(SourceFactory)
    locator = "Section 2"
    theme = "image-sharing"
    figures = ""
    statement = "Most images that young people make are meant for one person."
    least_age = 11


class HelpServiceFactory(DjangoModelFactory[HelpService]):
    class Meta:
        model = HelpService
        django_get_or_create = ("slug",)

    slug = factory.Sequence(lambda n: f"service-{n}")
    name = factory.Sequence(lambda n: f"Service {n}")
    country = factory.SubFactory(CountryFactory)
    serves = "anyone"
    what_for = "Talk with somebody who listens."
    phone = "0800 1111"


class IllustrationFactory(DjangoModelFactory[Illustration]):
    class Meta:
        model = Illustration
        django_get_or_create = ("slug",)

    slug = "two-friends-talking"
    title = "Two friends"
    alt_text = "Two friends talk on a bench."


class UnitFactory(DjangoModelFactory[Unit]):
    class Meta:
        model = Unit
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"unit-{n}")
    title = "Photos of us"
    summary = "Two short lessons on photos."
    topic = factory.SubFactory(TopicFactory)
    band = factory.SubFactory(AgeBandFactory)

    @factory.post_generation
    def of(self, create: bool, extracted: list[Lesson] | None, **kwargs: object) -> None:
        for position, lesson in enumerate(extracted or [], start=1):
            UnitLesson.objects.create(unit=self, lesson=lesson, position=position)


class LessonFactory(DjangoModelFactory[Lesson]):
    class Meta:
        model = Lesson

    slug = factory.Sequence(lambda n: f"lesson-{n}")
    topic = factory.SubFactory(TopicFactory)
    band = factory.SubFactory(AgeBandFactory)


THREE_KINDS = (ActivityKind.DISCUSSION, ActivityKind.SCENARIO, ActivityKind.SORT)  # a lesson has no more


class LessonVersionFactory(DjangoModelFactory[LessonVersion]):
    """A draft with one question of each important kind and an activity of three kinds."""

    class Meta:
        model = LessonVersion
        skip_postgeneration_save = True

    lesson = factory.SubFactory(LessonFactory)
    number = 1
    title = factory.Sequence(lambda n: f"Lesson title {n}")
    summary = "Pupils learn to ask first."
    author = factory.SubFactory(UserFactory, is_editor=True)

    @factory.post_generation
    def parts(self, create: bool, extracted: object, **kwargs: object) -> None:
        if not create or extracted is False:
            return
        QuestionFactory(version=self, position=1, kind=QuestionKind.KNOWLEDGE)
        QuestionFactory(version=self, position=2, kind=QuestionKind.CONFIDENCE, text="How sure are you?")
        QuestionFactory(version=self, position=3, kind=QuestionKind.HELP_SEEKING, text="Who would you tell?")
        QuestionFactory(version=self, position=4, kind=QuestionKind.WORRY, text="How do you feel?")
        for position, kind in enumerate(THREE_KINDS, start=1):
            ActivityFactory(version=self, position=position, kind=kind, title=f"Activity {kind.label}")


class QuestionFactory(DjangoModelFactory[Question]):
    class Meta:
        model = Question
        skip_postgeneration_save = True

    version = factory.SubFactory(LessonVersionFactory)
    kind = QuestionKind.KNOWLEDGE
    text = "What should Ama do first?"
    misconception = "Some think that a funny photo needs no asking."

    @factory.post_generation
    def choices(self, create: bool, extracted: object, **kwargs: object) -> None:
        if not create:
            return
        kind = QuestionKind(self.kind)
        texts = kind.fixed_options or ("Ask first", "Share it", "Wait and see")
        for position, text in enumerate(texts, start=1):
            QuestionOption.objects.create(
                question=self,
                position=position,
                text=text,
                is_correct=kind == QuestionKind.KNOWLEDGE and position == 1,
                feedback=f"Feedback on {text.lower()}.",
            )


class ActivityFactory(DjangoModelFactory[Activity]):
    class Meta:
        model = Activity
        skip_postgeneration_save = True

    version = factory.SubFactory(LessonVersionFactory)
    kind = ActivityKind.SCENARIO
    title = "The funny photo"
    minutes = 10
    intro = "<p>Ama has a photo of Ben.</p>"

    @factory.post_generation
    def items(self, create: bool, extracted: object, **kwargs: object) -> None:
        if not create:
            return
        answers = {
            ActivityKind.SCENARIO: ("helps", "not_yet"),
            ActivityKind.SORT: ("Ask", "No need to ask"),
            ActivityKind.DISCUSSION: ("", ""),
            ActivityKind.ORDER: ("", "", ""),
            ActivityKind.MATCH: ("Partner 1", "Partner 2", "Partner 3"),
            ActivityKind.SPOT: ("sign", "fine", "sign"),
            ActivityKind.POLL: ("", ""),
        }[ActivityKind(self.kind)]
        for position, answer in enumerate(answers, start=1):
            ActivityItem.objects.create(
                activity=self,
                position=position,
                text=f"Item {position}",
                answer=answer,
                feedback=f"Because {position}.",
            )


class GuideFactory(DjangoModelFactory[Guide]):
    class Meta:
        model = Guide

    slug = factory.Sequence(lambda n: f"guide-{n}")
    kind = GuideKind.TOPIC
    topic = factory.SubFactory(TopicFactory)
    age_from = 11
    age_to = 18


class GuideVersionFactory(DjangoModelFactory[GuideVersion]):
    class Meta:
        model = GuideVersion

    guide = factory.SubFactory(GuideFactory)
    number = 1
    title = factory.Sequence(lambda n: f"Guide title {n}")
    summary = "What to notice and what to do."
    author = factory.SubFactory(UserFactory, is_editor=True)


def make_live(version: LessonVersion | GuideVersion) -> LessonVersion | GuideVersion:
    """Put a version live as the publishing services leave it, without going through review."""
    now = timezone.now()
    version.identity.versions.exclude(pk=version.pk).filter(live_from__lt=now, live_until=None).update(live_until=now)
    version.status = Status.APPROVED
    version.submitted_at = version.submitted_at or now
    version.live_from, version.live_until = now, None
    version.save()
    version.identity.live_version = version
    return version


def retire(version: LessonVersion | GuideVersion) -> None:
    """Take a live version off every page, as the service does."""
    type(version)._default_manager.filter(pk=version.pk).update(live_until=timezone.now())
    version.identity.live_version = None


class AssignmentFactory(DjangoModelFactory[Assignment]):
    class Meta:
        model = Assignment

    school_class = factory.SubFactory(SchoolClassFactory)
    version = factory.LazyFunction(lambda: make_live(LessonVersionFactory()))
    opens_on = factory.LazyFunction(timezone.localdate)
    due_on = factory.LazyFunction(lambda: timezone.localdate() + datetime.timedelta(days=7))
