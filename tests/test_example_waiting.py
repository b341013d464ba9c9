"""The example's coming gathering has a waiting list in every state that the desk can show."""

from gatherings.bookings.places import recount
from gatherings.bookings.tables import Booking
from gatherings.people.roles import viewer_of_account
from gatherings.planning.lookup import gathering_of
from sessions.example.days import book_parties
from sessions.example.waiting import LEFT_FREE, build_waiting_list
from tests.builders import Setting
from web.database import read


async def test_the_example_shows_an_offer_a_lapse_a_line_and_a_cancelled_booking(
    setting: Setting,
) -> None:
    ada = await read(viewer_of_account, setting.team.ada)
    assert ada is not None
    await book_parties(setting.gathering, ada, many=4)
    await build_waiting_list(setting.gathering, ada)
    rows = await Booking.objects().where(Booking.gathering == setting.gathering.id)
    found = {row.contact_name: (row.state, row.held) for row in rows}
    assert found["Perry"] == ("lapsed", 0)
    assert found["Hafsa"] == ("offered", 2)
    assert found["Siân"] == ("waiting", 0)
    assert sorted(state for state, _ in found.values()).count("cancelled") == 1
    gathering = await read(gathering_of, setting.gathering.id)
    assert gathering.capacity - gathering.taken == LEFT_FREE
    assert await read(recount, gathering.id) == (gathering.taken, gathering.taken)
