"""What the pages show, in a fixed number of SQL queries each."""

from .pupils import (
    PupilHelp,
    PupilLesson,
    assignments_for,
    find_assignment,
    help_for,
    position_in,
    pupil_lessons,
    pupil_names,
)
from .setting import (
    NewerPage,
    OtherVersion,
    PastDelivery,
    class_label,
    deliveries_of,
    newer_page,
    other_version,
    settable_classes,
    today,
    with_names,
)

__all__ = [
    "NewerPage",
    "OtherVersion",
    "PastDelivery",
    "PupilHelp",
    "PupilLesson",
    "assignments_for",
    "class_label",
    "deliveries_of",
    "find_assignment",
    "help_for",
    "newer_page",
    "other_version",
    "position_in",
    "pupil_lessons",
    "pupil_names",
    "settable_classes",
    "today",
    "with_names",
]
