"""Who may do what, and which lessons suit which class. Nothing here changes anything."""

import datetime

from lessons.library.models import AgeBand, Lesson, Topic
from safeguarding.schools.models import Membership, SchoolClass
from safeguarding.schools.rules import can_manage_class

from .enums import Way
from .errors import AlreadyBegun, AlreadyClosed, NoLaterCheck, NothingNewer, TeachingError
from .models import Assignment

# Younger classes are taught as a whole, unless their teacher says otherwise.
LEAST_AGE_ON_DEVICES = 9
MOST_PRESENT = 400
# Of a poll nothing is shown for fewer votes.
LEAST_VOTES = 5
# From this least age on, a topic is one that some pupil may have lived through: the lead knows of it beforehand.
LEAD_KNOWS_FROM_AGE = 11
# After the lesson was closed. A later check is offered from the second to the third, and possible from the first on.
LATER_FROM = datetime.timedelta(weeks=4)
LATER_BEST_FROM = datetime.timedelta(weeks=6)
LATER_BEST_TO = datetime.timedelta(weeks=12)


def can_set_lesson(membership: Membership, school_class: SchoolClass) -> bool:
    return can_manage_class(membership, school_class)


def can_change_assignment(membership: Membership, assignment: Assignment) -> bool:
    return can_manage_class(membership, assignment.school_class)


def needs_lead(topic: Topic) -> bool:
    """Whether a class may be taught it only once its teacher has said that the lead knows."""
    return topic.least_age >= LEAD_KNOWS_FROM_AGE


def is_ready(assignment: Assignment) -> bool:
    """Whether the class may be taught it. Reads the topic of its version; a later check follows a lesson that was."""
    if assignment.lead_told_at is not None or assignment.is_later_check:
        return True
    return not needs_lead(assignment.version.lesson.topic)


def why_version_stays(assignment: Assignment, live_pk: int | None) -> TeachingError | None:
    """What speaks against giving the class the version that is live now; None where nothing does. One query."""
    if assignment.is_later_check:
        return NothingNewer("A later check asks what the class was asked before, so it keeps the lesson's version.")
    if live_pk in (None, assignment.version_id):
        return NothingNewer()
    if assignment.is_closed:
        return AlreadyClosed("This lesson has been closed for the class, so it keeps its version.")
    if not Assignment.objects.untouched().filter(pk=assignment.pk).exists():
        return AlreadyBegun()
    return None


def why_no_later_check(assignment: Assignment) -> TeachingError | None:
    """What speaks against a later check of it, whatever the day; None where nothing does. At most two queries."""
    if assignment.is_later_check:
        return NoLaterCheck("This is a later check itself. Set one from the page of its lesson.")
    if assignment.way != Way.DEVICES:
        return NoLaterCheck("A later check needs answers to compare with, and this lesson was done together.")
    if not assignment.is_closed:
        return NoLaterCheck("A later check comes some weeks after a lesson was closed. Close the lesson first.")
    if assignment.version.withdrawn_at:
        return NoLaterCheck("This lesson has been withdrawn, so its questions are not asked again.")
    if assignment.later_checks.exists():
        return NoLaterCheck("The class has a later check of this lesson already. You find it on the class’s page.")
    if not assignment.answer_counts.exists():
        return NoLaterCheck("Nobody answered the questions of this lesson, so there is nothing to compare with.")
    return None


def later_days(closed_on: datetime.date) -> tuple[datetime.date, datetime.date, datetime.date]:
    """From when on a later check may open, and the first and last day of the weeks that suit it best."""
    return closed_on + LATER_FROM, closed_on + LATER_BEST_FROM, closed_on + LATER_BEST_TO


def is_under_least_age(school_class: SchoolClass, topic: Topic) -> bool:
    """Whether nobody in the class is old enough. Such a class may not be set the lesson at all."""
    return school_class.age_to < topic.least_age


def is_partly_under_least_age(school_class: SchoolClass, topic: Topic) -> bool:
    return school_class.age_from < topic.least_age <= school_class.age_to


def is_of_band(school_class: SchoolClass, band: AgeBand) -> bool:
    return school_class.age_from <= band.age_to and band.age_from <= school_class.age_to


def reason_to_think(school_class: SchoolClass, lesson: Lesson) -> str:
    """Why somebody should think before they set the lesson for this class; empty if nothing speaks against it."""
    ages = f"{school_class.age_from}–{school_class.age_to}"
    if is_partly_under_least_age(school_class, lesson.topic):
        return f"Some in {school_class.name} (ages {ages}) may be under {lesson.topic.least_age}, the least age for it."
    if not is_of_band(school_class, lesson.band):
        return f"The lesson is written for ages {lesson.band.name}; {school_class.name} has ages {ages}."
    return ""


def suits_devices(youngest: int) -> bool:
    return youngest >= LEAST_AGE_ON_DEVICES


def is_day_of_delivery(taught_on: datetime.date, opens_on: datetime.date, today: datetime.date) -> bool:
    return opens_on <= taught_on <= today
