import re

import pytest
import segno

from lessons.guidance.qr import QUIET_ZONE, QrCode, modules

ADDRESS = "https://lessons.example/cy/s/northfield/"
DARK = re.compile(r'<path fill="#000" d="([^"]+)"/>')


def drawn(svg: str) -> set[tuple[int, int]]:
    """The modules that its black path covers."""
    (path,) = DARK.findall(svg)
    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", path)
    assert "".join("M{} {}h{}v1h-{}z".format(*run) for run in runs) == path
    return {(int(x) + n, int(y)) for x, y, length, _ in runs for n in range(int(length))}


def test_what_is_drawn_is_what_the_standard_makes_of_the_address() -> None:
    made = segno.make(ADDRESS, error="q", micro=False, boost_error=False)
    dark = {(x, y) for y, row in enumerate(made.matrix_iter(border=QUIET_ZONE)) for x, cell in enumerate(row) if cell}
    assert drawn(QrCode(ADDRESS, "A code").svg) == dark


def test_it_has_white_around_it_no_style_and_words_for_whoever_cannot_see_it() -> None:
    code = QrCode(ADDRESS, 'Opens "our" page & more')
    size = len(modules(ADDRESS)) + 2 * QUIET_ZONE
    assert f'viewBox="0 0 {size} {size}" role="img"' in code.svg
    assert 'aria-label="Opens &quot;our&quot; page &amp; more"' in code.svg
    assert "style" not in code.svg
    assert all(QUIET_ZONE <= place < size - QUIET_ZONE for module in drawn(code.svg) for place in module)
    assert code.words == "lessons.example/cy/s/northfield"


@pytest.mark.parametrize("length", [20, 200])
def test_a_long_address_is_a_larger_code(length: int) -> None:
    assert len(modules(ADDRESS + "a" * length)) > len(modules(ADDRESS))
