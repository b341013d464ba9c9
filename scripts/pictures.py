"""Take the README's pictures of the example: the wall, and the booking on a phone.

Run as `make pictures`. CHROMIUM says where the browser is.
"""

import asyncio
import io
import sys
import tempfile
from pathlib import Path

from PIL import Image

from tests.browser_looks import Look, chromium, looking
from tests.browser_site import Site, load_example, serving
from tests.browser_walk import tick

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
WALL, PHONE = Look(1280, 720), Look(scale=2)
SHOWN_AS = "http://gatherings.example"
MOST_BYTES = 150_000
COLOURS = 128


async def main() -> None:
    """Load the example, open both pages, keep both pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        told = await load_example(data)
        async with serving(data, told, shown_as=SHOWN_AS) as site:
            await take_both(site)


async def take_both(site: Site) -> None:
    async with chromium() as browser:
        async with looking(browser, site, WALL) as page:
            await page.goto("/g/talking-about-care/wall?round=3", wait_until="load")
            await page.wait_for_timeout(1500)  # the wall first fits its rooms to the screen
            keep("board", await page.screenshot())
        async with looking(browser, site, PHONE) as page:
            await page.goto("/g/what-we-do-next/book/who")
            await tick(page, "#for_whom")
            await page.fill("#name", "Cal")
            await tick(page, "#supporter")
            await page.click("#continue")
            await tick(page, "#way-2")
            await page.fill("#detail-phone", "0161 496 0001")
            await page.click("#continue")
            await page.wait_for_url("**/help")
            await tick(page, "#help-2")
            await page.evaluate("() => document.activeElement.blur()")
            keep("booking", await page.screenshot())


def keep(name: str, taken: bytes) -> None:
    """Write it with few colours, which is enough for a page and light to load."""
    path = FOLDER / f"{name}.png"
    Image.open(io.BytesIO(taken)).convert("RGB").quantize(COLOURS).save(path, optimize=True)
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise SystemExit(f"{path} has {size} bytes, more than {MOST_BYTES}.")
    sys.stdout.write(f"Written: {path.relative_to(FOLDER.parent.parent)} ({size} bytes)\n")


if __name__ == "__main__":
    asyncio.run(main())
