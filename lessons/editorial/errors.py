"""Refusals of the desk. The text of each is a sentence for the person who asked."""

from collections.abc import Sequence

from .checks import Problem


class EditorialError(Exception):
    """Something that the desk refuses; nothing has changed."""


class NotAllowed(EditorialError):
    """The person may not do this, whoever else may."""


class WrongStatus(EditorialError):
    """The version is not where this step begins; somebody may have been quicker."""


class WrongMoment(EditorialError):
    """A time that has passed, or that cannot be meant."""


class HeldByClasses(WrongStatus):
    """It cannot be retired while classes have it open. Says how many, and never which."""

    def __init__(self, classes: int) -> None:
        have = "1 class has" if classes == 1 else f"{classes} classes have"
        super().__init__(
            f"{have} this lesson open, so it cannot be retired yet. Archive it instead: it leaves the lists and cannot "
            "be set again, while those classes go on. What must not be read for another minute is withdrawn."
        )


class ChecksFailed(EditorialError):
    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = problems
        things = "1 thing stands" if len(problems) == 1 else f"{len(problems)} things stand"
        super().__init__(f"{things} in the way. Mend what the list of checks names, then try again.")


class WarningsLeft(EditorialError):
    """A warning is neither mended nor accepted with a reason."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = problems
        left = "1 warning is" if len(problems) == 1 else f"{len(problems)} warnings are"
        super().__init__(f"{left} still to be judged. Accept each with a reason, or return the version to be mended.")


class SlugTaken(EditorialError):
    """Another lesson or guide stands at this address."""

    def __init__(self, slug: str) -> None:
        super().__init__(f"Something stands at the address “{slug}” already. Choose another, such as “{slug}-2”.")


class WrongSuccessor(EditorialError):
    """Readers of a retired guide cannot be led there."""


class TooMuchToKeep(EditorialError):
    """More was typed than there is room for."""


class EditedMeanwhile(EditorialError):
    """Somebody saved the same part after this page was opened. Carries their name."""

    def __init__(self, who: str) -> None:
        self.who = who
        super().__init__(
            f"{who} saved this part while you were writing. Nothing of yours is lost: it is in the form below, with "
            "what is saved now beside it. Keep what you want, then save again."
        )
