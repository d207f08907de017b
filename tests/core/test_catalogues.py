import gettext
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeguarding.core.catalogues import CatalogueError, compiled, read_po, write_po

HEADER = "Language: cy\nContent-Type: text/plain; charset=UTF-8\n"
texts = st.text(st.characters(exclude_categories=["C"]) | st.sampled_from('"\\\n'), min_size=1, max_size=30)


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(texts, texts, max_size=8))
def test_what_is_written_is_read_back_and_compiled_for_gettext(tmp_path_factory, words):
    path = tmp_path_factory.mktemp("words") / "django.po"
    write_po(path, {"": HEADER, **words}, words, "A note.")
    held = read_po(path)

    assert held == {"": HEADER, **words}
    catalogue = gettext.GNUTranslations(io.BytesIO(compiled(held)))
    assert all(catalogue.gettext(english) == other for english, other in words.items())


def test_lines_that_belong_together_are_joined_and_comments_left_out(tmp_path):
    path = tmp_path / "django.po"
    path.write_text(
        '# note\nmsgid ""\nmsgstr "Language: cy\\n"\n\n#: a.html\nmsgid ""\n"Read "\n"more"\nmsgstr "Mwy"\n'
    )

    assert read_po(path) == {"": "Language: cy\n", "Read more": "Mwy"}


@pytest.mark.parametrize(
    "text",
    [
        'msgctxt "x"\n',
        '"a text alone"\n',
        'msgid "a"\nmsgid "b"\nmsgstr "c"\n',
        'msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n',
        'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n',
        'msgid "a"\n',
    ],
)
def test_a_file_that_is_not_in_order_is_refused_with_its_place(tmp_path, text):
    path = tmp_path / "django.po"
    path.write_text(text)

    with pytest.raises(CatalogueError, match="django"):
        read_po(path)


def test_what_is_not_translated_yet_is_left_in_english(tmp_path):
    catalogue = gettext.GNUTranslations(io.BytesIO(compiled({"": HEADER, "Search": ""})))

    assert catalogue.gettext("Search") == "Search"
