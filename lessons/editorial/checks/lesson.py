from collections import Counter
from collections.abc import Iterator

from lessons.library.content import LessonContent, QuestionContent, is_english
from lessons.library.enums import LessonSectionKind, QuestionKind
from lessons.library.reading_age import reading_age

from .activities import check_activities
from .problem import Level, Part, Problem
from .reference import Reference
from .running_text import check_text
from .text import check_basics, check_findings
from .times import check_times

TEACHER_READING_AGE = 14
OBJECTIVES = range(1, 7)
CHECK_QUESTIONS = range(3, 6)


def check_lesson(content: LessonContent, reference: Reference) -> Iterator[Problem]:
    yield from check_basics(content)
    yield from check_placing_of_lesson(content, reference)
    yield from check_findings(content, reference)
    yield from _check_objectives(content)
    yield from _check_questions(content)
    yield from check_activities(content)
    yield from _check_sections(content)
    yield from check_times(content)
    yield from check_text(content, reference)
    if is_english(content):
        yield from _check_reading_age(content, reference)


def check_placing_of_lesson(content: LessonContent, reference: Reference) -> Iterator[Problem]:
    """What depends on its topic, its band and the help services; no text is read."""
    yield from _check_age(content, reference)
    yield from _check_signposting(content, reference)


def _check_age(content: LessonContent, reference: Reference) -> Iterator[Problem]:
    least, (age_from, _, _) = reference.least_ages[content.topic], reference.bands[content.band]
    if age_from < least:
        yield Problem(
            Part.BASICS,
            "Age band",
            f"This topic is for pupils of {least} and over; the band begins at {age_from}.",
            "Choose another topic or an older band.",
        )


def _check_signposting(content: LessonContent, reference: Reference) -> Iterator[Problem]:
    age_from, age_to, _ = reference.bands[content.band]
    if not any(first <= age_to and last >= age_from for first, last in reference.child_services):
        yield Problem(
            Part.BASICS,
            "Help services",
            "The directory holds no help service that pupils of this age could turn to.",
            "Ask an operator to add one.",
        )


def _check_objectives(content: LessonContent) -> Iterator[Problem]:
    if len(content.objectives) not in OBJECTIVES:
        yield Problem(Part.OBJECTIVES, "Objectives", "A lesson has one to six objectives.", "Say what pupils learn.")
    for number, objective in enumerate(content.objectives, start=1):
        if is_english(content) and not objective.can.lower().startswith("i can"):
            yield Problem(
                Part.OBJECTIVES,
                f"Objective {number}",
                "The pupil's outcome does not begin with “I can”.",
                "Say it as the pupil would.",
            )
    if not content.vocabulary:
        yield Problem(Part.OBJECTIVES, "Vocabulary", "No key word is explained.", "Add at least one.")


def _check_questions(content: LessonContent) -> Iterator[Problem]:
    # Worry is asked after only, so it is not one of the questions that stand in both checks.
    asked_twice = [question for question in content.questions if question.kind != QuestionKind.WORRY]
    if len(asked_twice) not in CHECK_QUESTIONS:
        yield Problem(
            Part.QUESTIONS,
            "Questions",
            f"A check has three to five questions, worry aside; this one has {len(asked_twice)}.",
            "Add or remove some.",
        )
    kinds = {question.kind for question in asked_twice}
    if len(kinds) < 2:
        yield Problem(
            Part.QUESTIONS,
            "Questions",
            "The questions are all of one kind.",
            "Ask at least two kinds: what pupils know, and how sure they are or whom they would tell.",
        )
    for number, question in enumerate(content.questions, start=1):
        yield from _check_question(f"Question {number}", question)


def _check_question(place: str, question: QuestionContent) -> Iterator[Problem]:
    def problem(message: str, mend: str, field: str = "options") -> Problem:
        return Problem(Part.QUESTIONS, place, message, mend, field=field)

    if len(question.options) < 2:
        yield problem("There are fewer than two options to choose from.", "Add options.")
    twice = [text for text, count in Counter(option.text for option in question.options).items() if count > 1]
    if twice:
        yield problem(f"“{twice[0]}” stands there twice.", "Remove one.")
    if question.kind == QuestionKind.KNOWLEDGE:
        if len(question.right_options) != 1:
            yield problem("There must be exactly one right option.", "Mark the right one, and only that.")
        if not question.misconception:
            yield problem(
                "Nothing tells the teacher what a wrong answer shows.", "Add the likely misconception.", "misconception"
            )
    elif question.right_options:
        yield problem("This kind of question has no right answer.", "Take the mark away.")
    if not question.kind.fixed_options and any(not option.feedback for option in question.options):
        yield problem("An option has no feedback.", "Say kindly why, or what helps.")


def _check_sections(content: LessonContent) -> Iterator[Problem]:
    for kind in LessonSectionKind:
        section = content.sections.get(kind)
        if kind.rule.needed and not (section and section.text.strip()):
            yield Problem(Part.TEXT, kind.label, "This section is empty.", "Every lesson has it.")
        elif section and kind.rule.timed and not section.minutes:
            yield Problem(Part.TEXT, kind.label, "It has no minutes.", "Say how long it takes.")


def _check_reading_age(content: LessonContent, reference: Reference) -> Iterator[Problem]:
    most = reference.bands[content.band][2]
    vocabulary = [term.term for term in content.vocabulary]
    pupils = reading_age(content.pupil_text, vocabulary)
    if pupils is not None and pupils > most:
        yield Problem(
            Part.TEXT,
            "Reading age",
            f"What pupils read needs a reader of {pupils:.1f}; this band reads at {most} or under.",
            "Shorten sentences, choose plainer words, or explain a word in the vocabulary.",
        )
    teachers = reading_age(content.teacher_text, vocabulary)
    if teachers is not None and teachers > TEACHER_READING_AGE:
        yield Problem(
            Part.TEXT,
            "Reading age",
            f"What teachers read needs a reader of {teachers:.1f}; {TEACHER_READING_AGE} is the most.",
            "Shorten sentences: it is read eight minutes before the lesson.",
            Level.WARNS,
        )
