"""Takes the README's pictures from the running product: `DEMO_PASSWORD=… make run` first, then `make screenshots`."""

import io
import os
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).parent / "screenshots"
BASE = os.environ.get("BASE_URL", "http://127.0.0.1:8000")


def keep(page: Page, name: str) -> None:
    picture = Image.open(io.BytesIO(page.screenshot()))
    picture.quantize(128).save(FOLDER / f"{name}.png", optimize=True)


def sign_in(page: Page, email: str, password: str) -> None:
    page.context.clear_cookies()
    page.goto("/account/login/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def take(page: Page, password: str) -> None:
    page.goto("/guidance/")
    keep(page, "ways-in")
    page.goto("/guidance/sextortion/")
    keep(page, "parent")
    page.goto("/s/northfield/")
    keep(page, "school-page")
    sign_in(page, "teacher@northfield.example", password)
    page.goto("/lessons/online-blackmail-11-14/")
    keep(page, "teacher")
    page.goto("/teach/")
    page.get_by_role("link", name="8A", exact=True).first.click()
    code = page.locator("code, strong").filter(has_text="-").first.inner_text()
    page.get_by_role("link", name="Online blackmail").first.click()
    page.get_by_role("heading", name="Before and after").scroll_into_view_if_needed()
    page.mouse.wheel(0, 500)
    page.wait_for_timeout(300)
    keep(page, "results")
    page.goto("/teach/")
    page.get_by_role("link", name="8B", exact=True).first.click()
    page.get_by_role("heading", name="Who has done what").scroll_into_view_if_needed()
    page.mouse.wheel(0, 500)
    page.wait_for_timeout(300)
    keep(page, "class")
    page.goto("/teach/lessons/online-blackmail-11-14/present/?slide=2")
    page.wait_for_timeout(300)
    keep(page, "board")
    sign_in(page, "lead@northfield.example", password)
    page.goto("/school/")
    keep(page, "school")
    sign_in(page, "editor@demo.example", password)
    page.goto("/desk/guides/how-to-talk-about-it/2/write/")
    page.get_by_text("as it is saved").wait_for()
    keep(page, "desk")
    page.context.clear_cookies()
    page.goto("/join/")
    page.get_by_label("Class code").fill(code)
    page.get_by_role("button", name="Next").click()
    page.locator("main a.button").first.click()
    page.get_by_role("button", name="Let’s start").click()
    keep(page, "pupil")


def main() -> None:
    password = os.environ.get("DEMO_PASSWORD")
    if not password:
        sys.exit("Say the demo accounts' password in DEMO_PASSWORD.")
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        context = browser.new_context(base_url=BASE, viewport={"width": 1200, "height": 860})
        take(context.new_page(), password)
        browser.close()


if __name__ == "__main__":
    main()
