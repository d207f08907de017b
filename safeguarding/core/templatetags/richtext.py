from django import template
from django.utils.safestring import SafeString

from safeguarding.core.richtext import to_html

register = template.Library()


@register.filter
def richtext(value: str | None) -> SafeString:
    return to_html(value)
