from lessons.guidance.openers import openers


def test_the_first_three_of_a_numbered_list_as_plain_text() -> None:
    items = "".join(f"<li><strong>Way {n}.</strong> Say “<em>hello</em>” &amp; wait.</li>" for n in range(1, 5))
    assert openers(f"<p>First.</p><ol>{items}</ol>") == tuple(f"Way {n}. Say “hello” & wait." for n in (1, 2, 3))


def test_without_a_list_the_paragraphs_that_begin_in_bold() -> None:
    body = "<p><strong>From the side.</strong> One.</p><p><strong>Straight.</strong> Two.</p><p>It is normal.</p>"
    assert openers(body) == ("From the side. One.", "Straight. Two.")


def test_nothing_to_open_with_is_nothing() -> None:
    assert openers("") == openers("<p>Choose a time.</p>") == openers("<ol><li> </li></ol>") == ()
