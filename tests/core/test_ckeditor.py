import json
import re
from html import unescape

import pytest
from csp.middleware import CSPMiddleware
from django import forms
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from safeguarding.core.ckeditor import BANNED_PLUGINS, CKEDITOR_CONFIGS
from safeguarding.core.csp import editor_csp, totp_csp
from safeguarding.core.richtext import ATTRIBUTES, CLASSES, TAGS, RichTextFormField

PLUGINS = "ckeditor/ckeditor/plugins/"


class BodyForm(forms.Form):
    body = RichTextFormField(label="Starter")


@pytest.fixture(scope="module")
def collected() -> set[str]:
    """The paths that collectstatic would copy."""
    ignored = apps.get_app_config("staticfiles").ignore_patterns
    return {path for finder in get_finders() for path, _ in finder.list(ignored) if path.startswith("ckeditor/")}


def config_of(form: forms.Form) -> dict:
    return json.loads(unescape(re.search(r'data-config="([^"]*)"', str(form["body"]))[1]))


def policy_of(view) -> dict[str, str]:
    request = HttpRequest()
    header = CSPMiddleware(view)(request)["Content-Security-Policy"]
    return dict(part.split(" ", 1) for part in header.split("; "))


def ok(request):
    return HttpResponse()


# --- what is served -----------------------------------------------------------


def test_only_the_plugins_that_the_editor_loads_are_served(collected):
    folders = {path.removeprefix(PLUGINS).split("/")[0] for path in collected if path.startswith(PLUGINS)}
    assert {name for name in folders if "." not in name} == {
        "a11yhelp",
        "clipboard",
        "dialog",
        "divarea",
        "find",
        "image2",
        "link",
        "liststyle",
        "magicline",
        "pastefromgdocs",
        "pastefromlibreoffice",
        "pastefromword",
        "pastetools",
        "specialchar",
        "table",
        "tableselection",
        "tabletools",
        "widget",
    }


def test_no_page_sample_test_or_second_skin_is_served(collected):
    assert [path for path in collected if path.endswith((".html", ".htm", ".md", ".txt", ".json"))] == []
    assert [path for path in collected if re.search(r"/(samples|tests|dev|adapters|vendor|galleriffic)/", path)] == []
    assert {path.split("/")[3] for path in collected if "/skins/" in path} == {"moono-lisa"}


def test_what_the_editor_needs_is_served(collected):
    assert {
        "ckeditor/ckeditor-init.js",
        "ckeditor/fixups.js",
        "ckeditor/ckeditor/ckeditor.js",
        "ckeditor/ckeditor/lang/en-gb.js",
        "ckeditor/ckeditor/skins/moono-lisa/editor.css",
        "ckeditor/ckeditor/skins/moono-lisa/dialog.css",
        "ckeditor/ckeditor/plugins/widget/images/handle.png",
        *(f"{PLUGINS}{name}/plugin.js" for name in ("divarea", "image2")),
    } <= collected


def test_the_uploader_is_not_installed():
    assert not apps.is_installed("ckeditor_uploader")


# --- the configuration --------------------------------------------------------


def test_the_configuration_loads_no_banned_plugin():
    config = CKEDITOR_CONFIGS["default"]
    assert set(config["removePlugins"].split(",")) == set(BANNED_PLUGINS)
    assert set(config["extraPlugins"].split(",")) == {"divarea", "image2"}
    assert {"exportpdf", "iframe", "scayt", "uploadimage", "wsc", "wysiwygarea"} <= set(BANNED_PLUGINS)
    assert not {"ajax", "xml"} & set(BANNED_PLUGINS), "pasting needs them"


def test_the_configuration_asks_no_other_host():
    config = CKEDITOR_CONFIGS["default"]
    assert config["versionCheck"] is False
    assert (config["customConfig"], config["stylesSet"], config["fullPage"]) == ("", False, False)


def test_the_editor_lets_nothing_be_written_that_would_be_taken_away():
    for rule in CKEDITOR_CONFIGS["default"]["allowedContent"].split("; "):
        names, attributes, classes = re.fullmatch(r"([\w ]+)(?:\[(.*?)\])?(?:\((.*?)\))?", rule).groups(default="")
        for name in names.split():
            assert name in TAGS
            assert {part.lstrip("!") for part in attributes.split(",") if part} <= ATTRIBUTES.get(name, set())
            # `image` marks a figure for the editor alone; rich-text-editor.js sets it again.
            assert set(classes.split(",")) - {"", "image"} <= set(CLASSES)


# --- the widget ---------------------------------------------------------------


def test_the_widget_is_a_text_area_that_holds_the_html():
    html = str(BodyForm(initial={"body": "<p>a &amp; b</p>"})["body"])
    assert 'name="body"' in html
    assert 'id="id_body"' in html
    assert "&lt;p&gt;a &amp;amp; b&lt;/p&gt;</textarea>" in html
    assert "<noscript>" in html


def test_the_widget_holds_no_inline_script_or_style():
    html = str(BodyForm()["body"]) + str(BodyForm().media)
    assert not re.search(r"\sstyle=|\son\w+=|<style|<script(?![^>]*src=)", html)


def test_the_media_are_static_files_in_the_order_that_they_need():
    addresses = re.findall(r'(?:src|href)="([^"]*)"', str(BodyForm().media))
    assert all(address.startswith(settings.STATIC_URL) for address in addresses)
    scripts = [address for address in addresses if address.endswith(".js")]
    assert [re.sub(r"\.[0-9a-f]{12}\.", ".", script).rsplit("/", 1)[1] for script in scripts] == [
        "ckeditor-init.js",
        "ckeditor.js",
        "fixups.js",
        "rich-text-editor.js",
    ]


def test_the_widget_works_where_no_language_is_active():
    with translation.override(None):
        assert config_of(BodyForm())["language"] == settings.LANGUAGE_CODE


def test_the_widget_speaks_the_language_of_the_page():
    with translation.override("fr"):
        assert config_of(BodyForm())["language"] == "fr"


def test_the_browser_does_not_hold_back_a_form_whose_text_area_is_hidden():
    assert "required" not in str(BodyForm()["body"])


@pytest.mark.parametrize(
    ("typed", "posted"),
    [
        ("One & one\r\n\r\nTwo", "<p>One &amp; one</p>\n\n<p>Two</p>"),
        ("<p>One</p>", "<p>One</p>"),
        ("", ""),
    ],
)
def test_words_written_without_marks_become_paragraphs(typed, posted):
    form = BodyForm({"body": typed})
    form.fields["body"].required = False
    assert form.is_valid()
    assert form.cleaned_data["body"] == posted


# --- the policies -------------------------------------------------------------


def test_the_site_allows_nothing_inline_and_no_other_host():
    policy = policy_of(ok)
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self'",
        "font-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }


def test_the_page_of_the_editor_has_its_own_policy():
    assert policy_of(editor_csp(ok)) == {
        "default-src": "'none'",
        "script-src": "'self'",
        "script-src-attr": "'unsafe-inline'",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }


def test_the_page_of_the_second_factor_may_show_its_code():
    assert policy_of(totp_csp(ok)) == {**policy_of(ok), "img-src": "'self' data:"}
