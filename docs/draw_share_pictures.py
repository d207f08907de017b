"""Draw the pictures that a message with one of our addresses may show: `python docs/draw_share_pictures.py`.

One for each topic's drawing and one for every topic: 1200 × 630, the drawing beside the site's name, in few colours, so
that each is at most 40 KB. Needs Chromium and the packages of requirements-dev.txt.
"""

import io
import shutil
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

IMAGES = Path(__file__).parent.parent / "static" / "img"
FOLDER = IMAGES / "share"
EVERY_TOPIC = "every-topic"
SIZE = {"width": 1200, "height": 630}
MOST_BYTES = 40_000
PAGE = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; width: 1200px; height: 630px; display: grid; grid-template-columns: 440px 1fr; align-items: center;
  background: #faf5ec; color: #1d2f2e;
  font: 700 48px/1.2 "Iowan Old Style", Charter, Georgia, "DejaVu Serif Condensed", serif }}
div {{ padding-inline-start: 56px }}
div svg {{ width: 112px; height: 112px; display: block; margin-bottom: 28px }}
main svg {{ width: 704px; height: 440px; display: block; border-radius: 28px }}
</style><body><div>{mark}Safeguarding lessons</div><main>{drawing}</main>"""


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    drawings = {path.stem: path for path in sorted((IMAGES / "topics").glob("*.svg"))}
    drawings[EVERY_TOPIC] = IMAGES / "hero-parent.svg"
    mark = (IMAGES / "mark.svg").read_text(encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE)
        for name, path in drawings.items():
            page.set_content(PAGE.format(mark=mark, drawing=path.read_text(encoding="utf-8")))
            save(page.screenshot(), FOLDER / f"{name}.png")
        browser.close()


def save(picture: bytes, path: Path) -> None:
    """In as many colours as fit."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    for colours in (128, 64, 32):
        image.quantize(colours, dither=Image.Dither.NONE).save(path, optimize=True)
        if path.stat().st_size <= MOST_BYTES:
            return
    raise SystemExit(f"{path} is larger than {MOST_BYTES} bytes.")


if __name__ == "__main__":
    main()
