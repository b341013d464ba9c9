"""Fixtures for the tests in a real browser: the browser, and the product with its example.

Loading the example takes some seconds, so it is loaded once and copied for each file of tests.
"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.browser_looks import chromium
from tests.browser_site import Site, copied, load_example, serving


@pytest.fixture(scope="session")
async def example(
    anyio_backend: object, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, dict[str, object]]:
    """A folder that holds the whole example, and what is in it."""
    folder = tmp_path_factory.mktemp("example")
    return folder, await load_example(folder)


@pytest.fixture(scope="module")
async def site(
    example: tuple[Path, dict[str, object]], tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Site]:
    """The product running on a copy of the example."""
    folder, told = example
    async with serving(copied(folder, tmp_path_factory.mktemp("site") / "data"), told) as running:
        yield running


@pytest.fixture(scope="module")
async def browser(anyio_backend: object) -> AsyncIterator[Browser]:
    async with chromium() as running:
        yield running
