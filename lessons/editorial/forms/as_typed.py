"""What a version would hold if the forms were saved as they stand, finished or not."""

import dataclasses
from typing import Any

from django import forms

from lessons.library.content import Content
from safeguarding.core.richtext import RichTextFormField

from .editor import Editor


def content_as_typed(editor: Editor) -> Content:
    """The saved content with the forms put on it.

    Where a form cannot be saved yet, plain text counts as it was typed and any other field as it is saved. What did
    not arrive whole changes nothing.
    """
    if not editor.is_valid():
        if any(not rows.management_form.is_valid() for rows in editor.sets):
            return editor.content
        for form in (*editor.forms, *(form for rows in editor.sets for form in rows.forms)):
            _complete(form)
    changes: dict[str, Any] = editor.changes()
    typed: Content = dataclasses.replace(editor.content, **changes)
    return typed


def _complete(form: forms.Form) -> None:
    for name, field in form.fields.items():
        if name not in form.cleaned_data:
            form.cleaned_data[name] = _readable(form, name, field)


def _readable(form: forms.Form, name: str, field: forms.Field) -> object:
    # Rich text is only ever read through the gate, which it has not passed.
    if isinstance(field, forms.CharField) and not isinstance(field, RichTextFormField):
        return str(form[name].data or "").strip()
    saved = form.get_initial_for_field(field, name)
    return "" if saved is None else saved
