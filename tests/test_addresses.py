"""An address with a part that no row can have is an address of nothing, on both databases."""

import pytest
from litestar import Litestar

from tests.all_routes import PART, OneRoute, routes_of
from tests.builders import Setting
from tests.page_checks import PageClient

TOO_LARGE = (2**31, 2**63, 10**23, 10**4200)


def holes(one: OneRoute) -> str:
    """The address with a zero byte or a very large number in every part that is filled in."""
    return "/".join(
        PART.sub(str(TOO_LARGE[-1]) if ":int" in segment else "%00", segment)
        for segment in one.template.split("/")
    )


@pytest.mark.parametrize("number", TOO_LARGE)
async def test_a_session_with_a_number_that_no_row_has(
    setting: Setting, client: PageClient, number: int
) -> None:
    address = f"/g/{setting.gathering.slug}/sessions"
    await client.get(f"{address}/{number}", status=404)
    await client.get(f"{address}/-{number}", status=404)


async def test_the_largest_number_that_a_row_may_have(setting: Setting, client: PageClient) -> None:
    await client.get(f"/g/{setting.gathering.slug}/sessions/{2**31 - 1}", status=404)


async def test_every_route_with_parts_that_no_row_has(app: Litestar, ada: PageClient) -> None:
    wrong = [one for one in routes_of(app) if PART.search(one.template)]
    assert len(wrong) > 200
    for one in wrong:
        ask = ada.get if one.method == "GET" else ada.post
        await ask(holes(one), status=404)
