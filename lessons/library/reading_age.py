"""How old a reader must be to read a text with ease.

The mean of two formulas that count letters, words and sentences, and so need no dictionary of syllables:

- Automated Readability Index. Source: Senter and Smith, 1967, AMRL-TR-66-220, p. 8.
- Coleman–Liau index. Source: Coleman and Liau, Journal of Applied Psychology, 1975, 60(2), p. 284.

Both give a United States school grade; a reader in grade 1 is six, so the age is the grade plus five.
"""

import re
from collections.abc import Iterable

LEAST_WORDS = 100
AGE_OF_GRADE_0 = 5

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)]*(?=\s|$)|\n+")


def words_of(text: str) -> list[str]:
    return _WORD.findall(text)


def sentence_count(text: str) -> int:
    """How many sentences; a line that ends without a full stop (a heading, a list item) is one."""
    return sum(1 for part in _SENTENCE_END.split(text) if _WORD.search(part))


def _without_terms(text: str, vocabulary: Iterable[str]) -> str:
    for term in vocabulary:
        if term.strip():
            text = re.sub(rf"\b{re.escape(term.strip())}(?:s|es)?\b", " ", text, flags=re.IGNORECASE)
    return text


def reading_age(text: str, vocabulary: Iterable[str] = ()) -> float | None:
    """Years, to one decimal; None under 100 words, where the formulas say nothing.

    `vocabulary` holds the lesson's own terms: it teaches them, so they do not count as hard words.
    """
    sentences = sentence_count(text)
    words = words_of(_without_terms(text, vocabulary))
    if len(words) < LEAST_WORDS or not sentences:
        return None
    letters = sum(sum(character.isalnum() for character in word) for word in words)
    ari = 4.71 * letters / len(words) + 0.5 * len(words) / sentences - 21.43
    coleman_liau = 5.88 * letters / len(words) - 29.6 * sentences / len(words) - 15.8
    return round((ari + coleman_liau) / 2 + AGE_OF_GRADE_0, 1)
