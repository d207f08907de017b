"""An address as a square that a phone's camera reads."""

from dataclasses import dataclass
from itertools import groupby

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString

QUIET_ZONE = 4  # modules of white on each side. Source: ISO/IEC 18004


@dataclass(frozen=True)
class QrCode:
    """`label` says what it is to whoever cannot see it."""

    address: str
    label: str

    @property
    def words(self) -> str:
        """The address as somebody types it."""
        return self.address.partition("://")[2].rstrip("/")

    @property
    def pieces(self) -> list[str]:
        """The words between the slashes: where a line is too short, the next one begins after a slash."""
        return self.words.split("/")

    @property
    def svg(self) -> SafeString:
        """Black on white whatever the page's colours are: a camera needs it."""
        rows = modules(self.address)
        size = len(rows) + 2 * QUIET_ZONE
        dark = "".join(_runs(row, y) for y, row in enumerate(rows, start=QUIET_ZONE))
        return format_html(
            '<svg class="qr" viewBox="0 0 {size} {size}" role="img" aria-label="{label}" shape-rendering="crispEdges">'
            '<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path fill="#000" d="{dark}"/></svg>',
            size=size,
            label=self.label,
            dark=dark,
        )


def modules(address: str) -> list[list[bool]]:
    """Row by row, whether each is dark. It can be read with a quarter of it torn or dirty."""
    code = segno.make(address, error="q", micro=False, boost_error=False)
    return [[bool(module) for module in row] for row in code.matrix]


def _runs(row: list[bool], y: int) -> str:
    """The dark modules of a row; those side by side as one piece."""
    x, pieces = QUIET_ZONE, ""
    for is_dark, group in groupby(row):
        length = len(list(group))
        if is_dark:
            pieces += f"M{x} {y}h{length}v1h-{length}z"
        x += length
    return pieces
