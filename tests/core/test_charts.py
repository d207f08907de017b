from itertools import pairwise

import pytest

from safeguarding.core.charts import BAR_HEIGHT, LABEL_CHARACTERS, VALUE_WIDTH, WIDTH, Bar, Point, grouped_bars, trail


def test_a_bar_is_as_long_as_its_share_of_the_maximum() -> None:
    chart = grouped_bars([Bar("Whose fault is it?", 25, 100)])
    before, after = chart.groups[0].bars
    assert after.width == pytest.approx(before.width * 4, abs=2)
    assert (before.text, after.text) == ("25%", "100%")


def test_the_longest_bar_leaves_room_for_its_value() -> None:
    chart = grouped_bars([Bar("Whose fault is it?", 100, 100)])
    for bar in chart.groups[0].bars:
        assert bar.x + bar.width + VALUE_WIDTH <= WIDTH
        assert bar.text_x > bar.x + bar.width


def test_a_bar_of_nought_is_shown_with_its_value() -> None:
    before, _ = grouped_bars([Bar("Whose fault is it?", 0, 50)]).groups[0].bars
    assert (before.known, before.width, before.text) == (True, 0, "0%")


def test_a_value_with_too_few_answers_is_said_in_words() -> None:
    before, after = grouped_bars([Bar("Whom would you tell?", None, 60)], unknown="Not shown").groups[0].bars
    assert (before.known, before.width, before.text) == (False, 0, "Not shown")
    assert after.known


def test_another_scale_has_its_own_maximum_and_unit() -> None:
    _, after = grouped_bars([Bar("How sure are you?", 2.5, 5)], maximum=5, unit=" of 5").groups[0].bars
    assert after.text == "5 of 5"
    assert after.width == grouped_bars([Bar("How sure are you?", 0, 100)]).groups[0].bars[1].width


def test_a_long_question_is_broken_into_lines_and_loses_no_word() -> None:
    label = "A friend asks you to send on a photo of somebody who did not agree to it: what could you do first?"
    group = grouped_bars([Bar(label, 10, 20)]).groups[0]
    assert len(group.lines) > 1
    assert all(len(line.text) <= LABEL_CHARACTERS for line in group.lines)
    assert " ".join(line.text for line in group.lines) == label
    assert group.lines[-1].y < group.bars[0].y


def test_nothing_overlaps_and_everything_is_inside_the_drawing() -> None:
    chart = grouped_bars([Bar("One " * 30, 10, 20), Bar("Two", 30, None), Bar("Three", 0, 100)])
    shapes = [bar for group in chart.groups for bar in group.bars]
    assert all(upper.y + BAR_HEIGHT <= lower.y for upper, lower in pairwise(shapes))
    assert all(upper.bottom < lower.top for upper, lower in pairwise(chart.groups))
    assert shapes[-1].y + BAR_HEIGHT <= chart.height


def test_a_chart_without_rows_has_only_its_key() -> None:
    chart = grouped_bars([])
    assert chart.groups == ()
    assert [shape.text for shape in chart.key] == ["Before", "After"]


@pytest.mark.parametrize("value", [-1, 101])
def test_a_value_outside_the_scale_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match=f"between 0 and 100, not {value}"):
        grouped_bars([Bar("Whose fault is it?", 50, value)])


def test_a_scale_without_length_is_refused() -> None:
    with pytest.raises(ValueError, match="must be above 0"):
        grouped_bars([], maximum=0)


def test_a_point_stands_where_its_two_figures_put_it() -> None:
    chart = trail([Point("before", "Before", 1, 0), Point("after", "After", 5, 100), Point("later", "Later", 3, 50)])
    before, after, later = chart.marks
    assert (before.x, before.y) == (chart.left, chart.foot)
    assert (after.x, after.y) == (chart.right, chart.top)
    assert (later.x, later.y) == ((chart.left + chart.right) // 2, (chart.top + chart.foot) // 2)
    assert chart.path == f"M{before.x} {before.y}L{after.x} {after.y}L{later.x} {later.y}"


@pytest.mark.parametrize(("x", "y"), [(0.9, 50), (5.1, 50), (3, -1), (3, 101)])
def test_a_point_outside_the_field_is_refused(x: float, y: float) -> None:
    with pytest.raises(ValueError, match="must be within 1 to 5 and 0 to 100"):
        trail([Point("after", "After", x, y)])
