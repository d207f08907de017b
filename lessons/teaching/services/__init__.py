from .assignments import (
    archive_assignment,
    change_assignment,
    close_assignment,
    move_assignment,
    record_delivery,
    restore_assignment,
    tell_lead,
    use_newer_version,
)
from .classes import Move, YearBegun, archive_class, begin_year, check_moves, delete_group, undo_roster
from .doing import take_step
from .feed import end_feed, make_feed
from .joining import find_class, hash_secret, is_same_secret, keep_secret, try_secret
from .notices import change_digest, mark_notices_read
from .polls import close_poll, open_poll, vote
from .setting import Slot, check_lessons, copy_plan, set_later_check, set_lesson, set_lessons
from .shelf import put_on_shelf, take_off_shelf

__all__ = [
    "Move",
    "Slot",
    "YearBegun",
    "archive_assignment",
    "archive_class",
    "begin_year",
    "change_assignment",
    "change_digest",
    "check_lessons",
    "check_moves",
    "close_assignment",
    "close_poll",
    "copy_plan",
    "delete_group",
    "end_feed",
    "find_class",
    "hash_secret",
    "is_same_secret",
    "keep_secret",
    "make_feed",
    "mark_notices_read",
    "move_assignment",
    "open_poll",
    "put_on_shelf",
    "record_delivery",
    "restore_assignment",
    "set_later_check",
    "set_lesson",
    "set_lessons",
    "take_off_shelf",
    "take_step",
    "tell_lead",
    "try_secret",
    "undo_roster",
    "use_newer_version",
    "vote",
]
