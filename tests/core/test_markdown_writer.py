import hypothesis
from hypothesis import example, given
from hypothesis import strategies as st

from safeguarding.core.markdown_writer import tidy, to_markdown
from safeguarding.core.richtext import clean, from_markdown, plain_text

unhurried = hypothesis.settings(deadline=None, max_examples=300)

# Signs that mean something in Markdown, in HTML or in the file around it.
SIGNS = [
    *"\\`*_[]<>&|~#!-+=:.()\"'^1 2\t\n a b é “ \xa0\u2003\r\x0c\u2028",
    "## Starter",
    "---",
    "```",
    "&amp;",
    "1. ",
    "[a]: /b",
    "http://a.b",
    "a",
    "word ",
]
texts = st.lists(st.sampled_from(SIGNS), max_size=6).map("".join).map(lambda text: text.replace("<", "&lt;"))


def wrapped(tag, inside, attributes=""):
    return f"<{tag}{attributes}>{inside}</{tag}>"


HREFS = ["/a", "https://a.b/c(d)", "https://a.b/?x=1&amp;y=*", "tel:123", "mailto:a@b.c", "https://ü.de/ä b"]
addresses = st.sampled_from(HREFS)
pictures = st.builds(
    lambda alt, more: f'<img src="/media/images/a-medium.webp" alt="{alt}"{more}>',
    texts.map(lambda text: text.replace('"', "&quot;")),
    st.sampled_from(["", ' width="20"', ' class="align-left"']),
)
leaves = st.one_of(texts, st.just("<br>"), pictures)


def inlines(inner):
    return st.one_of(
        st.builds(wrapped, st.sampled_from(["strong", "em", "q"]), inner),
        st.builds(lambda inside, href: f'<a href="{href}">{inside}</a>', inner, addresses),
        st.builds(lambda inside: f'<abbr title="a&#10;## b">{inside}</abbr>', inner),
        st.lists(inner, max_size=3).map("".join),
    )


words = st.recursive(leaves, inlines, max_leaves=5)
gaps = st.sampled_from(["", "\n", "\n\n", "\n\t", " "])


def joined(parts):
    return st.lists(st.tuples(parts, gaps), max_size=4).map(lambda pairs: "".join(a + b for a, b in pairs))


def blocks(inner):
    items = joined(st.builds(wrapped, st.just("li"), st.one_of(words, inner, st.builds(str.__add__, words, inner))))
    cells = st.builds(
        wrapped,
        st.sampled_from(["td", "th"]),
        st.one_of(words, inner),
        st.sampled_from(["", ' colspan="2"', ' scope="col"']),
    )
    rows = joined(st.builds(wrapped, st.just("tr"), joined(cells)))
    return st.one_of(
        st.builds(wrapped, st.sampled_from(["ul", "ol"]), items, st.sampled_from(["", ' start="7"'])),
        st.builds(wrapped, st.just("blockquote"), inner),
        st.builds(wrapped, st.just("figure"), inner, st.sampled_from(["", ' class="align-left"'])),
        st.builds(
            lambda head, body: f"<table><thead>{head}</thead>\n<tbody>{body}</tbody></table>",
            rows,
            rows,
        ),
        joined(inner),
    )


some = st.one_of(st.builds(wrapped, st.sampled_from(["p", "h2", "h3", "h4"]), words), st.just("<hr>"), words)
documents = joined(st.recursive(some, blocks, max_leaves=8))


@unhurried
@given(documents)
@example("<p>a</p>")
@example("<p>a</p>\n<p>## b</p>\n")
@example("<ul>\n<li>a</li>\n</ul>\n<ul>\n<li>b</li>\n</ul>\n")
def test_whatever_the_sanitiser_lets_through_comes_back_from_markdown_to_the_letter(html):
    html = clean(html)

    assert from_markdown(to_markdown(html)) == html
    assert from_markdown(to_markdown(tidy(html))) == tidy(html)


@unhurried
@given(st.text())
def test_any_text_comes_back_too(text):
    html = clean(text)

    assert from_markdown(to_markdown(html)) == html


@unhurried
@given(documents)
def test_tidying_changes_nothing_that_is_read_and_twice_is_once(html):
    html = clean(html)
    tidied = tidy(html)

    assert plain_text(tidied) == plain_text(html)
    assert clean(tidied) == tidied
    assert tidy(tidied) == tidied


@unhurried
@given(documents)
def test_no_line_of_the_markdown_begins_a_section_of_a_file(html):
    assert not any(line.startswith("## ") for line in to_markdown(clean(html)).split("\n"))


@unhurried
@given(st.text(alphabet="`#*-_ \n<>ab&;/", max_size=80), st.sampled_from(["", "```html\n", "````html\n", "~~~ html\n"]))
def test_any_text_in_a_fence_gives_only_what_the_sanitiser_lets_through(text, fence):
    html = from_markdown(fence + text)

    assert clean(html) == html
