"""What can be refused here. `str()` is the sentence for the reader: what is wrong and what to do. It never holds a
pupil's name, because it may reach a log."""

from django.core.exceptions import PermissionDenied


class SchoolsError(Exception):
    def __init__(self, message: str = "") -> None:
        super().__init__(message or getattr(self, "sentence", ""))


class NotAllowed(SchoolsError, PermissionDenied):
    """Django answers it with 403."""

    sentence = "Only the teachers of a class and the lead of its school may change it. Ask your lead to add you."


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
