"""Something on the editors' desk: a version that waits for review, a draft, and a lesson that has just begun."""

import dataclasses

from lessons.editorial.checks.problem import Part
from lessons.editorial.errors import ChecksFailed
from lessons.editorial.parts import token_of
from lessons.editorial.services import create_lesson, save_part, start_draft, submit_version
from lessons.library.content import LessonContent, TermContent
from lessons.library.models import AgeBand, Guide, Lesson, Topic
from lessons.library.store import content_of
from safeguarding.accounts.models import User

IN_REVIEW = "asking-before-a-photo-7-9"
DRAFT_GUIDE = "how-to-talk-about-it"
BEGUN = "kind-words-in-a-group-chat-11-14"
NEW_WORD = TermContent(term="agree", meaning="to say yes, because you want to")


def seed_desk(editor: User) -> None:
    """What somebody has worked on since is left alone."""
    lesson = Lesson.objects.filter(slug=IN_REVIEW).first()
    if lesson and not lesson.versions.filter(author=editor).exists():
        _one_more_word(editor, lesson)
    guide = Guide.objects.filter(slug=DRAFT_GUIDE).first()
    if guide and not guide.versions.filter(author=editor).exists():
        start_draft(actor=editor, identity=guide)
    topic, band = Topic.objects.filter(slug="helping-a-friend").first(), AgeBand.objects.filter(slug="11-14").first()
    if topic and band and not Lesson.objects.filter(slug=BEGUN).exists():
        create_lesson(
            actor=editor,
            slug=BEGUN,
            topic=topic,
            band=band,
            title="Kind words in a group chat",
            summary="Pupils practise words that help when a chat turns unkind.",
        )


def _one_more_word(editor: User, lesson: Lesson) -> None:
    draft = start_draft(actor=editor, identity=lesson)
    content = content_of(draft)
    if not isinstance(content, LessonContent) or NEW_WORD in content.vocabulary:
        return
    changed = dataclasses.replace(content, vocabulary=(*content.vocabulary, NEW_WORD))
    token = token_of(content, Part.OBJECTIVES)
    save_part(
        actor=editor, version=draft, part=Part.OBJECTIVES, token=token, changes={"vocabulary": changed.vocabulary}
    )
    try:
        submit_version(actor=editor, version=draft, change_note="Explains one more word: agree.")
    except ChecksFailed:
        # An editor of the trial has broken the lesson since; the draft is as good to look at.
        return
