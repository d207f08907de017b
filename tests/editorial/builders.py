"""A lesson and a guide that pass every check, so that a test can break one thing at a time."""

import datetime
from pathlib import Path
from typing import Any

from lessons.editorial import services
from lessons.editorial.checks.reference import Fact, Reference, Word, pattern_of
from lessons.editorial.parts import Part, fields_of, token_of
from lessons.library.content import (
    ActivityContent,
    Content,
    GuideContent,
    ItemContent,
    LessonContent,
    ObjectiveContent,
    OptionContent,
    QuestionContent,
    SectionContent,
    TermContent,
)
from lessons.library.enums import (
    FIXED_OPTIONS,
    FOR_PARENTS,
    ActivityKind,
    GuideKind,
    Helpfulness,
    LessonSectionKind,
    QuestionKind,
)
from lessons.library.models import Guide, Lesson
from lessons.library.store import AnyVersion, content_of, write_content
from safeguarding.accounts.models import User
from tests.factories import AgeBandFactory, FindingFactory, HelpServiceFactory, TopicFactory

LESSON, GUIDE = "asking-before-a-photo-7-9", "grooming"  # of the starter library
PLAIN = "Ama has a photo of Ben. She asks him first. Ben can say yes or no. Both are fine. "
CALM = (
    "Children often meet people online through games and apps. Most of these people are friendly and kind. "
    "Some are not, and a child may find it hard to tell them apart. Your child needs to know that you will listen. "
)


def question(kind: QuestionKind, **changes: Any) -> QuestionContent:
    fixed = FIXED_OPTIONS.get(kind)
    options = (
        tuple(OptionContent(text) for text in fixed)
        if fixed
        else (
            OptionContent("Ask Ben first", kind == QuestionKind.KNOWLEDGE, "Yes. Ben gets to choose."),
            OptionContent("Share it", False, "Ben may not like it. Ask him first."),
        )
    )
    values: dict[str, Any] = {"kind": kind, "text": f"What is best? ({kind.value})", "options": options}
    if kind == QuestionKind.KNOWLEDGE:
        values["misconception"] = "Some think that a funny photo needs no asking."
    return QuestionContent(**{**values, **changes})


SCENARIO = ActivityContent(
    ActivityKind.SCENARIO,
    "The funny photo",
    10,
    f"<p>{PLAIN}</p>",
    (
        ItemContent("Ask Ben", Helpfulness.HELPS, "Ben gets to choose."),
        ItemContent("Share it", Helpfulness.NOT_YET, "Ask Ben first."),
    ),
)
SORT = ActivityContent(
    ActivityKind.SORT,
    "Ask or no need",
    10,
    f"<p>{PLAIN}</p>",
    (
        ItemContent("A photo of Ben", "Ask", "It is his."),
        ItemContent("A photo of a tree", "No need", "Trees do not mind."),
    ),
)


def lesson_content(**changes: Any) -> LessonContent:
    values: dict[str, Any] = {
        "slug": "the-funny-photo",
        "topic": "image-sharing",
        "band": "11-14",
        "title": "The funny photo",
        "summary": "Pupils learn to ask before they share a photo.",
        "review_by": datetime.date(2027, 11, 22),
        "findings": ("F101",),
        "objectives": (ObjectiveContent("Ask before sharing a photo.", "I can ask before I share a photo."),),
        "vocabulary": (TermContent("permission", "saying yes to something"),),
        "questions": tuple(
            question(kind) for kind in (QuestionKind.KNOWLEDGE, QuestionKind.CONFIDENCE, QuestionKind.HELP_SEEKING)
        ),
        "activities": (SCENARIO, SORT),
        "sections": {
            kind.value: SectionContent(kind.value, f"<p>{PLAIN * 2}</p>", 5 if kind.rule.timed else 0)
            for kind in LessonSectionKind
            if kind.rule.needed
        },
    }
    return LessonContent(**{**values, **changes})


def guide_content(**changes: Any) -> GuideContent:
    values: dict[str, Any] = {
        "slug": "sharing-photos",
        "kind": GuideKind.TOPIC,
        "topic": "image-sharing",
        "age_from": 11,
        "age_to": 14,
        "title": "When children share photos",
        "summary": "What to notice, and what to do today.",
        "review_by": datetime.date(2027, 11, 22),
        "findings": ("F101",),
        "sections": {kind.value: SectionContent(kind.value, f"<p>{CALM * 2}</p>") for kind in FOR_PARENTS},
    }
    return GuideContent(**{**values, **changes})


def a_reference(**changes: Any) -> Reference:
    words = [
        Word("stranger danger", "stranger danger", "anyone can cause harm", "It is inaccurate.", True),
        Word("sexting", "sexting", "sharing nudes", "It is imprecise.", False),
    ]
    values: dict[str, Any] = {
        "least_ages": {"image-sharing": 7},
        "bands": {"11-14": (11, 14, 10), "5-7": (5, 7, 6)},
        "findings": {"F101": Fact("28;33 Of 33 countries that answered, 28 knew of it.", 14)},
        "words": {word.form: word for word in words},
        "pattern": pattern_of(word.form for word in words),
        "child_services": ((5, 18),),
        "adult_services": 1,
    }
    return Reference(**{**values, **changes})


def make_reference_rows() -> None:
    """What the two contents refer to, in the database."""
    TopicFactory(slug="image-sharing", least_age=7)
    AgeBandFactory(slug="11-14")
    FindingFactory(code="F101")
    HelpServiceFactory(slug="a-helpline")


def fill(version: AnyVersion, content: Content, actor: User) -> AnyVersion:
    """Write all of a draft at once. The pages write it part by part, which `test_writing` and the pages' tests do."""
    write_content(version, content)
    version.contributors.add(actor)
    now = content_of(version)
    changes = {name: getattr(content, name) for name in fields_of(now, Part.BASICS)}
    token = token_of(now, Part.BASICS)
    return services.save_part(actor=actor, version=version, part=Part.BASICS, token=token, changes=changes)


def a_draft(author: User, **changes: Any) -> AnyVersion:
    """A lesson's first draft that could be submitted."""
    make_reference_rows()
    content = lesson_content(**changes)
    lesson = Lesson.objects.filter(slug=content.slug).first()
    if lesson:
        return services.start_draft(actor=author, identity=lesson)
    draft = services.create_lesson(
        actor=author, slug=content.slug, topic=TopicFactory(), band=AgeBandFactory(), title=content.title
    )
    return fill(draft, content, author)


def a_guide_draft(author: User, **changes: Any) -> AnyVersion:
    make_reference_rows()
    content = guide_content(**changes)
    draft = services.create_guide(
        actor=author,
        slug=content.slug,
        kind=content.kind,
        topic=TopicFactory(),
        age_from=content.age_from,
        age_to=content.age_to,
        title=content.title,
    )
    return fill(draft, content, author)


def in_review(author: User, **changes: Any) -> AnyVersion:
    return services.submit_version(actor=author, version=a_draft(author, **changes))


def live(author: User, reviewer: User, **changes: Any) -> AnyVersion:
    submitted = in_review(author, **changes)
    approved = services.approve_version(actor=reviewer, version=submitted, number=submitted.number)
    return services.publish_version(actor=reviewer, version=approved)


def item_of(version: AnyVersion) -> Lesson | Guide:
    """The identity as it is stored now."""
    identity = version.identity
    return type(identity)._default_manager.get(pk=identity.pk)


def change(path: Path, old: str, new: str) -> None:
    """Once, in a file that holds it."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
