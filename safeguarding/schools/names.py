"""The names that a teacher pastes: one a line, and as little about a child as will do."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .errors import NamesRefused

MOST_AT_ONCE = 60
MOST_IN_A_CLASS = 400
LONGEST = 40
MOST_DIGITS = 4
DATE = re.compile(r"\d{1,4}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{1,4}")
# Names in Persian and in Indian scripts are spelt with these two.
JOINERS = {"\u200c", "\u200d"}


@dataclass(frozen=True)
class NameLine:
    number: int  # of the line as it was pasted, from 1
    name: str

    @property
    def key(self) -> str:
        return name_key(self.name)


def name_key(name: str) -> str:
    """Equal for two names that a class could not tell apart.

    The Turkish capital İ is an i here, as it is to PostgreSQL, which would refuse Ilkay beside İlkay with an error that
    names the pupil.
    """
    return unicodedata.normalize("NFC", name).replace("İ", "i").casefold()


def tidy(text: str) -> str:
    """Trimmed, with single spaces inside; a tab stays, because it stands between two columns."""
    return re.sub(r"[^\S\t]+", " ", unicodedata.normalize("NFC", text.strip()))


def read_lines(text: str) -> list[NameLine]:
    """The lines that are not empty, trimmed, with single spaces inside."""
    read = (NameLine(number, tidy(line)) for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1))
    return [line for line in read if line.name]


def say_lines(numbers: Iterable[int]) -> str:
    """`Line 3`, or `Lines 3, 5 and 8`."""
    words = [str(number) for number in sorted(numbers)]
    if len(words) == 1:
        return f"Line {words[0]}"
    return f"Lines {', '.join(words[:-1])} and {words[-1]}"


def has_control_character(name: str) -> bool:
    return any(unicodedata.category(char)[0] == "C" and char not in JOINERS for char in name)


def first_number(class_name: str) -> str:
    """The year that a class's name tells: 8 of 8B. Empty where it tells none."""
    found = re.search(r"(?<![0-9])[0-9]{1,2}(?![0-9])", class_name)
    return found[0] if found else ""


def _shows_nothing(name: str) -> bool:
    """Without a letter or digit that can be seen: a mark alone, or the filler of the Korean script."""
    return not any(char.isalnum() and unicodedata.name(char, "").find("FILLER") < 0 for char in name)


def _has_many_digits(name: str) -> bool:
    return sum(char.isdigit() for char in name) > MOST_DIGITS


def has_date(text: str) -> bool:
    return bool(DATE.search(text))


CHECKS: tuple[tuple[Callable[[str], bool], str], ...] = (
    (
        has_control_character,
        "a character that cannot be shown, such as a tab between two columns: paste the column of first names only.",
    ),
    (_shows_nothing, "no letter that can be seen: write a first name or initials."),
    (lambda name: "@" in name, "an @: write a first name or initials, never an e-mail address."),
    (
        lambda name: has_date(name) and not _has_many_digits(name),
        "a date: write a first name or initials, never a date of birth.",
    ),
    (
        _has_many_digits,
        f"more than {MOST_DIGITS} digits: write a first name or initials, never a date of birth or a pupil number.",
    ),
    (lambda name: len(name) > LONGEST, f"more than {LONGEST} characters: shorten it to a first name or initials."),
)


def check_lines(names: list[NameLine]) -> None:
    """Raises NamesRefused where a line may not be kept, where one is doubled, or where there are too many or none."""
    problems = []
    if not names:
        problems.append("Type or paste at least one name.")
    if len(names) > MOST_AT_ONCE:
        problems.append(f"These are {len(names)} names. Paste at most {MOST_AT_ONCE} at once.")
    for is_wrong, what in CHECKS:
        if wrong := [line.number for line in names if is_wrong(line.name)]:
            problems.append(f"{say_lines(wrong)} {'has' if len(wrong) == 1 else 'have'} {what}")
    by_key: dict[str, list[int]] = {}
    for line in names:
        by_key.setdefault(line.key, []).append(line.number)
    problems += [
        f"{say_lines(numbers)} are the same name. Add a letter, such as an initial, to tell them apart."
        for numbers in by_key.values()
        if len(numbers) > 1
    ]
    if problems:
        raise NamesRefused(problems)
