from html.parser import HTMLParser

import hypothesis
import pytest
from django.db import connection, models, transaction
from django.db.models import Case, F, Value, When
from django.db.models.functions import Concat
from hypothesis import given
from hypothesis import strategies as st

from safeguarding.core import richtext
from safeguarding.core.richtext import RichTextField, RichTextFormField, clean, from_markdown, plain_text, to_html

# The public advisories on CKEditor since 4.22.1, as what an editor's page would be made to post.
ADVISORIES = {
    "CVE-2024-24815 (CDATA read as content)": "<p>a<style><!--</style><img src=x onerror=alert(1)>--></style></p>",
    "CVE-2024-24815 (script in CDATA)": "<![CDATA[<script>alert(1)</script>]]><script><!--</script><b onclick=x>",
    "CVE-2024-24816 (preview sample)": '<p><img src="x" onerror="alert(document.domain)">preview</p>',
    "CVE-2024-43407 (GeSHi code snippet)": '<pre><code class="language-html"><svg onload=alert(1)></code></pre>',
    "CVE-2024-43411 (version notice)": '<script src="https://cke4.ckeditor.com/ckeditor4-secure-version/versions.json">',
    "CVE-2023-4771 (AJAX sample)": "<iframe src='/samples/old/ajax.html?x=<img src onerror=alert(1)>'></iframe>",
}

TRICKS = [
    "<!--{cke_protected}%3Cscript%3Ealert(1)%3C/script%3E--><p>a</p>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<svg></p><style><a title='</style><img src=1 onerror=alert(1)>'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<p style='background:url(https://evil.example/)' id=x class=cke_button>a</p>",
    "<a href='jav&#9;ascript:alert(1)'>a</a><a href=' javascript:alert(1)'>b</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>a</a><a href='vbscript:x'>b</a>",
    "<p><button><p>a</button></p><table><p>b<td><table><a href=/x><td><a href=/y>c",
    "<xmp><script>alert(1)</script></xmp><plaintext><script>alert(1)</script>",
    "<object data=x><embed src=x></object><template><img src=x onerror=alert(1)></template>",
    "<base href='https://evil.example/'><meta http-equiv=refresh content='0;url=//evil.example'><link rel=stylesheet>",
]


class Page(models.Model):
    body = RichTextField()

    class Meta:
        managed = False
        app_label = "richtext_test"

    def __str__(self):
        return self.body


@pytest.fixture
def pages(db):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE richtext_test_page (id integer PRIMARY KEY, body text NOT NULL)")
    return Page.objects


