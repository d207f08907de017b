"""Everyday words that people search for: a list in files, one text with commas between in the database."""

from collections.abc import Iterable

LONGEST = 1_000  # characters of all of them, as they are stored


def joined(words: Iterable[str]) -> str:
    return ", ".join(words)


def separated(text: str) -> tuple[str, ...]:
    """Each once, in the order in which they were written; line ends are as good as commas."""
    words = (" ".join(word.split()) for word in text.replace("\n", ",").split(","))
    return tuple(dict.fromkeys(word for word in words if word))
