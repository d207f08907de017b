"""The only code that changes where a version stands. Each step: lock, check the rule, change, record, return."""

from .ownership import set_owner
from .publishing import publish_version, retire_item
from .review import approve_version, return_version, submit_version
from .writing import create_guide, create_lesson, save_part, start_draft

__all__ = [
    "approve_version",
    "create_guide",
    "create_lesson",
    "publish_version",
    "retire_item",
    "return_version",
    "save_part",
    "set_owner",
    "start_draft",
    "submit_version",
]
