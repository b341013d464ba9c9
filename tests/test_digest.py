"""The morning letter: one a day for each who looks after needs, and nothing of what they are."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from gatherings.access.digest import write_digests
from gatherings.access.needs import NeedAnswer, needs_of_gathering
from gatherings.access.promises import move_need
from gatherings.access.worklist import give_need
from gatherings.bookings import bookings
from gatherings.letters import sending
from gatherings.letters.tables import Letter
from gatherings.letters.writing import bound_to
from gatherings.people.roles import grant
from gatherings.planning import gatherings, helpers
from tests.booking_rows import with_needs
from tests.builders import Setting
from tests.smtp_server import Letterbox, smtp_server
from web.crypto import unseal
from web.database import read, write
from web.words import local

WORDS = "Please face me when you talk"


@pytest.fixture
async def lead(setting: Setting) -> Setting:
    """A gathering in thirty days with a late need; Ada is its access lead."""
    await write(grant, setting.team.ada, setting.gathering.series, "access_lead")
    party = with_needs(NeedAnswer("hear.bsl", WORDS, "must"), NeedAnswer("calm.breaks"))
    await write(bookings.book, setting.gathering.id, party)
    return setting


def seven(setting: Setting, *, days: int = 1, hour: int = 7) -> datetime:
    """A morning where the gathering meets."""
    here = local(setting.gathering.starts_at - timedelta(days=31 - days), setting.gathering.zone)
    return here.replace(hour=hour, minute=1).astimezone(UTC)


async def digests() -> list[dict[str, Any]]:
    rows = await Letter.objects().where(Letter.kind == "digest").order_by(Letter.id)
    return [{**row.to_dict(), **unseal(row.sealed, bound_to(row.handle))} for row in rows]


async def test_one_letter_a_day_with_counts_and_dates_alone(lead: Setting) -> None:
    for hour, written in ((6, 0), (7, 1), (8, 0), (23, 0)):
        assert await write(write_digests, seven(lead, hour=hour)) == written
    assert await write(write_digests, seven(lead, days=2)) == 1
    letter = (await digests())[0]
    assert letter["to"] == "ada@example.org"
    assert letter["subject"] == "Access needs today: 1 late, 0 due soon"
    assert "1 need is late" in letter["text"]
    assert "Nobody looks after 1" in letter["text"]
    assert letter["link"].endswith("/desk/g/spring-gathering/needs")
    for hidden in (WORDS, "Sign Language", "Cal", "hear.bsl"):
        assert hidden not in letter["text"] + letter["subject"]


async def test_an_owner_hears_of_their_own_alone(lead: Setting) -> None:
    team, gathering = lead.team, lead.gathering
    await write(grant, team.ben, gathering.series, "access_lead")
    late, _ = await read(needs_of_gathering, gathering.id)
    now = datetime.now(UTC)
    await write(give_need, late.handle, gathering.id, seen=None, to=team.ben, at=now)
    await write(write_digests, seven(lead))
    texts = {letter["to"]: letter["text"] for letter in await digests()}
    assert "You look after 1 of them" in texts["ben@example.org"]
    assert "You look after 0 of them" in texts["ada@example.org"]
    await write(helpers.remove_role, gathering.series, "ben@example.org", "access_lead")
    assert (await read(needs_of_gathering, gathering.id))[0].owner is None
    assert await write(write_digests, seven(lead, days=2)) == 1


async def test_a_gathering_that_moves_takes_its_due_dates_along(lead: Setting) -> None:
    old = lead.gathering
    later = timedelta(days=90)
    # By the clock on the wall: the plan keeps its hours when the clocks change in between.
    starts, ends = (local(moment, old.zone) + later for moment in (old.starts_at, old.ends_at))
    about = gatherings.About(old.name, old.about, starts.astimezone(UTC), ends.astimezone(UTC))
    before = [need.due_on for need in await read(needs_of_gathering, old.id)]
    await write(gatherings.change_about, lead.viewer, old.id, about, old.venue)
    after = [need.due_on for need in await read(needs_of_gathering, old.id)]
    assert after == [day + later for day in before]
    assert await write(write_digests, seven(lead)) == 0


async def test_nothing_is_written_when_nothing_is_due(lead: Setting) -> None:
    for need in await read(needs_of_gathering, lead.gathering.id):
        await write(
            move_need,
            need.handle,
            lead.gathering.id,
            seen=need.mark,
            to="agreed",
            how="phone",
            account_id=lead.team.ada,
            at=datetime.now(UTC),
        )
    assert await write(write_digests, seven(lead)) == 0
    assert await digests() == []


async def test_it_goes_by_mail_and_an_old_one_does_not(lead: Setting) -> None:
    at = seven(lead)
    await write(write_digests, at)
    box = Letterbox()
    async with smtp_server(box) as office:
        await sending.send_what_is_due(office, lambda: at)
    (message,) = box.taken
    assert "ada@example.org" in message["To"]
    await write(write_digests, seven(lead, days=2))
    async with smtp_server(box) as office:
        await sending.send_what_is_due(office, lambda: seven(lead, days=4))
    assert len(box.taken) == 1
    assert [letter["state"] for letter in await digests()] == ["sent", "dropped"]
    await write(write_digests, seven(lead, days=40))
    assert await digests() == []
