"""What axe-core finds on a page, and whether the page fits its screen."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any

from playwright.async_api import Page

AXE = Path(__file__).parent.parent / "node_modules/axe-core/axe.min.js"
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
ALSO = ("target-size", "color-contrast-enhanced")
# Whatever has too little contrast has too little for the stricter rule, which stands in ALSO.
STRICTER = {"color-contrast": {"enabled": False}}
# Only a rule that is an experiment reads the style sheets, which axe would fetch for each run.
QUICKLY: dict[str, Any] = {"resultTypes": ["violations"], "preload": False}
OPTIONS: dict[str, Any] = {
    "runOnly": {"type": "tag", "values": [*TAGS]},
    "rules": {rule: {"enabled": True} for rule in ALSO} | STRICTER,
    **QUICKLY,
}
OF_THE_LOOK: dict[str, Any] = {
    "runOnly": {
        "type": "rule",
        "values": ["scrollable-region-focusable", "link-in-text-block", *ALSO],
    },
    **QUICKLY,
}
TOO_WIDE = """() => {
    const room = document.documentElement.clientWidth;
    const over = document.documentElement.scrollWidth - room;
    if (over <= 0) return [];
    const wide = [...document.body.querySelectorAll("*")].filter(
        one => one.getBoundingClientRect().right > room + 1).map(
        one => one.tagName.toLowerCase() + "." + one.className).slice(-3);
    return [`scrolls sideways by ${over}: ${wide.join(", ")}`];
}"""
SMALL_LETTERS = """() => {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = new Set();
    while (walk.nextNode()) {
        const words = walk.currentNode.textContent.trim(), holder = walk.currentNode.parentElement;
        if (!words || holder.closest(".vh, script, noscript, svg")) continue;
        const size = parseFloat(getComputedStyle(holder).fontSize);
        if (size < 16) found.add(`letters of ${size}: ${words.slice(0, 40)}`);
    }
    return [...found];
}"""


async def findings(page: Page, *, seen_before: bool = False) -> list[str]:
    """Everything that is wrong with what the page shows just now.

    In another light and size the same page can only differ in what its look decides.
    """
    async with asyncio.timeout(60):
        return [
            *await axe(page, OF_THE_LOOK if seen_before else OPTIONS),
            *await too_wide(page),
            *await page.evaluate(SMALL_LETTERS),
        ]


async def too_wide(page: Page) -> list[str]:
    """A line when the page scrolls sideways, with what sticks out."""
    found: list[str] = await page.evaluate(TOO_WIDE)
    return found


async def bring_axe(page: Page) -> None:
    """Have axe in whatever this page opens from now on: that costs half of bringing it later."""
    await page.add_init_script(_source())


async def axe(page: Page, options: dict[str, Any]) -> list[str]:
    """A line for each finding of axe. It comes in past the page's policy, as a tool of ours."""
    if not await page.evaluate("() => 'axe' in window"):
        await page.evaluate(_source())
    found: list[dict[str, Any]] = await page.evaluate(
        "options => axe.run(document, options).then(answer => answer.violations)", options
    )
    return [_told(one, node) for one in found for node in one["nodes"][:4]]


@asynccontextmanager
async def script_off(page: Page) -> AsyncIterator[None]:
    """What is opened in here runs no script. Afterwards it stays as drawn, and axe may run."""
    browser_side = await page.context.new_cdp_session(page)
    await browser_side.send("Emulation.setScriptExecutionDisabled", {"value": True})
    yield
    await browser_side.send("Emulation.setScriptExecutionDisabled", {"value": False})


def _told(one: dict[str, Any], node: dict[str, Any]) -> str:
    why = " ".join(check["message"] for kind in ("any", "all", "none") for check in node[kind])
    return f"axe {one['id']}: {node['html'][:140]} ({why[:160]})"


@cache
def _source() -> str:
    return AXE.read_text()
