"""Ways to open the talk, taken out of a guide's text."""

import re

from safeguarding.core.richtext import clean, plain_text

MOST = 3
_LIST = re.compile(r"<ol[^>]*>(.*?)</ol>", re.DOTALL)
_ITEM = re.compile(r"<li>(.*?)</li>", re.DOTALL)
_LED = re.compile(r"<p>\s*(<strong>.*?)</p>", re.DOTALL)


def openers(body: str) -> tuple[str, ...]:
    """The first three items of its numbered list; without one, the paragraphs that begin in bold. As plain text."""
    html = clean(body)
    numbered = _LIST.search(html)
    found = _ITEM.findall(numbered[1]) if numbered else _LED.findall(html)
    said = (" ".join(plain_text(item).split()) for item in found)
    return tuple(text for text in said if text)[:MOST]
