"""Pupils of the trial schools, who go through a lesson by the same service as a real one."""

import random
import uuid
from collections.abc import Sequence

from lessons.library.enums import NOBODY, QuestionKind
from lessons.library.steps import QuestionPart, Step
from lessons.teaching.enums import Moment
from lessons.teaching.models import Assignment
from lessons.teaching.pupil_session import Visit
from lessons.teaching.services import take_step
from lessons.teaching.steps import steps_for
from safeguarding.schools.models import Pupil, SchoolClass

# How often of 100 a knowledge question is answered right, before, after and some weeks later.
USUAL_PERCENT = {Moment.BEFORE: 45, Moment.AFTER: 84, Moment.LATER: 76}
HARD_PERCENT = {Moment.BEFORE: 25, Moment.AFTER: 38, Moment.LATER: 40}
CONFIDENCE_WEIGHTS = {Moment.BEFORE: (2, 4, 4, 2, 1), Moment.AFTER: (0, 1, 3, 5, 4), Moment.LATER: (0, 2, 4, 4, 3)}
WORRY_WEIGHTS = (12, 3, 1)
FAIR_WEIGHT = {Moment.BEFORE: 2.0, Moment.AFTER: 12.0, Moment.LATER: 9.0}
NOBODY_WEIGHT = {Moment.BEFORE: 3, Moment.AFTER: 0.5, Moment.LATER: 0.8}


def visits_of(school_class: SchoolClass, pupils: Sequence[Pupil], number: int, chance: random.Random) -> list[Visit]:
    """So many pupils who have joined: some of the list in a named class, nobody in particular in an anonymous one."""
    if school_class.is_named:
        joined: Sequence[Pupil | None] = chance.sample(pupils, min(number, len(pupils)))
    else:
        joined = [None] * number
    return [Visit(school_class, pupil, None, uuid.UUID(int=chance.getrandbits(128), version=4)) for pupil in joined]


def go_through(
    assignment: Assignment, visits: Sequence[Visit], *, finished: int, hard: int | None, chance: random.Random
) -> None:
    """The first `finished` of them come to the end; each of the others stops somewhere on the way."""
    steps = steps_for(assignment)
    knowledge = [step.title for step in steps if step.moment == Moment.BEFORE and _kind(step) == QuestionKind.KNOWLEDGE]
    hard_title = knowledge[hard] if hard is not None and hard < len(knowledge) else None
    for n, visit in enumerate(visits):
        last = len(steps) - 1 if n < finished else chance.randint(1, len(steps) - 2)
        for step in steps[:last]:
            take_step(
                visit=visit,
                assignment=assignment,
                steps=steps,
                number=step.number,
                option_pk=_choose(step, is_hard=step.title == hard_title, chance=chance),
            )


def _kind(step: Step) -> QuestionKind | None:
    return step.question.kind if step.question else None


def _choose(step: Step, *, is_hard: bool, chance: random.Random) -> int | None:
    if step.question is None or step.moment is None:
        return None
    weights = _weights(step.question, step.moment, is_hard)
    return chance.choices([option.pk for option in step.question.options], weights)[0]


def _weights(question: QuestionPart, moment: Moment, is_hard: bool) -> list[float]:
    options = question.options
    if question.kind == QuestionKind.KNOWLEDGE:
        right = (HARD_PERCENT if is_hard else USUAL_PERCENT)[moment]
        wrong = (100 - right) / max(len(options) - 1, 1)
        return [right if option.is_correct else wrong for option in options]
    if question.kind == QuestionKind.CONFIDENCE:
        return [float(weight) for weight in CONFIDENCE_WEIGHTS[moment]]
    if question.kind == QuestionKind.WORRY:
        return [float(weight) for weight in WORRY_WEIGHTS]
    if question.kind == QuestionKind.RESPONSIBILITY:
        # No answer is marked right; the starter library says yes to the one that names the person who did it.
        return [FAIR_WEIGHT[moment] if option.feedback.startswith("Yes") else 1.0 for option in options]
    return [NOBODY_WEIGHT[moment] if option.text == NOBODY else 2.0 for option in options]
