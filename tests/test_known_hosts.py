"""A host without a phone here: whose booking is theirs, so that rooms and rounds suit them, too."""

from datetime import UTC, datetime

import pytest

from gatherings.bookings.cancelling import cancel
from gatherings.bookings.tables import Booking
from gatherings.planning.refusals import Refused
from sessions.board import known_hosts, placing
from sessions.board.binding import bounds_of
from sessions.board.card_words import change_words
from sessions.board.fitting import why_not
from sessions.board.tables import HostPlace, Joiner, SessionHost
from sessions.board.view import board_view
from sessions.personal_data.all_rules import erase_everywhere
from tests.board_hall import Hall, build_hall
from tests.builders import Setting
from tests.need_rows import PLANTED, WHEELCHAIR, booked
from tests.page_checks import PageClient
from tests.test_board_pages import HERE, offered, setting
from web.database import DatabaseEngine, read, write

__all__ = ["setting"]
LIBRARY = 1


@pytest.fixture
async def hall(db: DatabaseEngine) -> Hall:
    hall = await build_hall()
    await hall.offer("Growing older", "Ada and Len")
    return hall


async def party(gathering_id: int) -> tuple[int, str]:
    """A party that cannot come without space for a wheelchair: its id and its reference."""
    booking = await booked(gathering_id, WHEELCHAIR)
    return booking, (await Booking.select(Booking.reference).where(Booking.id == booking))[0][
        "reference"
    ]


async def missing(hall: Hall, number: int = 1) -> list[tuple[str, ...]]:
    view = await read(board_view, hall.gathering)
    session = view.session(number)
    assert session is not None
    bounds = await read(bounds_of, view)
    return [one.codes for one in why_not(view, session, hall.ids(0, LIBRARY), bounds)]


async def known(hall: Hall, number: int = 1) -> list[tuple[str, str]]:
    hosts = await read(known_hosts.hosts_of_card, hall.gathering, number)
    return [(one.name, one.known) for one in hosts]


async def test_the_booking_of_a_host_binds_the_room_of_all_their_cards(hall: Hall) -> None:
    here = hall.gathering
    _, reference = await party(here)
    await hall.offer("Homes", "len")
    assert (await missing(hall), await missing(hall, 2)) == ([], [])
    await write(known_hosts.know_hosts, here, 1, {2: f" {reference.upper()} "})
    assert await known(hall) == [("Ada", ""), ("Len", "booking")]
    needed = [("step_free",), ("turning_150cm",)]
    assert (await missing(hall), await missing(hall, 2)) == (needed, needed)
    await hall.offer("Work", "Len")
    await write(change_words, here, 1, "Growing old", "", "Len and Ada", None, marks=[], length=1)
    assert (await missing(hall, 3), await known(hall)) == (
        needed,
        [("Len", "booking"), ("Ada", "")],
    )
    for _ in range(2):
        await write(known_hosts.know_host_no_more, here, 1, 1)
    assert [await missing(hall, number) for number in (1, 2, 3)] == [[], [], []]
    assert (await known(hall, 2), await Joiner.count()) == ([("len", "")], 0)


async def test_somebody_known_is_still_in_one_place_at_a_time(hall: Hall) -> None:
    here = hall.gathering
    await hall.offer("Homes", "Len")
    await hall.place(1, 0, 0)
    _, reference = await party(here)
    await write(known_hosts.know_hosts, here, 1, {2: reference})
    with pytest.raises(placing.DoesNotFit, match="Len hosts “Growing older”"):
        await hall.place(2, 0, 2)
    await write(known_hosts.know_host_no_more, here, 1, 2)
    with pytest.raises(placing.DoesNotFit, match="Len hosts “Growing older”"):
        await hall.place(2, 0, 2)


@pytest.mark.parametrize("reference", ["no-such-99", "elsewhere", "cancelled"])
async def test_only_a_booking_of_this_gathering_will_do(hall: Hall, reference: str) -> None:
    here = hall.gathering
    other = await build_hall("summer", hall.series)
    booking, theirs = await party(other.gathering if reference == "elsewhere" else here)
    if reference == "cancelled":
        await write(cancel, booking, at=datetime.now(UTC))
    _, good = await party(here)
    typed = {1: good, 2: theirs if reference != "no-such-99" else reference}
    with pytest.raises(Refused, match="No booking here has this reference") as refused:
        await write(known_hosts.know_hosts, here, 1, typed)
    assert refused.value.field == "reference-2"
    assert await known(hall) == [("Ada", ""), ("Len", "")]


async def test_who_is_erased_is_named_no_more(hall: Hall) -> None:
    booking, reference = await party(hall.gathering)
    await hall.place(1, 0, 0)
    await write(known_hosts.know_hosts, hall.gathering, 1, {2: reference})
    await write(erase_everywhere, booking, "person", datetime.now(UTC))
    assert [row.name for row in await SessionHost.objects().order_by(SessionHost.id)] == [
        "Ada",
        "Somebody",
    ]
    kept = [row.key for row in await SessionHost.objects()]
    kept += [row.key for row in await HostPlace.objects()]
    assert not any("len" in key for key in kept)
    assert await missing(hall) == []


async def test_a_facilitator_types_it_and_sees_no_need(
    ben: PageClient, client: PageClient, dee: PageClient, setting: Setting
) -> None:
    await offered(setting, "Growing older")
    page = f"{HERE}/sessions/1/hosts"
    for browser, status in ((client, 401), (dee, 403)):
        await browser.get(page, status=status)
        await browser.post(page, {"reference-1": "maple-river-42"}, status=status)
        await browser.post(f"{page}/1/forget", {}, status=status)
    _, reference = await party(setting.gathering.id)
    await ben.get(f"{HERE}/sessions/1")
    await ben.get(str(ben.one("#hosts")["href"]))
    await ben.submit("main form", {"reference-1": "maple-river"}, status=422)
    assert ben.error_at("reference-1").startswith("Error: No booking here has this reference")
    assert ben.one("#reference-1")["value"] == "maple-river"
    await ben.submit("main form", {"reference-1": reference})
    await ben.follow()
    assert "We know their booking." in ben.words
    assert not any(word in ben.text for word in (*PLANTED, reference))
    await ben.submit("form[action$=forget]")
    await ben.follow()
    assert ben.soup.select_one("#reference-1") is not None


async def test_a_host_with_a_phone_is_known_by_it(
    ben: PageClient, client: PageClient, setting: Setting
) -> None:
    await client.get(f"{HERE}/offer")
    await client.submit("form[action$=offer]", {"title": "Mine", "name": "Cal"})
    await ben.get(f"{HERE}/sessions/1/hosts")
    assert "They offered from their own phone." in ben.words
    assert ben.soup.select("main form") == []
    with pytest.raises(Refused, match="by their phone"):
        await write(known_hosts.know_hosts, setting.gathering.id, 1, {1: "maple-river-42"})
