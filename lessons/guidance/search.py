"""Which guides somebody means who types everyday words, in a hurry and with mistakes. Pure: no query."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise
from math import log

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

# What a word counts by where it stands; the everyday words of a guide are those that parents were heard to use.
OWN_WORDS, TITLE, TOPIC, SUMMARY, BODY = 6.0, 5.0, 4.0, 3.0, 1.5
WHOLE_PHRASE = 4.0  # more for each word, where all the words of an everyday phrase were typed
MORE_LETTERS = 0.6  # of what a word counts that begins with the word that was typed
LEAST_LIKE = 0.7  # two words this much alike are one with a typing mistake: 1 letter of 4, 2 of 7, 3 of 10
LEAST_LETTERS = 4  # a shorter word is taken as it is typed
LEAST_SHARE = 0.25  # of what the best guide counts; what counts less is not shown
MOST_SHOWN = 6

# What says nothing about the topic, in the languages of these pages. Who the child is says nothing either.
SMALL_WORDS = frozenset(
    "a about all an and are be been but can cant child children did do does doing done dont for from get got had has "
    "have having he help her hers him his how i if in into is it its just kid kids know me my new not now of off on "
    "online or our out please say says she should so some someone somebody something that the their them then there "
    "they this to too up us was want wants we what when where who whos why will with wont you your "
    "daughter daughters son sons boy girl teen teenager teenage year years old "
    "au aux avec ce ces dans de des du elle en enfant est et fille fils il je la le les ma mais mes mon ne on pas pour "
    "que qui sa se ses son sur un une "
    "aan bij dat de den dit dochter een en er heeft het hij hoe ik in is kind mijn naar niet om op te van voor "
    "wat ze zich zijn zoon "
    "a ac ar at dim dw eich ei fab fel fi fy gyda i mae mab merch neu o plentyn rhywun sut wedi y yn yng yr".split()
)


APOSTROPHE = re.compile(r"['’](?=(?:s|t|re|ll|ve|d|m)\b)")
ACCENT = re.compile(r"[\u0300-\u036f]")  # of Latin letters; the signs of other scripts are part of their words
WORD = re.compile(r"\w+")
TAG = re.compile(r"<[^>]*>")


def words_in(text: str) -> list[str]:
    """In small letters, without accents: “Won’t” is wont, “d’amis” is d and amis."""
    plain = APOSTROPHE.sub("", text.casefold())
    if not plain.isascii():
        plain = ACCENT.sub("", unicodedata.normalize("NFKD", plain))
    return WORD.findall(plain)


@lru_cache(maxsize=10_000)
def stem(word: str) -> str:
    """What “blackmail”, “blackmailed” and “blackmailing” share: the same for both sides is all that it has to be."""
    shorter = word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word
    for ending in ("ing", "ed", "e"):
        if shorter.endswith(ending) and len(shorter) - len(ending) >= 3:
            shorter = shorter.removesuffix(ending)
            break
    if len(shorter) > 3 and shorter[-1] == shorter[-2]:
        shorter = shorter[:-1]
    return f"{shorter[:-1]}y" if len(shorter) > 3 and shorter.endswith("i") else shorter


def telling(words: Iterable[str]) -> list[str]:
    return [word for word in words if word not in SMALL_WORDS and len(word) > 1]


@dataclass(frozen=True)
class Entry:
    """A guide as it is looked for. `own_words` and `topic_words`: everyday words, commas between. `body` is HTML."""

    key: int
    title: str
    summary: str = ""
    own_words: str = ""
    topic: str = ""
    topic_words: str = ""
    body: str = ""


@dataclass(frozen=True)
class Found:
    """The keys, the best first. `instead`: what was looked for where a typing mistake was mended; empty where none."""

    keys: tuple[int, ...] = ()
    instead: str = ""


@dataclass
class Index:
    """Takes two milliseconds a guide to make. Searching changes nothing in it, so threads may share one."""

    entries: Sequence[Entry]
    weights: defaultdict[str, dict[int, float]] = field(default_factory=lambda: defaultdict(dict))  # by stem and key
    phrases: list[tuple[int, frozenset[str]]] = field(default_factory=list)
    near_words: set[str] = field(default_factory=set)  # as they are written, of all but the bodies
    body_words: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for entry in self.entries:
            self._hold(entry.key, TAG.sub(" ", entry.body), BODY, self.body_words)
            self._hold(entry.key, entry.summary, SUMMARY, self.near_words)
            self._hold(entry.key, f"{entry.topic} {entry.topic_words}", TOPIC, self.near_words)
            self._hold(entry.key, entry.title, TITLE, self.near_words)
            self._hold(entry.key, entry.own_words, OWN_WORDS, self.near_words)
            for phrase in f"{entry.own_words},{entry.topic_words}".split(","):
                words = words_in(phrase)
                if stems := frozenset(stem(word) for word in telling(words) or words):
                    self.phrases.append((entry.key, stems))

    def _hold(self, key: int, text: str, weight: float, known: set[str]) -> None:
        words = telling(set(words_in(text)))
        known.update(words)
        for word in words:
            held = self.weights[stem(word)]
            held[key] = max(weight, held.get(key, 0))

    @cached_property
    def _known(self) -> list[list[str]]:
        """In a fixed order, so that of two words that are equally like the same one is taken each time."""
        return [sorted(self.near_words), sorted(self.body_words)]

    def search(self, text: str) -> Found:
        typed = words_in(text)
        words = telling(typed) or typed
        mended = [self._mended(word) for word in words]
        stems = [stem(word) for word in mended]
        stems += [joined for pair in pairwise(words) if (joined := stem("".join(pair))) in self.weights]
        scores = self._scores(list(dict.fromkeys(stems)))
        best = max(scores.values(), default=0.0)
        shown = [key for key, score in scores.items() if score >= best * LEAST_SHARE]
        places = {entry.key: place for place, entry in enumerate(self.entries)}
        shown.sort(key=lambda key: (-scores[key], places[key]))
        return Found(tuple(shown[:MOST_SHOWN]), " ".join(mended) if shown and mended != words else "")

    def _scores(self, stems: list[str]) -> dict[int, float]:
        scores: defaultdict[int, float] = defaultdict(float)
        for one in stems:
            for key, weight in self._weights_of(one).items():
                scores[key] += weight * self._rarity(one)
        typed = set(stems)
        for key, phrase in self.phrases:
            if phrase <= typed:
                scores[key] += sum(WHOLE_PHRASE * self._rarity(one) for one in phrase)
        return scores

    def _weights_of(self, one: str) -> dict[int, float]:
        """By key; words that go on after it count too, but less."""
        found = dict(self.weights.get(one, {}))
        for longer in self._longer(one):
            for key, weight in self.weights[longer].items():
                found[key] = max(found.get(key, 0), weight * MORE_LETTERS)
        return found

    def _longer(self, one: str) -> list[str]:
        return [other for other in self.weights if len(one) >= LEAST_LETTERS and other != one and other.startswith(one)]

    def _rarity(self, one: str) -> float:
        """A word of every guide tells little of any."""
        return log(1 + len(self.entries) / max(1, len(self.weights.get(one, ()))))

    def _mended(self, word: str) -> str:
        """The word of ours that it is most like, where we do not know it and it is long enough to tell."""
        one = stem(word)
        if one in self.weights or self._longer(one) or len(word) < LEAST_LETTERS:
            return word
        for known in self._known:
            like = process.extractOne(
                word, known, scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=LEAST_LIKE
            )
            if like:
                return str(like[0])
        return word
