"""The answers of a class to one question, and where the class stands with all of them."""

from dataclasses import dataclass

from lessons.library.enums import QuestionKind
from lessons.teaching.enums import Moment


@dataclass(frozen=True)
class Answers:
    """Of one question at one moment. `counts` is by option; None where it is not shown, and then so is the number.

    `mean` is of confidence, from 1 to 5. `withheld` says why nothing is shown.
    """

    counts: tuple[int, ...] | None
    answered: int | None
    right: int | None = None
    mean: float | None = None
    withheld: str = ""

    @property
    def is_shown(self) -> bool:
        return self.counts is not None

    @property
    def right_percent(self) -> int | None:
        return round(100 * self.right / self.answered) if self.right is not None and self.answered else None

    @property
    def wrong(self) -> int:
        return self.answered - self.right if self.answered is not None and self.right is not None else 0

    @property
    def wrong_percent(self) -> float:
        return 100 * self.wrong / self.answered if self.answered else 0


@dataclass(frozen=True)
class OptionLine:
    """`counts` are in the order of the question's moments; one is None where it is not shown."""

    text: str
    is_correct: bool
    counts: tuple[int | None, ...]


@dataclass(frozen=True)
class QuestionResult:
    """`asked` has the moments at which it is asked: worry after the lesson only, and later where there is a check."""

    pk: int
    number: int
    kind: QuestionKind
    text: str
    misconception: str
    option_texts: tuple[str, ...]
    right_options: tuple[bool, ...]
    asked: dict[Moment, Answers]

    @property
    def before(self) -> Answers | None:
        return self.asked.get(Moment.BEFORE)

    @property
    def after(self) -> Answers:
        return self.asked[Moment.AFTER]

    @property
    def later(self) -> Answers | None:
        return self.asked.get(Moment.LATER)

    @property
    def moments(self) -> list[tuple[Moment, Answers]]:
        return list(self.asked.items())

    @property
    def kind_in_words(self) -> str:
        return self.kind.label.split(":")[0]

    @property
    def is_knowledge(self) -> bool:
        return self.kind == QuestionKind.KNOWLEDGE

    @property
    def is_confidence(self) -> bool:
        return self.kind == QuestionKind.CONFIDENCE

    @property
    def withheld(self) -> str:
        """Why nothing at all is shown; empty where something is."""
        return "" if any(answers.is_shown for answers in self.asked.values()) else self.after.withheld

    @property
    def partly_withheld(self) -> list[str]:
        """Why something is not shown, where something else is."""
        return [] if self.withheld else list(dict.fromkeys(a.withheld for a in self.asked.values() if a.withheld))

    @property
    def options(self) -> list[OptionLine]:
        return [
            OptionLine(
                text,
                is_correct,
                tuple(answers.counts[n] if answers.counts else None for answers in self.asked.values()),
            )
            for n, (text, is_correct) in enumerate(zip(self.option_texts, self.right_options, strict=True))
        ]

    @property
    def usual_mistake(self) -> tuple[str, int] | None:
        """The wrong answer that most chose after the lesson, and how many did."""
        wrong = [
            (count, text)
            for count, text, is_right in zip(
                self.after.counts or (), self.option_texts, self.right_options, strict=False
            )
            if count and not is_right
        ]
        if not self.is_knowledge or not wrong:
            return None
        count, text = max(wrong, key=lambda found: found[0])
        return text, count


# From where knowledge and confidence are said to part: in between, a few answers would turn the sentence round.
MUCH_RIGHT_PERCENT = 75
LITTLE_RIGHT_PERCENT = 60
SURE = 3.5
UNSURE = 3.0


@dataclass(frozen=True)
class Standing:
    """The class at one moment: how much of the knowledge was right, and how sure it was. Means over the class."""

    moment: Moment
    right: int
    answers: int  # to all the knowledge questions together
    mean: float
    answered: int  # how many said how sure they are

    @property
    def right_percent(self) -> int:
        return round(100 * self.right / self.answers)

    @property
    def in_words(self) -> str:
        """What the two together ask for; empty where they go hand in hand."""
        if self.mean >= SURE and self.right_percent < LITTLE_RIGHT_PERCENT:
            return "The class is surer than it is right. Go back to the hardest question before you move on."
        if self.mean < UNSURE and self.right_percent >= MUCH_RIGHT_PERCENT:
            return "The class knows more than it trusts itself to. Let pupils practise what they would say and do."
        return ""
