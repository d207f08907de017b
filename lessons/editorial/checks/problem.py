from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    BLOCKS = "blocks"
    WARNS = "warns"


class Part(StrEnum):
    """The page of the desk on which a problem is mended."""

    BASICS = "basics"
    TEXT = "text"
    OBJECTIVES = "objectives"
    ACTIVITIES = "activities"
    QUESTIONS = "questions"
    EVIDENCE = "evidence"
    DOCUMENTS = "documents"


@dataclass(frozen=True)
class Problem:
    part: Part
    place: str
    message: str
    mend: str
    level: Level = Level.BLOCKS
    field: str = ""  # of the page of one activity or question, where it is known

    @property
    def blocks(self) -> bool:
        return self.level == Level.BLOCKS

    def __str__(self) -> str:
        return f"{self.place}: {self.message} {self.mend}"
