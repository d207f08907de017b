"""What a warning is about, so that a reviewer's word on it holds as long as the text stays, and no longer."""

import hashlib
import re

from lessons.library.content import Content

from .problem import Problem

# An activity that only moved is the same activity.
_NUMBER = re.compile(r"^(Objective|Question|Activity) \d+$")


def key_of(content: Content, problem: Problem) -> str:
    """Names the warning and the text at its place; of a warning about the whole, such as its length, all the text."""
    passages = content.passages()
    texts = [passage.text for passage in passages if passage.place == problem.place]
    texts = texts or [f"{passage.place}\n{passage.text}" for passage in sorted(passages, key=lambda one: one.place)]
    place = _NUMBER.sub(r"\1", problem.place)
    held = "\x1f".join([problem.part, place, problem.message, *texts])
    return hashlib.sha256(held.encode()).hexdigest()