class Inspector(HTMLParser):
    """Reads cleaned HTML with another parser than the one that cleaned it, and names what should not be there."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag not in richtext.TAGS:
            self.wrong.append(f"<{tag}>")
        for name, value in attrs:
            if name not in richtext.ATTRIBUTES.get(tag, set()) | ({"rel"} if tag == "a" else set()):
                self.wrong.append(f"{tag}[{name}]")
            if name == "href" and not (value.startswith(("/", "#")) or value.split(":")[0].lower() in richtext.SCHEMES):
                self.wrong.append(f"href={value}")
            if name == "href" and (value.startswith("//") or "\\" in value):
                self.wrong.append(f"href={value}")
            if name == "src" and (not value.startswith("/media/") or ".." in value):
                self.wrong.append(f"src={value}")
            if name == "class" and value not in richtext.CLASSES:
                self.wrong.append(f"class={value}")

    def handle_comment(self, data):
        self.wrong.append(f"<!--{data}-->")

    def handle_decl(self, decl):
        self.wrong.append(f"<!{decl}>")

    unknown_decl = handle_pi = handle_decl


def faults(html: str) -> list[str]:
    inspector = Inspector()
    inspector.feed(html)
    inspector.close()
    return inspector.wrong


NAMES = [*sorted(richtext.TAGS | richtext.DROPPED_WITH_CONTENT), "div", "span", "b", "button", "form", "pre", "mglyph"]
VALUES = ["/media/a.webp", "//evil", "/\\evil", "javascript:alert(1)", "java\tscript:x", "https://a.example", "#a", "x"]
ATTRIBUTE_NAMES = ["href", "src", "class", "style", "onclick", "alt", "title", "width", "start", "id", "srcset"]
PIECES = st.one_of(
    st.builds("<{}>".format, st.sampled_from(NAMES)),
    st.builds("</{}>".format, st.sampled_from(NAMES)),
    st.builds(
        '<{} {}="{}">'.format,
        st.sampled_from(NAMES),
        st.sampled_from(ATTRIBUTE_NAMES),
        st.one_of(st.sampled_from(VALUES), st.text(max_size=8)),
    ),
    st.sampled_from(["<!--", "-->", "<![CDATA[", "]]>", "&lt;", "&#13;", "&#0;", "'", '"', ">", "<", "\r\n", "\0"]),
    st.text(max_size=6),
)
# A busy machine is no fault of the gate.
unhurried = hypothesis.settings(deadline=None)
SOUP = st.lists(PIECES, max_size=25).map("".join)


@unhurried
@given(SOUP)
def test_whatever_goes_in_only_what_is_allowed_comes_out(html):
    assert faults(clean(html)) == []


@unhurried
@given(SOUP)
def test_cleaning_twice_changes_nothing(html):
    once = clean(html)
    assert clean(once) == once


@unhurried
@given(st.text())
def test_any_text_as_markdown_gives_only_what_is_allowed(text):
    assert faults(from_markdown(text)) == []


@pytest.mark.parametrize("payload", [*ADVISORIES.values(), *TRICKS], ids=[*ADVISORIES, *TRICKS])
def test_a_known_attack_is_harmless_and_stays_so(payload):
    once = clean(payload)
    assert faults(once) == []
    assert clean(once) == once


@pytest.mark.parametrize("tag", sorted(richtext.DROPPED_WITH_CONTENT - {"template", "plaintext"}))
def test_what_was_never_meant_to_be_read_goes_with_its_content(tag):
    assert clean(f"<p>a</p><{tag}>hidden</{tag}><p>b</p>") == "<p>a</p><p>b</p>"


def test_of_an_unknown_element_the_words_stay():
    assert clean("<p><span onclick=x>one</span> <font>two</font></p>") == "<p>one two</p>"


@pytest.mark.parametrize(
    "href",
    [
        "https://example.org/a?b=1#c",
        "http://example.org",
        "mailto:help@example.org",
        "tel:08001111",
        "/lessons/a/",
        "/",
        "#top",
    ],
)
def test_a_link_that_is_allowed_stays(href):
    assert clean(f'<a href="{href}">a</a>') == f'<a href="{href}" rel="noopener noreferrer">a</a>'


def test_a_telephone_number_written_with_spaces_can_be_rung():
    assert 'href="tel:08001111"' in clean('<a href="tel:0800 1111">a</a>')


@pytest.mark.parametrize(
    "href",
    [
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/&#10;/evil.example",
        "\x01//evil.example",
        "https:evil.example",
        "https:/\\evil.example",
        "http:///evil.example",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "&#106;avascript:alert(1)",
        "data:text/html,x",
        "ftp://example.org/",
        "file:///etc/passwd",
        "page",
        "",
    ],
)
def test_a_link_that_could_go_elsewhere_loses_its_address(href):
    assert "href" not in clean(f'<a href="{href}">a</a>')


@pytest.mark.parametrize(
    "src",
    [
        "https://evil.example/a.png",
        "//evil.example/media/a.png",
        "/media/../admin/",
        "/media/%2e%2e/admin/",
        "/media/%2E%2E%2Fadmin",
        "/media/..;/admin",
        "/media/\\..\\admin",
        "/media//evil.example/a.png",
        "/media/a.png?next=/logout",
        "/media/.hidden",
        "/media/",
        "/mediaevil/a.png",
        "/static/a.png",
        "media/a.png",
        "data:image/png;base64,AAAA",
        "/media/a b.png",
        "/media/a\n.png",
    ],
)
def test_an_image_from_anywhere_but_the_library_is_not_kept(src):
    assert clean(f'<p>a<img src="{src}" alt="b"></p>') == "<p>a</p>"


def test_an_image_of_the_library_keeps_its_size_and_place_and_nothing_else():
    html = '<img src="/media/a/b-1.webp" alt="c" width="40" height="30" class="align-left big" onload=x style=y>'
    assert clean(html) == '<img src="/media/a/b-1.webp" alt="c" width="40" height="30" class="align-left">'


def test_the_library_is_where_the_settings_say(settings):
    settings.MEDIA_URL = "https://files.example.org/m/"
    html = '<img src="https://files.example.org/m/a.webp" alt="">'
    assert clean(html) == html
    assert clean('<img src="/media/a.webp" alt="">') == ""


@pytest.mark.parametrize("size", ["100%", "40px", "-1", "1e9", "99999", "", "٤٠"])
def test_a_size_is_digits(size):
    assert clean(f'<img src="/media/a.webp" alt="" width="{size}">') == '<img src="/media/a.webp" alt="">'


def test_a_table_keeps_its_parts():
    html = (
        '<table><caption>a</caption><thead><tr><th scope="col" colspan="2">b</th></tr></thead>'
        '<tbody><tr><td>c</td><td rowspan="2">d</td></tr></tbody><tfoot><tr><td>e</td></tr></tfoot></table>'
    )
    assert clean(html) == html


def test_comments_are_dropped():
    assert clean("<p>a<!-- b --></p>") == "<p>a</p>"


def test_input_that_does_not_settle_becomes_paragraphs_of_its_words(monkeypatch):
    class Restless:
        def clean(self, html):
            return html + "<p>&lt;b&gt;</p>"

    monkeypatch.setattr(richtext, "_cleaner", Restless())
    assert richtext.clean("<p>a</p>") == "<p>a</p>" + "<p>&lt;b&gt;</p>" * 5


def test_plain_text_gives_each_block_a_line():
    html = (
        "<h2>Ask  first</h2><p>One<br>two &amp; <strong>th</strong>ree</p><ul><li>a</li><li><p>b</p></li></ul>"
        '<figure><img src="/media/a.webp" alt="A dog"><figcaption>Rex</figcaption></figure>'
        "<table><tr><th>Name</th><td>Ama</td></tr></table><script>x</script>"
    )
    assert plain_text(html).splitlines() == [
        "Ask first",
        "One",
        "two & three",
        "a",
        "b",
        "A dog",
        "Rex",
        "Name Ama",
    ]


def test_markdown_becomes_html_without_letting_html_in():
    html = from_markdown("# Top\n\nSome **bold** <b>x</b>\n\n- one\n\n|a|b|\n|-|-|\n|1|2|\n\n[s](/s) [j](javascript:x)")
    assert "<h2>Top</h2>" in html
    assert "<strong>bold</strong> &lt;b&gt;x&lt;/b&gt;" in html
    assert "<li>one</li>" in html
    assert "<td>1</td>" in html
    assert '<a href="/s" rel="noopener noreferrer">s</a>' in html
    assert 'href="javascript' not in html


def test_a_numbered_list_in_markdown_keeps_its_first_number():
    assert '<ol start="3">' in from_markdown("3. c\n4. d")


def test_what_is_shown_is_cleaned_again():
    assert to_html("<p>a</p><script>b</script>") == "<p>a</p>"
    assert to_html(None) == ""


def test_the_template_filter_shows_html_and_cleans_it():
    from django.template import engines

    page = engines["django"].from_string("{% load richtext %}{{ body|richtext }}")
    assert page.render({"body": "<p onclick=x>a &amp; b</p>"}) == "<p>a &amp; b</p>"


DIRTY, CLEANED = "<p onclick=x>a</p><script>b</script>", "<p>a</p>"


def stored() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM richtext_test_page ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


def test_save_cleans_the_row_and_the_object(pages):
    page = Page(id=1, body=DIRTY)
    page.save()
    assert page.body == CLEANED
    page.body = DIRTY
    page.save(update_fields=["body"])
    assert page.body == CLEANED
    assert stored() == [CLEANED]


def test_bulk_create_cleans(pages):
    pages.bulk_create([Page(id=1, body=DIRTY), Page(id=2, body=DIRTY)])
    assert stored() == [CLEANED, CLEANED]


def test_bulk_update_cleans(pages):
    page = pages.create(id=1, body="")
    page.body = DIRTY
    pages.bulk_update([page], ["body"])
    assert stored() == [CLEANED]


def test_queryset_update_cleans(pages):
    pages.create(id=1, body="")
    pages.update(body=DIRTY)
    assert stored() == [CLEANED]


def test_loading_a_fixture_cleans(pages):
    Page(id=1, body=DIRTY).save_base(raw=True)
    assert stored() == [CLEANED]


def test_looking_a_text_up_does_not_clean_what_is_looked_for(pages):
    pages.create(id=1, body="<p>a</p>")
    assert pages.filter(body__contains="<p").count() == 1


@pytest.mark.parametrize("expression", [Value(DIRTY), Concat(F("body"), Value(DIRTY)), F("body")])
def test_a_text_that_the_database_would_compute_is_refused(pages, expression):
    page = pages.create(id=1, body="")
    page.body = expression
    for store in (
        lambda: pages.update(body=expression),
        lambda: pages.update(body=Case(When(id=1, then=expression))),
        lambda: pages.update(body=Case(default=expression)),
        lambda: pages.bulk_update([page], ["body"]),
        lambda: pages.bulk_create([Page(id=2, body=expression)]),
        page.save,
    ):
        with pytest.raises(TypeError, match="pass it as text"), transaction.atomic():
            store()
    assert stored() == [""]


def test_the_form_field_cleans_and_knows_when_nothing_is_left():
    field = RichTextFormField(required=False)
    assert field.clean(DIRTY) == CLEANED
    assert field.clean("<p>&nbsp;</p><script>x</script>") == ""
    assert field.clean('<img src="/media/a.webp" alt="">') == '<img src="/media/a.webp" alt="">'


def test_the_model_field_brings_its_form_field():
    assert isinstance(Page._meta.get_field("body").formfield(), RichTextFormField)
