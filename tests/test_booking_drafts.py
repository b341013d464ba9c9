"""Drafts of bookings: sealed, short-lived, kept apart, and there after a restart."""

import pytest

from app import create_app
from gatherings.bookings.tables import Booking, Draft
from tests.booking_rows import make_gathering
from tests.booking_walk import step, walk_to_check
from tests.builders import Setting
from tests.page_checks import PageClient
from web.crypto import hash_of
from web.database import write


async def test_a_draft_is_sealed_and_lives_48_hours(client: PageClient, setting: Setting) -> None:
    slug = setting.gathering.slug
    await client.get(f"/g/{slug}/book/who")
    assert await Draft.count() == 0
    assert "48 hours" in client.words
    await client.submit("main form", {"for_whom": "me", "name": "Calpurnia", "supporter": "no"})
    draft = (await Draft.objects())[0]
    assert b"Calpurnia" not in draft.sealed
    assert draft.key_hash == hash_of(client.cookie(f"draft-{slug}"))
    assert (draft.expires_at - draft.created_at).total_seconds() == pytest.approx(48 * 3600, abs=5)
    await client.get(f"/g/{slug}/book/who")
    assert "Calpurnia" in client.text
    await write(_make_drafts_old)
    answer = await client.post(
        f"/g/{slug}/book/reach", {"way": "phone", "detail-phone": "01632 960 002"}
    )
    assert answer.headers["location"] == f"/g/{slug}/book/who?late=yes"
    await client.follow()
    assert "We keep what you write for 48 hours" in client.words
    assert "Calpurnia" not in client.text
    await client.submit("main form", {"for_whom": "me", "name": "Cal", "supporter": "no"})
    await client.follow()
    assert "01632 960 002" in client.text


async def _make_drafts_old() -> None:
    await Draft.update({Draft.expires_at: Draft.created_at}, force=True)


async def test_a_draft_survives_a_restart(client: PageClient, setting: Setting) -> None:
    slug = setting.gathering.slug
    await client.get(f"/g/{slug}/book/who")
    await step(client, {"for_whom": "me", "name": "Calpurnia", "supporter": "no"})
    async with PageClient(create_app()) as after_the_restart:
        after_the_restart.set_cookie(f"draft-{slug}", client.cookie(f"draft-{slug}"))
        await after_the_restart.get(f"/g/{slug}/book/who")
        assert "Calpurnia" in after_the_restart.text


async def test_drafts_of_two_gatherings_do_not_mix(client: PageClient, setting: Setting) -> None:
    slug, other = setting.gathering.slug, (await make_gathering()).slug
    await walk_to_check(client, slug, "Calpurnia")
    client.set_cookie(f"draft-{other}", client.cookie(f"draft-{slug}"))
    await client.get(f"/g/{other}/book/who")
    assert "Calpurnia" not in client.text
    await client.get(f"/g/{other}/book/check", status=303)
    await client.post(f"/g/{other}/book/check", {})
    assert await Booking.count() == 0


async def test_a_key_that_nobody_was_given_opens_no_draft(
    client: PageClient, setting: Setting
) -> None:
    slug = setting.gathering.slug
    client.set_cookie(f"draft-{slug}", "chosen-by-an-attacker")
    await client.get(f"/g/{slug}/book/who")
    await client.submit("main form", {"for_whom": "me", "name": "Cal", "supporter": "no"})
    assert (await Draft.objects())[0].key_hash != hash_of("chosen-by-an-attacker")


async def test_looking_changes_nothing(client: PageClient, setting: Setting) -> None:
    base = f"/g/{setting.gathering.slug}/book"
    await walk_to_check(client, setting.gathering.slug)
    before = await Draft.select()
    for page in ("who", "reach", "help", "check", "who?late=yes", "who?change=yes"):
        await client.get(f"{base}/{page}")
    assert await Draft.select() == before


async def test_after_booking_the_draft_has_forgotten_what_was_written(
    client: PageClient, setting: Setting
) -> None:
    await walk_to_check(client, setting.gathering.slug, "Calpurnia")
    before = len((await Draft.objects())[0].sealed)
    await client.submit("main form")
    assert len((await Draft.objects())[0].sealed) < before


async def test_a_late_draft_at_the_last_button_says_why(
    client: PageClient, setting: Setting
) -> None:
    await walk_to_check(client, setting.gathering.slug)
    client.forget_cookies()
    await client.submit("main form")
    await client.follow()
    assert "Please start here again" in client.words
    assert await Booking.count() == 0
