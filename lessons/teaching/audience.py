"""Whom of a class a lesson is for, as somebody chose it."""

from collections.abc import Collection
from dataclasses import dataclass

from .enums import ForWhom


@dataclass(frozen=True)
class Audience:
    """`groups` and `pupils` are keys; only those that `for_whom` names count."""

    for_whom: str = ForWhom.CLASS
    groups: Collection[int] = ()
    pupils: Collection[int] = ()

    @property
    def is_whole_class(self) -> bool:
        return self.for_whom == ForWhom.CLASS


WHOLE_CLASS = Audience()
