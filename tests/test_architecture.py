"""The house stands as docs/architecture.md draws it: who may import whom, and a few rules that a reader can rely on."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.template.loader import get_template

ROOT = Path(__file__).parent.parent

MAY_IMPORT = {
    "safeguarding.core": set(),
    "safeguarding.accounts": {"safeguarding.core"},
    "safeguarding.schools": {"safeguarding.core", "safeguarding.accounts"},
}
_left = ["safeguarding.core", "safeguarding.accounts", "safeguarding.schools"]
for _app in ("safeguarding.audit", "lessons.evidence", "lessons.library"):
    MAY_IMPORT[_app] = set(_left)
    _left.append(_app)
MAY_IMPORT["lessons.editorial"] = {*_left, "lessons.teaching"}  # one file of it: see below
MAY_IMPORT["lessons.teaching"] = set(_left)
MAY_IMPORT["lessons.dashboards"] = {*_left, "lessons.teaching"}
MAY_IMPORT["lessons.guidance"] = {*_left, "lessons.teaching"}
MAY_IMPORT["lessons.demo"] = set(MAY_IMPORT)


def modules(app: str) -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted((ROOT / app.replace(".", "/")).rglob("*.py")):
        if "migrations" not in path.parts:
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path, tree: ast.Module) -> Iterator[str]:
    """The full name of each module that a file imports, relative imports included."""
    package = path.relative_to(ROOT).with_suffix("").parts
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level]) if node.level else ""
            yield ".".join(part for part in (base, node.module) if part)


def app_of(module: str) -> str | None:
    return next((app for app in MAY_IMPORT if module == app or module.startswith(app + ".")), None)


@pytest.mark.parametrize("app", MAY_IMPORT)
def test_an_app_imports_only_what_stands_to_its_left(app):
    wrong = {
        f"{path.relative_to(ROOT)} imports {module}"
        for path, tree in modules(app)
        for module in imports(path, tree)
        if app_of(module) not in (None, app) and app_of(module) not in MAY_IMPORT[app]
    }

    assert not wrong


def test_the_desk_reads_of_teaching_how_many_classes_hold_a_lesson_and_nothing_else():
    read = {
        module
        for path, tree in modules("lessons.editorial")
        for module in imports(path, tree)
        if app_of(module) == "lessons.teaching"
    }

    assert read == {"lessons.teaching.holding"}


def test_every_app_of_the_project_is_in_the_drawing():
    apps = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for wing in ("safeguarding", "lessons")
        for path in (ROOT / wing).glob("*/apps.py")
    }

    assert apps == set(MAY_IMPORT)


def test_only_editorial_changes_the_status_of_a_version_or_what_is_live():
    wrong = {
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for app in MAY_IMPORT
        if app != "lessons.editorial"
        for path, tree in modules(app)
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign | ast.AugAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Attribute) and target.attr in {"status", "live_from", "live_until", "withdrawn_at"}
    }

    assert not wrong


def test_no_import_hides_inside_a_function():
    wrong = {
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for app in MAY_IMPORT
        for path, tree in modules(app)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }

    assert not wrong


def test_html_is_marked_safe_behind_the_sanitiser_only():
    wrong = {
        str(path.relative_to(ROOT))
        for app in MAY_IMPORT
        for path, tree in modules(app)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and any(alias.name == "mark_safe" for alias in node.names)
    }

    assert wrong <= {"safeguarding/core/richtext.py"}


TEMPLATES = sorted(
    path for wing in ("safeguarding", "lessons") for path in (ROOT / wing).rglob("*.html") if "templates" in path.parts
)
# Of help texts, which are written in the code, some hold markup of Django's own.
INLINE = re.compile(
    r"<style|<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")|\sstyle=|\son[a-z]+=\"|javascript:|(?<!help_text)\|\s*safe\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_has_no_inline_script_or_style_and_trusts_no_text(path):
    text = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)

    assert not INLINE.findall(text)


PARTS = re.compile(r"{%\s*(?:include|extends)\s+\"([^\"]+)\"")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_includes_only_what_is_there(path):
    for name in PARTS.findall(path.read_text(encoding="utf-8")):
        get_template(name)


def test_a_file_of_code_has_one_subject_and_at_most_400_lines():
    long = {
        str(path.relative_to(ROOT)): count
        for wing in ("safeguarding", "lessons", "tests")
        for path in (ROOT / wing).rglob("*.py")
        if "migrations" not in path.parts and (count := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }

    assert not long
