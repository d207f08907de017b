"""The only code that changes where a version stands. Each step: lock, check the rule, change, record, return."""

from .acceptance import accept_warning
from .archiving import archive_item, unarchive_item
from .comments import add_comment, resolve_comments
from .ownership import set_owner
from .publishing import (
    cancel_schedule,
    publish_version,
    retire_item,
    schedule_retirement,
    schedule_version,
    withdraw_item,
)
from .review import approve_version, return_version, submit_version
from .rows import move_row, remove_row
from .search_words import set_search_words
from .succession import set_successor
from .translating import confirm_translation, start_translation
from .unsaved import forget_words, keep_words, note_open
from .writing import create_guide, create_lesson, save_part, start_draft

__all__ = [
    "accept_warning",
    "add_comment",
    "approve_version",
    "archive_item",
    "cancel_schedule",
    "confirm_translation",
    "create_guide",
    "create_lesson",
    "forget_words",
    "keep_words",
    "move_row",
    "note_open",
    "publish_version",
    "remove_row",
    "resolve_comments",
    "retire_item",
    "return_version",
    "save_part",
    "schedule_retirement",
    "schedule_version",
    "set_owner",
    "set_search_words",
    "set_successor",
    "start_draft",
    "start_translation",
    "submit_version",
    "unarchive_item",
    "withdraw_item",
]
