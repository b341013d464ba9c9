"""Fixtures for the tests in a real browser: the browser, and the product with its example.

Loading the example takes some seconds, so a run loads it once and copies it for each file.
"""

import asyncio
import fcntl
import json
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser

from tests.browser_looks import chromium
from tests.browser_site import Site, copied, load_example, serving


@pytest.fixture(scope="session")
async def example(
    anyio_backend: object, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, dict[str, Any]]:
    """A folder that holds the whole example, and what is in it. Workers side by side share it."""
    whole_run = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        whole_run = whole_run.parent
    return await asyncio.to_thread(_loaded_once, whole_run / "example", whole_run / "example.json")


def _loaded_once(folder: Path, told: Path) -> tuple[Path, dict[str, Any]]:
    """Whoever comes first loads it; the others wait."""
    with told.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not told.exists():
            told.write_text(json.dumps(asyncio.run(load_example(folder))))
    return folder, json.loads(told.read_text())


@pytest.fixture(scope="module")
async def site(
    example: tuple[Path, dict[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Site]:
    """The product running on a copy of the example."""
    folder, told = example
    async with serving(copied(folder, tmp_path_factory.mktemp("site") / "data"), told) as running:
        yield running


@pytest.fixture(scope="session")
async def browser(anyio_backend: object) -> AsyncIterator[Browser]:
    """Chromium. Each test opens windows of its own in it, which share nothing."""
    async with chromium() as running:
        yield running
