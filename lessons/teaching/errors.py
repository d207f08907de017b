"""What can be refused here. `str()` is the sentence for the reader; it never holds a pupil's name."""

import datetime
from typing import ClassVar

from django.core.exceptions import PermissionDenied
from django.utils.formats import date_format

from safeguarding.schools.enums import SecretKind


class TeachingError(Exception):
    status: ClassVar[int] = 409
    sentence: ClassVar[str] = ""

    def __init__(self, sentence: str = "") -> None:
        super().__init__(sentence or self.sentence)


class NotAllowed(TeachingError, PermissionDenied):
    """Django answers it with 403."""

    status = 403
    sentence = "Only the teachers of a class and the lead of its school may do this. Ask your lead to add you."


# --- setting and teaching -------------------------------------------------


class NotLive(TeachingError):
    sentence = "This lesson has just been taken down, so it cannot be set. Choose another from the lessons."


class Archived(TeachingError):
    sentence = "This lesson is archived, so it cannot be set again. Choose another on its topic from the lessons."


class UnderLeastAge(TeachingError):
    status = 400

    def __init__(self, class_names: list[str], least_age: int) -> None:
        super().__init__(
            f"This lesson is for pupils of {least_age} and over, and {_listed(class_names)} "
            f"{'is' if len(class_names) == 1 else 'are'} younger. Choose another class, or a lesson for their age."
        )


class NeedsConfirming(TeachingError):
    """Nothing forbids it, but somebody should have thought about it. `reasons` has a sentence for each class."""

    status = 400

    def __init__(self, reasons: list[str]) -> None:
        self.reasons = reasons
        super().__init__(" ".join([*reasons, "If you have thought about it, tick “Set it all the same”."]))


class AlreadySet(TeachingError):
    """`title` names the lesson where several are set at once."""

    def __init__(self, class_names: list[str], title: str = "") -> None:
        super().__init__(
            f"{_listed(class_names)} already {'has' if len(class_names) == 1 else 'have'} "
            f"{f'“{title}”' if title else 'this lesson'}, so nothing was set. Close it there first, or take the tick "
            f"away."
        )


class NothingChosen(TeachingError):
    status = 400
    sentence = "Choose at least one lesson."


class ForOneNamedClass(TeachingError):
    status = 400
    sentence = (
        "Groups and pupils can be chosen in one class that has a list of names. Choose that one class alone, or set "
        "it for the whole of each class."
    )


class NobodyChosen(TeachingError):
    status = 400
    sentence = "Nobody would have this lesson. Choose at least one pupil, or a group with pupils in it."


class NotOfTheClass(TeachingError):
    status = 400
    sentence = "Choose from the groups and pupils of this class as they are now. They are the ones below."


class LeavesOutBegun(TeachingError):
    sentence = (
        "Somebody whom this would leave out has begun the lesson. Keep them in, or close the lesson and set it anew."
    )


class CopyChanged(TeachingError):
    sentence = "Something has changed since you opened this page, so nothing was copied. Look at the list again."


class ClassArchived(TeachingError):
    def __init__(self, class_names: list[str]) -> None:
        super().__init__(
            f"{_listed(class_names)} {'is a class' if len(class_names) == 1 else 'are classes'} of a past year: "
            f"nothing is set or changed there any more. Choose a class of this year."
        )


class LeadNotTold(TeachingError):
    sentence = (
        "Tell your safeguarding lead about this lesson first. Then tick on the page “Before the lesson” that they "
        "know, and go on."
    )


class TaughtNoMore(TeachingError):
    status = 410
    sentence = (
        "This lesson has been taken down, so it is neither shown nor printed. Please do not teach from a copy. "
        "Its page says what to use instead."
    )


class PollStillOpen(TeachingError):
    sentence = (
        "The class has a poll open already. Close that one first, so that nobody’s vote is lost, then open this one."
    )


class PollClosed(TeachingError):
    status = 410
    sentence = "Your teacher has closed this question. Look at the board."


class NothingNewer(TeachingError):
    sentence = "No other version of this lesson is live, so the class keeps the one that it has."


class AlreadyBegun(TeachingError):
    sentence = (
        "The class has begun this lesson, or was taught it, so it keeps this version: what has been answered stays "
        "with its version. The next time that you set the lesson, the class gets the newer one."
    )


class OpeningStays(TeachingError):
    sentence = (
        "The class has begun this lesson, or was taught it, so the day that it opened stays. You can still change when "
        "it is due."
    )


class AnotherIsLive(TeachingError):
    sentence = "Another version has gone live since you opened this page. Read what it changes, then choose again."


