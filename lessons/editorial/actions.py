"""What may be done with a version now, by whom, and in words why something may not. Pure."""

from dataclasses import dataclass

from lessons.library.enums import State
from lessons.library.models import LessonVersion
from lessons.library.store import AnyVersion
from safeguarding.accounts.models import User

from . import rules

NOT_EDITOR = "This is for editors."
NOT_REVIEWER = "This is for reviewers."
OWN_WRITING = "You have written part of this version, so somebody else must approve it."
RETIRE_LESSON = "It leaves every page. This is refused while a class has it open: archive it then."
RETIRE_GUIDE = "It leaves every page."
ARCHIVE_LESSON = "It leaves the lists and cannot be set again. Its page stays, and classes that have it go on."
ARCHIVE_GUIDE = "It leaves the lists. Its page stays and can still be read."


@dataclass(frozen=True)
class Action:
    """A button. `why` says why it is closed, and is empty where it is open; `asks` is the label of its text field."""

    name: str
    label: str
    hint: str = ""
    why: str = ""
    asks: str = ""
    is_main: bool = False
    is_danger: bool = False

    @property
    def is_open(self) -> bool:
        return not self.why


@dataclass(frozen=True)
class Standing:
    """What the actions depend on, besides the person and the version."""

    has_written: bool = False
    blocking: int = 0
    warnings: int = 0  # neither mended nor accepted
    under_way: int | None = None  # the number of the version that is under way
    is_archived: bool = False
    live: int | None = None  # the number of the version that readers see

    @property
    def checks(self) -> str:
        if not self.blocking:
            return ""
        things = "1 thing stands" if self.blocking == 1 else f"{self.blocking} things stand"
        return f"{things} in the way: see the list on this page."

    @property
    def word_on_warnings(self) -> str:
        if not self.warnings:
            return ""
        if self.warnings == 1:
            return "1 warning is still to be judged: accept it with a reason on this page, or return the version."
        return (
            f"{self.warnings} warnings are still to be judged: accept each with a reason on this page, "
            "or return the version."
        )


def actions_for(user: User, version: AnyVersion, standing: Standing) -> tuple[Action, ...]:
    editor = "" if rules.can_write(user) else NOT_EDITOR
    reviewer = "" if rules.can_review(user) else NOT_REVIEWER
    match version.state:
        case State.DRAFT:
            return (
                Action(
                    "submit",
                    "Submit for review",
                    hint="From then on nobody can change this version. A reviewer who has not written in it reads it.",
                    why=editor or standing.checks,
                    asks="What is new, in a sentence",
                    is_main=True,
                ),
            )
        case State.IN_REVIEW:
            approve = reviewer or (OWN_WRITING if standing.has_written else standing.word_on_warnings)
            return (
                Action(
                    "approve-and-publish",
                    "Approve and publish",
                    hint=f"Version {version.number} goes live at once.",
                    why=approve or standing.checks,
                    is_main=True,
                ),
                Action("approve", "Approve only", hint="Somebody publishes it later.", why=approve),
                _return(reviewer),
            )
        case State.APPROVED:
            publish = Action(
                "publish",
                "Publish",
                hint=f"Version {version.number} goes live at once.",
                why=reviewer or standing.checks,
                is_main=True,
            )
            return (publish, _return(reviewer))
        case State.SCHEDULED:
            now = Action(
                "publish",
                "Publish now",
                hint=f"Version {version.number} goes live at once, and not only when it is planned.",
                why=reviewer or standing.checks,
            )
            return (now,)
        case State.LIVE:
            retire = Action(
                "retire",
                "Retire",
                hint=RETIRE_LESSON if isinstance(version, LessonVersion) else RETIRE_GUIDE,
                why=reviewer,
                asks="Why is it retired?",
                is_danger=True,
            )
            return (_new_version(editor, standing), _archive(reviewer, version, standing), retire)
        case State.RETIRED:
            instead = f", in place of version {standing.live}" if standing.live else ""
            back = Action(
                "publish",
                "Go back to this version",
                hint=f"Version {version.number} goes live again at once{instead}.",
                why=reviewer or standing.checks,
            )
            return (_new_version(editor, standing), back)
        case State.WITHDRAWN:
            back = Action(
                "publish",
                "Go back to this version",
                hint=f"Version {version.number} goes live again at once, for the classes that have it too.",
                why=reviewer or standing.checks,
                asks="Why may it be read again?",
                is_danger=True,
            )
            return (_new_version(editor, standing), back)
        case _:
            return ()


def _return(why: str) -> Action:
    return Action(
        "return",
        "Return to the author",
        hint="The author goes on in a new draft with the same content.",
        why=why,
        asks="What should change?",
    )


def _archive(why: str, version: AnyVersion, standing: Standing) -> Action:
    if standing.is_archived:
        return Action("unarchive", "Take it out of the archive", hint="It is in the lists again.", why=why)
    return Action(
        "archive",
        "Archive",
        hint=ARCHIVE_LESSON if isinstance(version, LessonVersion) else ARCHIVE_GUIDE,
        why=why,
        asks="Why is it archived?",
    )


def _new_version(why: str, standing: Standing) -> Action:
    if standing.under_way is not None:
        why = why or f"Version {standing.under_way} is under way: work on that one."
    return Action(
        "new-version",
        "Start a new version",
        hint="It begins as a copy of what is live, or else of the newest version. Readers see no change yet.",
        why=why,
        is_main=True,
    )
