"""Every text of the code that can stand on a parents' page: what a catalogue must hold."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.template.base import FilterExpression, Node
from django.template.library import InclusionNode
from django.template.loader import get_template
from django.template.loader_tags import ExtendsNode, IncludeNode
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

from lessons.library import forms as library_forms
from lessons.library.enums import GuideSectionKind
from lessons.library.starter_files import STARTER
from lessons.library.yaml_lines import load_yaml

FOLDER = Path(__file__).parent
# Whatever parents may read, and what stands in its place when something goes wrong; what is for schools is English.
ENGLISH = {
    "guidance/for_staff.html",
    "guidance/privacy_staff.html",
    "guidance/_kept.html",
    "guidance/privacy_pupils.html",
    "guidance/privacy_band.html",
}
PAGES = (
    *sorted({f"guidance/{page.name}" for page in (FOLDER / "templates" / "guidance").glob("*.html")} - ENGLISH),
    *sorted(f"guidance/email/{letter.name}" for letter in (FOLDER / "templates" / "guidance" / "email").glob("*.txt")),
    "400.html",
    "404.html",
    "410.html",
    "500.html",
    "django/forms/field.html",
)
CODE = (*sorted(FOLDER.rglob("*.py")), Path(library_forms.__file__))
NAMES = ("countries.yaml", "topics.yaml")  # of the starter library
CALLS = {"_", "gettext", "gettext_lazy"}


def words() -> list[str]:
    """Each once, as a reader meets them."""
    found = [*_of_templates(), *_of_code(), *(kind.label for kind in GuideSectionKind), *_of_data()]
    return list(dict.fromkeys(found))


def _of_templates() -> Iterator[str]:
    """Of the pages, and of all that they extend and include."""
    seen: set[str] = set()
    waiting = list(PAGES)
    while waiting:
        name = waiting.pop(0)
        if name in seen:
            continue
        seen.add(name)
        template: Any = get_template(name)
        for node in template.template.nodelist.get_nodes_by_type(Node):
            waiting += _named_by(node)
            yield from _said_by(node)


def _named_by(node: Node) -> Iterator[str]:
    if isinstance(node, ExtendsNode):
        yield _literal(node.parent_name)
    elif isinstance(node, IncludeNode) and isinstance(node.template.var, str):  # else the page says which
        yield _literal(node.template)
    elif isinstance(node, InclusionNode):
        yield str(node.filename)


def _literal(expression: Any) -> str:
    return str(expression.var)


def _said_by(node: Node) -> Iterator[str]:
    if isinstance(node, TranslateNode):
        said: FilterExpression = node.filter_expression
        literal = getattr(said.var, "literal", None)
        if literal:  # a name of the data is a variable here
            yield str(literal)
    elif isinstance(node, BlockTranslateNode):
        if node.plural:
            raise NotImplementedError("No parents’ page has a plural yet: teach core.catalogues to hold them first.")
        yield node.render_token_list(node.singular)[0]


def _of_code() -> Iterator[str]:
    for path in CODE:
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for call in (node for node in nodes if isinstance(node, ast.Call)):
            is_marked = isinstance(call.func, ast.Name) and call.func.id in CALLS
            if is_marked and isinstance(call.args[0], ast.Constant):
                yield str(call.args[0].value)


def _of_data() -> Iterator[str]:
    for name in NAMES:
        path = STARTER / name
        for entry in load_yaml(path.read_text(encoding="utf-8"), path):
            yield entry.text("name")
            if name == "topics.yaml":
                yield entry.text("summary")
