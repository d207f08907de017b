"""A lesson or guide as each of its readers meets it, from content that may not be saved."""

from dataclasses import dataclass

from django.conf import settings

from lessons.library.activity_forms import TryForm
from lessons.library.content import GuideContent, LessonContent
from lessons.library.models import GuideVersion, LessonVersion
from lessons.library.queries import (
    DocumentLine,
    GuidePage,
    Help,
    LessonPage,
    LessonPlan,
    ServiceHelp,
    documents_numbered,
    guide_page_of_content,
    help_directory,
    help_for,
    page_of_content,
    pictures_of,
    place_of_content,
    plan_of_content,
    school_words,
    unit_of_lesson,
    years_of,
)
from lessons.library.queries.findings import Years
from lessons.library.queries.units import UnitOfLesson
from lessons.library.step_forms import AnswerForm, activity_form, tried_form
from lessons.library.steps import Option, Step, Term, steps_of_content


@dataclass(frozen=True)
class Told:
    """What a pupil reads after choosing an option."""

    option: Option
    is_worried: bool


@dataclass(frozen=True)
class Screen:
    """A step, as it is asked and as it is once it has been done."""

    step: Step
    form: AnswerForm | TryForm | None
    done: TryForm | None
    told: tuple[Told, ...]


@dataclass(frozen=True)
class WhoHelps:
    """As a pupil is told where no school is known."""

    country: Help
    lead_name: str = ""
    lead_contact: str = ""


@dataclass(frozen=True)
class PupilReading:
    screens: tuple[Screen, ...]
    terms: tuple[Term, ...]
    help: WhoHelps
    language: str


@dataclass(frozen=True)
class LessonReading:
    lesson: LessonPage
    plan: LessonPlan
    unit: UnitOfLesson | None
    school_name: str
    years: Years | None
    help: Help
    staff_services: tuple[ServiceHelp, ...]
    documents: tuple[DocumentLine, ...]


@dataclass(frozen=True)
class GuideReading:
    guide: GuidePage
    years: Years | None
    help: Help


def for_pupils(version: LessonVersion, content: LessonContent) -> PupilReading:
    """Four queries, and what `place_of_content` needs."""
    topic, band = place_of_content(version, content)
    directory = help_directory(settings.DEFAULT_COUNTRY, topic_id=topic.pk)
    return PupilReading(
        screens=tuple(_screen(step) for step in steps_of_content(content, pictures_of(content))),
        terms=tuple(Term(term.term, term.meaning) for term in content.vocabulary),
        help=WhoHelps(directory.for_reader("child", band.age_from, band.age_to)),
        language=content.language,
    )


def for_teachers(version: LessonVersion, content: LessonContent) -> LessonReading:
    """Ten queries at most, and what `place_of_content` needs."""
    return _of_lesson(version, content, is_for_parents=False)


def for_visitors(version: LessonVersion, content: LessonContent) -> LessonReading:
    """What a parent reads of a lesson: its public page, with the note for home. As many queries."""
    return _of_lesson(version, content, is_for_parents=True)


def of_guide(version: GuideVersion, content: GuideContent) -> GuideReading:
    """Five queries at most."""
    page = guide_page_of_content(version, content)
    reader = help_for(
        settings.DEFAULT_COUNTRY,
        reader="professional" if page.is_for_staff else "parent",
        topic_id=page.topic_id,
    )
    return GuideReading(page, years_of(page.findings), reader)


def _of_lesson(version: LessonVersion, content: LessonContent, *, is_for_parents: bool) -> LessonReading:
    page = page_of_content(version, content)
    directory = help_directory(settings.DEFAULT_COUNTRY, topic_id=page.topic_id)
    services = (
        directory.for_reader("parent") if is_for_parents else directory.for_reader("child", page.age_from, page.age_to)
    )
    for_staff = directory.for_reader("professional").services
    return LessonReading(
        lesson=page,
        plan=plan_of_content(content, pictures_of(content)),
        documents=() if is_for_parents else documents_numbered(content.documents),
        unit=unit_of_lesson(page.slug),
        school_name=school_words(settings.DEFAULT_COUNTRY).band(page.band_id),
        years=years_of(page.findings),
        help=services,
        staff_services=tuple(service for service in for_staff if service not in services.services),
    )


def _screen(step: Step) -> Screen:
    question, activity = step.question, step.activity
    form = AnswerForm(question=question) if question else activity_form(activity)
    done = tried_form(activity)
    for one, ids in ((form, "asked"), (done, "done")):
        if one:
            one.auto_id = f"id_{ids}_{step.number}_%s"  # several steps stand on one page
            one.is_valid()
    told = (
        tuple(Told(option, question.is_worried(option)) for option in question.options if step.feedback_on(option))
        if question
        else ()
    )
    return Screen(step, form, done, told)
