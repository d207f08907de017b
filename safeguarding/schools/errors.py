"""What can be refused here. `str()` is the sentence for the reader: what is wrong and what to do. It never holds a
pupil's name, because it may reach a log."""

from django.core.exceptions import PermissionDenied


class SchoolsError(Exception):
    def __init__(self, message: str = "") -> None:
        super().__init__(message or getattr(self, "sentence", ""))


class NotAllowed(SchoolsError, PermissionDenied):
    """Django answers it with 403."""

    sentence = "Only the teachers of a class and the lead of its school may change it. Ask your lead to add you."


class LeadOnly(NotAllowed):
    sentence = "This is for the school's safeguarding or PSHE lead. Ask them."


class Conflict(SchoolsError):
    """What was typed does not go with what is there. A form shows it, with 409."""


class ClassNameTaken(Conflict):
    sentence = "Your school already has a class of this name. Choose another, such as 8B English or 8B 2026."


class ModeFixed(Conflict):
    sentence = (
        "This class has pupils on its list, so it stays named. Remove every pupil first, or make a new class that is "
        "anonymous."
    )


class TeacherOfAnotherSchool(Conflict):
    sentence = "Choose teachers of the class's own school only."


class ClassIsAnonymous(Conflict):
    sentence = (
        "This class is anonymous, so it keeps no names. Change it to named in its settings, or make a named class."
    )


class NamesRefused(Conflict):
    """`problems` is one sentence for each kind of problem, with the numbers of its lines."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__(" ".join(problems))


class NamesAlreadyThere(NamesRefused):
    """What was pasted is in order, but somebody of that name is in the class."""


# --- the school itself: terms and staff -----------------------------------


class TermOutOfOrder(Conflict):
    sentence = "A term ends on a day after the one on which it starts, and lasts less than a year. Check the two dates."


class TermsOverlap(Conflict):
    def __init__(self, name: str) -> None:
        super().__init__(f"These dates overlap with “{name}”. Change them, or change that term first.")


class NoTermsToCopy(Conflict):
    sentence = "There are no terms of the year before to copy. Add the terms one by one."


class TermsThere(Conflict):
    sentence = "That year has terms already, so nothing was copied. Change them one by one."


class OnTheStaff(Conflict):
    sentence = "Somebody with this address is on the list of staff already. Change their role there."


class InvitedAlready(Conflict):
    sentence = "This address has been invited already. Send the letter again from the list of invitations."


class InvitationGone(Conflict):
    sentence = "This invitation is no longer there: it has been taken up, turned down or taken back."


class LastLead(Conflict):
    sentence = (
        "This is the only lead of the school, and a school needs one. Make somebody else a lead first, then come back."
    )


class NotOnTheStaff(Conflict):
    sentence = "This person has left the school already, so nothing was changed."


class TooManyLetters(SchoolsError):
    status = 429
    sentence = "Too many letters were sent. Wait an hour, then go on; who is invited already stays invited."


class ClassArchived(Conflict):
    sentence = "This class is of a past year. It stays as it was, and nothing about it can be changed."


class NoTermNow(Conflict):
    sentence = "Today is in no term of your school’s. Choose another end, or ask your lead to write down the terms."


class GroupNameTaken(Conflict):
    sentence = "The class already has a group of this name. Choose another."


class PupilOfAnotherClass(Conflict):
    sentence = "Choose from the pupils of this class only. Look at the list once more."


# --- class lists from a file ----------------------------------------------


class RosterFileRefused(SchoolsError):
    """The file as a whole cannot be read."""


class RosterRefused(Conflict):
    """The file can be read, but cannot be done as it was looked at."""


class ImportNotUndone(Conflict):
    """What an import did can no longer be taken back."""
