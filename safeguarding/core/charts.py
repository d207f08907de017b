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
