"""The one place where CKEditor is mounted. Its page needs `csp.editor_csp`."""

import re
from collections.abc import Mapping
from typing import Any

from ckeditor.widgets import CKEditorWidget
from django import forms
from django.conf import settings
from django.utils import translation
from django.utils.html import linebreaks

_TAG = re.compile(r"<[a-zA-Z/!]")


class RichTextWidget(CKEditorWidget):
    """A text area that becomes an editor where JavaScript runs. Without it, the box holds the HTML itself."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(template_name="core/widgets/rich_text.html", attrs={"rows": 12, **(attrs or {})})

    @property
    def media(self) -> forms.Media:
        # Naming CKEditor's last file before ours keeps their order when Django merges the two lists.
        return super().media + forms.Media(
            css={"all": ["ckeditor/ckeditor.css", "css/rich-text-editor.css"]},
            js=["ckeditor/fixups.js", "js/rich-text-editor.js"],
        )

    def _set_config(self) -> None:
        # CKEditorWidget fails where no language is active, as in a command or with translation.override(None).
        with translation.override(translation.get_language() or settings.LANGUAGE_CODE):
            super()._set_config()
        self.config["mediaUrl"] = settings.MEDIA_URL

    def use_required_attribute(self, initial: Any) -> bool:
        # The browser would look for words in the text area that the editor hides, and refuse to send the form
        # without a word. The server checks it.
        return False

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        # Written by hand, without JavaScript and without a tag: empty lines mean paragraphs.
        return linebreaks(value) if value and not _TAG.search(value) else value
