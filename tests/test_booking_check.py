"""The last page: too few places, booking twice on one device, several tabs, taking it by phone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from litestar import Litestar

from app import create_app
from gatherings.access.consent import DETAILS, consent_of, details_wording, keep_consent, may_keep
from gatherings.access.needs import NeedAnswer
from gatherings.bookings.bookings import book
from gatherings.bookings.tables import Booking
from gatherings.people.roles import grant
from gatherings.personal_data.erasures import withdraw_consent
from gatherings.planning.tables import Gathering
from tests.booking_rows import with_needs
from tests.booking_walk import PHONE, for_me, only_booking, step, walk_to_check
from tests.builders import Setting
from tests.page_checks import PageClient
from tests.people import signed_in_browser
from web.database import read, write
from web.settings import settings


async def test_where_details_are_kept_by_consent_it_is_asked_for_and_kept(
    db: object, setting: Setting
) -> None:
    by_consent = replace(settings(), legal_basis="consent")
    async with PageClient(create_app(by_consent)) as browser:
        await walk_to_check(browser, setting.gathering.slug)
        assert details_wording(setting.gathering) in browser.words
        assert not browser.one("#agree").has_attr("checked")
        await browser.submit("main form", status=422)
        assert browser.error_at("agree").startswith("Error: Tick the box to book here")
        assert await Booking.count() == 0
        assert await step(browser, {"agree": "yes"}) == "Your place is booked"
    booking = await read(only_booking)
    kept = await read(consent_of, booking.id, DETAILS)
    assert kept is not None
    assert (kept.words, kept.holds) == (details_wording(setting.gathering), True)
    assert await read(may_keep, booking.id) is False


async def test_for_another_reason_nobody_has_to_agree(client: PageClient, setting: Setting) -> None:
    await walk_to_check(client, setting.gathering.slug)
    assert client.soup.select("#agree") == []
    assert client.one("main a[href='/privacy']").get_text() == "What we keep, and why"
    await client.submit("main form")
    assert await read(consent_of, (await read(only_booking)).id, DETAILS) is None


async def test_taking_back_needs_leaves_the_yes_to_details(setting: Setting) -> None:
    await write(book, setting.gathering.id, with_needs(NeedAnswer("hear.loop")))
    booking, now = await read(only_booking), datetime.now(UTC)
    await write(keep_consent, booking.id, "yes", "Words", "phone", None, purpose=DETAILS)
    assert await write(withdraw_consent, booking.id, "person", now + timedelta(minutes=1))
    details = await read(consent_of, booking.id, DETAILS)
    assert details is not None
    assert (details.holds, await read(may_keep, booking.id)) == (True, False)


async def leave(gathering_id: int, free: int) -> None:
    await Gathering.update({Gathering.taken: Gathering.capacity - free}).where(
        Gathering.id == gathering_id
    )


async def three_to_check(client: PageClient, slug: str) -> None:
    """Cal and two others, with no needs, up to "Check your answers"."""
    await client.get(f"/g/{slug}/book/who")
    await step(client, {"for_whom": "us", "name": "Cal"})
    await step(client, {"name-3": "Dot", "role-3": "attending"}, button="add")
    walk: list[dict[str, str | list[str]]] = [
        {"name-4": "Eli", "role-4": "supporting"},
        PHONE,
        {"help": "no"},
        {"help": "no"},
        {"help": "no"},
        {},
    ]
    for typed in walk:
        await step(client, typed)


@pytest.mark.parametrize(("typed", "kept"), [("2", 2), ("", 0), ("0", 0), ("none", 0)])
async def test_a_party_that_does_not_fit_is_asked_about_fewer(
    client: PageClient, setting: Setting, typed: str, kept: int
) -> None:
    await write(leave, setting.gathering.id, 2)
    await three_to_check(client, setting.gathering.slug)
    assert "There are not enough places left just now" in client.words
    assert "Would you also come with fewer?" in client.words
    for wrong in ("3", "many", "-1"):
        await client.submit("main form", {"fewer": wrong}, status=422)
        assert f'value="{wrong}"' in client.text
    assert await step(client, {"fewer": typed}) == "You are on the waiting list"
    booking = await read(only_booking)
    assert (booking.state, booking.places, booking.fewer) == ("waiting", 3, kept)


async def test_a_party_that_fits_is_not_asked(client: PageClient, setting: Setting) -> None:
    await write(leave, setting.gathering.id, 3)
    await three_to_check(client, setting.gathering.slug)
    assert "fewer" not in client.words
    await client.post(f"/g/{setting.gathering.slug}/book/check", {"fewer": "1"})
    booking = await read(only_booking)
    assert (booking.state, booking.held) == ("booked", 3)


async def test_two_tabs_with_two_drafts_are_asked_once(
    client: PageClient, setting: Setting
) -> None:
    """The first tab books. The second began before, and writes a booking of its own after."""
    slug = setting.gathering.slug
    await walk_to_check(client, slug)
    assert "You already have the booking" not in client.words
    await step(client, {})
    first = (await read(only_booking)).reference
    await walk_to_check(client, slug, "CAL ")
    assert f"You already have the booking {first}. Book again?" in client.words
    await client.submit("main form", {}, status=422)
    assert client.words.count("Choose whether to book again") == 2
    await client.submit("main form", {"again": "no"})
    assert (await client.follow()).url.path == f"/b/{first}"
    assert await Booking.count() == 1
    await client.get(f"/g/{slug}/book/check")
    assert await step(client, {"again": "yes"}) == "Your place is booked"
    assert await Booking.count() == 2


async def test_somebody_elses_booking_shows_on_no_other_device(
    app: Litestar, client: PageClient, setting: Setting
) -> None:
    await walk_to_check(client, setting.gathering.slug)
    await step(client, {})
    reference = (await read(only_booking)).reference
    async with PageClient(app) as another:
        another.set_cookie(f"booking-{reference}", "guessed")
        await walk_to_check(another, setting.gathering.slug)
        assert "You already have the booking" not in another.words
        assert reference not in another.text
        assert await step(another, {}) == "Your place is booked"


async def test_an_access_lead_writes_down_several_in_a_row(app: Litestar, setting: Setting) -> None:
    slug, series = setting.gathering.slug, setting.gathering.series
    await write(grant, setting.team.dee, series, "access_lead")
    async with signed_in_browser(app, setting.team.dee) as lead:
        await walk_to_check(lead, slug, "Edith")
        await lead.submit("main form", {"source": "paper"})
        await lead.follow()
        assert f'href="/g/{slug}/book/who"' in lead.text
        await lead.get(f"/g/{slug}/book/who")
        await step(lead, for_me("Stan"))
        for field in lead.soup.select("main input[type=email], main input[type=tel]"):
            assert field["autocomplete"] == "off"
        walk: list[dict[str, str | list[str]]] = [
            {"way": "post", "detail-post": "1 Short Street"},
            {"help": "no"},
            {},
        ]
        for typed in walk:
            await step(lead, typed)
        await lead.submit("main form")
    bookings = await Booking.objects().order_by(Booking.id)
    assert [(one.contact_name, one.source, one.entered_by) for one in bookings] == [
        ("Edith", "paper", setting.team.dee),
        ("Stan", "paper", setting.team.dee),
    ]
