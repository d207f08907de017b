"""Two texts, word by word: what stayed, what came and what went."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import takewhile

# A line break counts as a word, so that paragraphs stay apart.
WORD = re.compile(r"\n|\S+")
# A word or two between two replaced passages stayed by chance; without them the passage reads as one.
CHANCE = 2
# Of longer texts than this, whatever stands between what both begin and end with is told as replaced.
MOST_WORDS = 20_000
# How many words of what stayed stand beside a change.
BESIDE = 20


class Change(StrEnum):
    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Run:
    change: Change
    text: str


def words_in(text: str) -> list[str]:
    return WORD.findall(text)


def joined(words: Iterable[str]) -> str:
    return " ".join(words).replace(" \n", "\n").replace("\n ", "\n")


def runs_between(old: str, new: str) -> tuple[Run, ...]:
    """Without what was added it is the old text, without what was removed the new one, spaces aside."""
    before, after = words_in(old), words_in(new)
    start = _same(before, after)
    end = _same(before[start:][::-1], after[start:][::-1])
    middle = _changed(before[start : len(before) - end], after[start : len(after) - end])
    pieces = [(before[:start], None), *middle, (before[len(before) - end :], None)]
    return tuple(run for kept_or_removed, added in pieces for run in _runs(kept_or_removed, added))


def _same(before: Sequence[str], after: Sequence[str]) -> int:
    """How many words both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))


# What stayed and None, or what was removed and what was added in its place.
Piece = tuple[Sequence[str], Sequence[str] | None]


def _changed(before: Sequence[str], after: Sequence[str]) -> list[Piece]:
    if max(len(before), len(after)) > MOST_WORDS:
        return [(before, after)]
    # difflib leaves the most frequent words of a long text aside at first: it is quick then, and `the` joins nothing.
    steps = SequenceMatcher(None, before, after).get_opcodes()
    pieces: list[Piece] = []
    for number, (tag, i, j, k, m) in enumerate(steps):
        words = before[i:j]
        if tag != "equal":
            removed, added = pieces.pop() if pieces and pieces[-1][1] is not None else ([], [])
            pieces.append(([*removed, *words], [*(added or []), *after[k:m]]))
        elif len(words) <= CHANCE and "\n" not in words and _is_between_replaced(steps, number):
            removed, added = pieces.pop()
            pieces.append(([*removed, *words], [*(added or []), *words]))
        else:
            pieces.append((words, None))
    return pieces


def _is_between_replaced(steps: Sequence[tuple[str, int, int, int, int]], number: int) -> bool:
    return 0 < number < len(steps) - 1 and steps[number - 1][0] == steps[number + 1][0] == "replace"


def _runs(kept_or_removed: Sequence[str], added: Sequence[str] | None) -> list[Run]:
    first = Run(Change.KEPT if added is None else Change.REMOVED, joined(kept_or_removed))
    return [run for run in (first, Run(Change.ADDED, joined(added or ()))) if run.text]


def shortened(runs: Sequence[Run]) -> tuple[Run, ...]:
    """For reading: of what stayed, only what stands beside a change."""
    last = len(runs) - 1
    return tuple(
        Run(run.change, _ends(run.text, number > 0, number < last)) if run.change is Change.KEPT else run
        for number, run in enumerate(runs)
    )


def _ends(text: str, after_change: bool, before_change: bool) -> str:
    words = words_in(text)
    first, last = BESIDE * after_change, BESIDE * before_change
    if len(words) <= first + last + 1:
        return text
    return joined([*words[:first], "…", *words[len(words) - last :]])
