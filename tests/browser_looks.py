"""A real browser: how large it is, whether it runs script, and what it complains about."""

import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.async_api import Browser, BrowserContext, Page, Request, async_playwright

from tests.browser_site import Site

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
LISTEN = """document.addEventListener("securitypolicyviolation", event =>
    console.error("Content Security Policy", event.violatedDirective, event.blockedURI))"""
ANSWER_OF_OURS = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")
NO_SERVER = re.compile(r"status of 502|net::ERR_|SSE|Failed to fetch|network error")


@dataclass(frozen=True)
class Look:
    """One way to look at the product."""

    width: int = 360
    height: int = 740
    dark: bool = False
    script: bool = True
    scale: float = 1

    def __str__(self) -> str:
        light = "dark" if self.dark else "light"
        return f"{self.width}x{self.height} {light}{'' if self.script else ' without script'}"


PHONE, SMALL = Look(), Look(320, 256)
SCREEN, SCREEN_DARK = Look(1280, 720), Look(1920, 1080, dark=True)


@dataclass
class Complaints:
    """What the browser complained about while these pages were open, and where else it went."""

    site: Site
    may_be_away: bool = False
    found: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        context.on("console", lambda said: self._said(said.type, said.text))
        context.on("weberror", lambda error: self.found.append(f"script: {error.error}"))
        context.on("request", self._asked)

    def _said(self, kind: str, text: str) -> None:
        expected = ANSWER_OF_OURS.match(text) or (self.may_be_away and NO_SERVER.search(text))
        if kind in ("error", "warning") and not expected:
            self.found.append(f"console: {text}")

    def _asked(self, request: Request) -> None:
        if urlsplit(request.url).netloc not in (urlsplit(self.site.url).netloc, ""):
            self.found.append(f"another host: {request.url}")


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """The system's Chromium; CHROMIUM says where it is."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=[*ARGUMENTS]
        )
        yield browser
        await browser.close()


@asynccontextmanager
async def looking(
    browser: Browser, site: Site, look: Look = PHONE, who: str = "", *, may_be_away: bool = False
) -> AsyncIterator[Page]:
    """A page of its own for one person. At the end nothing may have been complained about.

    When the server `may_be_away`, the browser may say that it was.
    """
    context = await browser.new_context(
        base_url=site.url,
        viewport={"width": look.width, "height": look.height},
        device_scale_factor=look.scale,
        color_scheme="dark" if look.dark else "light",
        java_script_enabled=look.script,
        has_touch=look.width < 800,
        locale="en-GB",
        timezone_id="Europe/London",
    )
    context.set_default_timeout(45_000)
    complaints = Complaints(site, may_be_away)
    complaints.watch(context)
    if look.script:
        await context.add_init_script(LISTEN)
    if who:
        await sign_in(context, site, who)
    yield await context.new_page()
    await context.close()
    assert complaints.found == []


async def change_look(page: Page, look: Look) -> None:
    """The same page as it is, in another size and light."""
    await page.set_viewport_size({"width": look.width, "height": look.height})
    await page.emulate_media(color_scheme="dark" if look.dark else "light")


async def sign_in(context: BrowserContext, site: Site, who: str) -> None:
    """Give this browser the cookie of somebody who is signed in already."""
    await context.add_cookies([{"name": "sign-in", "value": site.keys[who], "url": site.url}])
