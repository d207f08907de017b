import datetime
import io

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from openpyxl import load_workbook

from safeguarding.core.tables import Cell, Column, Table, asked_for, file_of

TABLE = Table(
    "classes",
    "Classes",
    [Column("name", "Class"), Column("done", "Done", is_number=True), Column("due", "Due")],
    [
        [Cell("8B", url="/teach/classes/2/"), Cell(4), Cell(datetime.date(2026, 11, 3))],
        [Cell("=cmd()"), Cell(None), Cell(None)],
        [Cell("10a"), Cell(11), Cell(datetime.date(2026, 10, 3))],
    ],
)


def asked(**query):
    return asked_for(RequestFactory().get("/page/", query), TABLE)


def names(table):
    return [row[0].value for row in table.rows]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("done", ["8B", "10a", "=cmd()"]),
        ("-done", ["10a", "8B", "=cmd()"]),
        ("due", ["10a", "8B", "=cmd()"]),
        ("name", ["10a", "8B", "=cmd()"]),
        ("nothing-like-it", ["8B", "=cmd()", "10a"]),
        ("", ["8B", "=cmd()", "10a"]),
    ],
)
def test_a_table_is_sorted_as_the_address_asks_and_what_is_not_known_stands_last(sort, order):
    table = asked(**{"classes-sort": sort})

    assert names(table) == order


def test_a_heading_turns_the_order_round_and_keeps_the_pages_own_filters():
    table = asked(**{"classes-sort": "done", "term": "3"})
    done = table.headings[1]

    assert done.order == "ascending"
    assert done.url == "?term=3&classes-sort=-done#classes"


def test_the_page_the_csv_and_the_workbook_say_the_same():
    page = render_to_string("core/components/table.html", {"table": asked(**{"classes-sort": "-done"})})
    request = RequestFactory().get("/page/", {"classes-sort": "-done", "table": "classes", "as": "csv"})
    sheet = b"".join(file_of(request, [asked_for(request, TABLE)])).decode("utf-8-sig")
    request = RequestFactory().get("/page/", {"classes-sort": "-done", "table": "classes", "as": "xlsx"})
    book = load_workbook(io.BytesIO(file_of(request, [asked_for(request, TABLE)]).content))

    assert page.index("10a") < page.index("8B") < page.index("=cmd()")
    assert sheet.splitlines() == ["Class,Done,Due", "10a,11,2026-10-03", "8B,4,2026-11-03", "'=cmd(),,"]
    assert [[cell.value for cell in row] for row in book.active.iter_rows(min_row=2)] == [
        ["10a", 11, datetime.datetime(2026, 10, 3)],
        ["8B", 4, datetime.datetime(2026, 11, 3)],
        ["'=cmd()", None, None],
    ]


def test_a_number_stands_beneath_its_heading_at_the_end_of_the_column():
    page = render_to_string("core/components/table.html", {"table": asked()})

    assert '<th scope="col" class="number">' in page
    assert page.count(' number">4</td>') == 1
    assert "<td>2026-11-03</td>" in page


@pytest.mark.parametrize("query", [{"table": "classes", "as": "pdf"}, {"table": "others", "as": "csv"}])
def test_a_file_that_there_is_not_is_answered_with_a_sentence(query):
    response = file_of(RequestFactory().get("/page/", query), [TABLE])

    assert response.status_code == 404
    assert "There is no such file" in response.content.decode()


def test_a_page_that_asks_for_no_file_is_a_page():
    assert file_of(RequestFactory().get("/page/"), [TABLE]) is None


def test_a_workbook_survives_characters_that_it_cannot_hold():
    table = Table("odd", "Odd", [Column("name", "Name")], [[Cell("a\x00b\x0bc\ud800")], [Cell("\ufffe")]])
    response = file_of(RequestFactory().get("/page/", {"table": "odd", "as": "xlsx"}), [table])

    assert [row[0].value for row in load_workbook(io.BytesIO(response.content)).active.iter_rows(min_row=2)] == [
        "abc",
        None,
    ]
