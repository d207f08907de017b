"""Drawings that stand in the page itself, so that a first visit asks for no file more."""

import re
from functools import cache
from pathlib import Path

from django import template
from django.contrib.staticfiles import finders
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
SYMBOL = re.compile(r'<symbol id="([\w-]+)"[^>]*>(.*?)</symbol>', re.DOTALL)


@register.simple_tag
def icon_lines(name: str) -> SafeString:
    """What is drawn inside a symbol of static/img/icons.svg; nothing where there is none of this name."""
    return _icons().get(name, SafeString(""))


@cache
def _icons() -> dict[str, SafeString]:
    drawn = Path(str(finders.find("img/icons.svg"))).read_text(encoding="utf-8")
    return {name: mark_safe(lines.strip()) for name, lines in SYMBOL.findall(drawn)}
