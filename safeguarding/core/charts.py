"""Where the shapes of a chart stand. Templates draw them as SVG, so no chart needs a script or an inline style."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

# User units of the drawing. On a screen of 320 px a unit is nine tenths of a pixel, so 14-unit text is still read.
WIDTH = 320
LABEL_LINE = 18
LABEL_CHARACTERS = 40
BAR_HEIGHT = 18
BAR_STEP = 24
GROUP_GAP = 20
KEY_HEIGHT = 32
AXIS_X = 1
VALUE_WIDTH = 54
TEXT_DROP = 14  # from the top of a bar to the foot of its text


@dataclass(frozen=True, slots=True)
class Bar:
    """One question before and after, in the unit of the chart; None where too few answered for it to be shown."""

    label: str
    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class TextLine:
    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Shape:
    """A rectangle and its text; `series` (before or after) is also its class in the style sheet."""

    series: str
    x: int
    y: int
    width: int
    height: int
    text: str
    text_x: int
    text_y: int
    known: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    label: str
    lines: tuple[TextLine, ...]
    bars: tuple[Shape, Shape]
    top: int
    bottom: int


@dataclass(frozen=True, slots=True)
class GroupedBars:
    width: int
    height: int
    axis_x: int
    row_heading: str
    before_heading: str
    after_heading: str
    key: tuple[Shape, Shape]
    groups: tuple[Group, ...]


def grouped_bars(
    rows: Sequence[Bar],
    *,
    maximum: float = 100,
    unit: str = "%",
    row_heading: str = "Question",
    before_heading: str = "Before",
    after_heading: str = "After",
    unknown: str = "Too few answers to show",
) -> GroupedBars:
    """Lay out two horizontal bars for each row, the first row on top.

    Values are 0 to `maximum`, in `unit`.
    Raises ValueError where a value lies outside that, or where `maximum` is not above nought.
    """
    if maximum <= 0:
        raise ValueError(f"The maximum of a chart must be above 0, not {maximum:g}.")

    def shape(series: str, value: float | None, y: int) -> Shape:
        if value is None:
            return Shape(series, AXIS_X, y, 0, BAR_HEIGHT, unknown, AXIS_X + 7, y + TEXT_DROP, known=False)
        if not 0 <= value <= maximum:
            raise ValueError(f"A bar of this chart must be between 0 and {maximum:g}, not {value:g}.")
        width = round((WIDTH - AXIS_X - VALUE_WIDTH) * value / maximum)
        return Shape(series, AXIS_X, y, width, BAR_HEIGHT, f"{value:.3g}{unit}", AXIS_X + width + 7, y + TEXT_DROP)

    groups = []
    y = KEY_HEIGHT
    for row in rows:
        lines = []
        for text in wrap(row.label, LABEL_CHARACTERS):
            lines.append(TextLine(0, y + TEXT_DROP, text))
            y += LABEL_LINE
        top = y + 3
        bars = (shape("before", row.before, top + 3), shape("after", row.after, top + 3 + BAR_STEP))
        bottom = top + BAR_STEP + BAR_HEIGHT + 6
        groups.append(Group(row.label, tuple(lines), bars, top, bottom))
        y = bottom + GROUP_GAP

    key = (
        Shape("before", AXIS_X, 2, 26, 14, before_heading, 34, 14),
        Shape("after", WIDTH // 2, 2, 26, 14, after_heading, WIDTH // 2 + 33, 14),
    )
    return GroupedBars(WIDTH, y, AXIS_X, row_heading, before_heading, after_heading, key, tuple(groups))


# A square field with room for the marks at its left and foot, in the same user units.
FIELD_LEFT = 48
FIELD_RIGHT = 312
FIELD_TOP = 28
FIELD_FOOT = 248
FIELD_HEIGHT = 296
LABEL_DROP = {"before": -13, "after": 22, "later": -13}


@dataclass(frozen=True, slots=True)
class Point:
    """Where something stands at one time; `series` (before, after, later) is also its class in the style sheet."""

    series: str
    label: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Mark:
    series: str
    label: str
    x: int
    y: int
    label_y: int


@dataclass(frozen=True, slots=True)
class Trail:
    """Points in the order of time, joined by `path`."""

    width: int
    height: int
    left: int
    right: int
    top: int
    foot: int
    marks: tuple[Mark, ...]
    path: str
    x_ticks: tuple[TextLine, ...]
    y_ticks: tuple[TextLine, ...]


def trail(points: Sequence[Point], *, x_from: int = 1, x_to: int = 5) -> Trail:
    """Lay out points on a field whose foot runs from `x_from` to `x_to` and whose side runs from 0 to 100 percent.

    Raises ValueError where a point lies outside of it.
    """

    def across(value: float) -> int:
        return FIELD_LEFT + round((FIELD_RIGHT - FIELD_LEFT) * (value - x_from) / (x_to - x_from))

    def up(value: float) -> int:
        return FIELD_FOOT - round((FIELD_FOOT - FIELD_TOP) * value / 100)

    marks = []
    for point in points:
        if not (x_from <= point.x <= x_to and 0 <= point.y <= 100):
            raise ValueError(f"A point of this chart must be within {x_from} to {x_to} and 0 to 100, not {point}.")
        x, y = across(point.x), up(point.y)
        marks.append(Mark(point.series, point.label, x, y, y + LABEL_DROP[point.series]))
    return Trail(
        WIDTH,
        FIELD_HEIGHT,
        FIELD_LEFT,
        FIELD_RIGHT,
        FIELD_TOP,
        FIELD_FOOT,
        tuple(marks),
        "".join(f"{'L' if n else 'M'}{mark.x} {mark.y}" for n, mark in enumerate(marks)),
        tuple(TextLine(across(step), FIELD_FOOT + 18, str(step)) for step in range(x_from, x_to + 1)),
        tuple(TextLine(FIELD_LEFT - 6, up(share) + 5, f"{share}%") for share in (0, 50, 100)),
    )
