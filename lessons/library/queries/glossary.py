from dataclasses import dataclass

from ..enums import Reader, TermClass
from ..models import GlossaryTerm


@dataclass(frozen=True)
class TermLine:
    term: str
    instead: str
    reason: str
    source: str
    readers: str  # empty: in every text


@dataclass(frozen=True)
class Glossary:
    avoid: tuple[TermLine, ...]
    care: tuple[TermLine, ...]
    use: tuple[TermLine, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.avoid or self.care or self.use)


def glossary() -> Glossary:
    """By the alphabet. One query."""
    lines: dict[str, list[TermLine]] = {kind: [] for kind in TermClass.values}
    for row in GlossaryTerm.objects.order_by("term"):
        readers = "" if row.audience == Reader.EVERYONE else row.get_audience_display()
        lines[row.term_class].append(TermLine(row.term, row.instead, row.reason, row.source, readers))
    return Glossary(*(tuple(lines[kind]) for kind in (TermClass.AVOID, TermClass.CARE, TermClass.USE)))