class OpensAfterDue(TeachingError):
    status = 400
    sentence = "The lesson cannot be due before it opens. Put the two dates in order."


class AlreadyClosed(TeachingError):
    sentence = "This lesson has been closed for the class, so its dates stay as they are. Set it again if you need to."


class NotClosedYet(TeachingError):
    sentence = "Close the lesson first. Then you can put it into the archive."


class NoLaterCheck(TeachingError):
    """Raised with the sentence that says why."""


class LaterTooEarly(TeachingError):
    status = 400

    def __init__(self, earliest: datetime.date) -> None:
        super().__init__(
            f"A later check shows what has stayed, so it opens four weeks or more after the lesson was closed. Choose "
            f"{date_format(earliest, 'j F Y')} or a later day."
        )


class TaughtAfterWithdrawal(TeachingError):
    status = 400

    def __init__(self, day: datetime.date) -> None:
        super().__init__(
            f"This lesson was withdrawn on {date_format(day, 'j F Y')}, so no teaching of it is recorded for a later "
            f"day. Give the day it was taught, or set another lesson."
        )


class TaughtOnWrongDay(TeachingError):
    status = 400
    sentence = "Give the day it was taught: today or earlier, and not before the lesson opened."


class WrongNumberPresent(TeachingError):
    status = 400
    sentence = "Give the number of pupils who were there, from 1 to 400."


class AlreadyDelivered(TeachingError):
    sentence = "It is already recorded that this class was taught the lesson on that day. There is nothing more to do."


class NotForShelf(TeachingError):
    sentence = "This lesson has just been taken off the list, so it is not on your shelf. Choose another on its topic."


# --- pupils ---------------------------------------------------------------


class CodeUnknown(TeachingError):
    status = 404
    sentence = "We can’t find a class with that code. Look at the code again, then type it once more."


class CodeExpired(TeachingError):
    status = 410
    sentence = "That code has stopped working. Ask your teacher for a new one."


class SecretError(TeachingError):
    """About what a pupil shows; the sentence names it as the pupil knows it."""

    nouns: ClassVar[dict[SecretKind, str]] = {}

    def __init__(self, kind: SecretKind) -> None:
        super().__init__(self.sentence.format(self.nouns[kind]))


class SecretWrong(SecretError):
    status = 400
    sentence = "{} for this name. Have another go, or ask your teacher to help you."
    nouns: ClassVar = {
        SecretKind.PICTURES: "Those are not the pictures",
        SecretKind.WORDS: "Those are not the words",
        SecretKind.PIN: "That is not the PIN",
    }


class PicturesNotTheSame(TeachingError):
    status = 400
    sentence = "The pictures were not the same both times. That’s OK. Please choose three again."


class SecretLocked(SecretError):
    status = 429
    sentence = "Let’s have a break. Ask your teacher, who can give you {}, or try again in 10 minutes."
    nouns: ClassVar = {
        SecretKind.PICTURES: "new pictures",
        SecretKind.WORDS: "new words",
        SecretKind.PIN: "a new PIN",
    }


class ClassLocked(SecretError):
    status = 429
    sentence = (
        "There were many wrong tries in your class, so let’s all have a break. Try again in 10 minutes, or ask your "
        "teacher, who can give you {}."
    )
    nouns: ClassVar = SecretLocked.nouns


class SecretTaken(TeachingError):
    sentence = "Somebody has just chosen for this name. If it was not you, tell your teacher, who can clear it for you."


class LessonClosed(TeachingError):
    status = 410
    sentence = "Your teacher has closed this lesson. There is nothing more you need to do."


class LessonWithdrawn(TeachingError):
    status = 410
    sentence = "This lesson has been taken away for now. You have done nothing wrong, and your teacher knows."


class LessonNotReady(TeachingError):
    sentence = "Your teacher is still getting this lesson ready. You have done nothing wrong. Have a look later."


class LessonNotYours(TeachingError):
    status = 404
    sentence = "This lesson is not on your list. Have a look at your lessons, or ask your teacher."


class LessonNotOpen(TeachingError):
    status = 404
    sentence = "This lesson is not open yet. Have a look at your lessons, or ask your teacher when it opens."


# --- classes --------------------------------------------------------------


class GroupInUse(TeachingError):
    sentence = "A lesson that is open is set for this group. Close the lesson first, then delete the group."


class YearRefused(TeachingError):
    """`problems` has a sentence for each class that something is wrong with, by the class's key; None is the whole."""

    def __init__(self, problems: dict[int | None, str]) -> None:
        self.problems = problems
        super().__init__(" ".join(problems.values()))


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
