"""One booking as the desk shows it, for the page itself and for buttons that were refused."""

from gatherings.access.consent import refuses_details
from gatherings.access.need_states import DESK_STATE_WORDS
from gatherings.access.needs import states_of_booking
from gatherings.bookings.booking_list import STATE_WORDS, BookingView, history_of, names_of
from gatherings.bookings.desk_words import TONES, facts_of, history_line
from gatherings.bookings.own_shared_pages import Look
from gatherings.bookings.own_words import UNDO_WORDS, WAY_WORDS, party_rows
from gatherings.bookings.twins import twins_of
from gatherings.people.roles import Viewer
from web.database import read
from web.forms import Form
from web.pages import Page

WHO_SEES_BOOKINGS = ("organiser", "access_lead")


async def desk_booking(seen: Look, viewer: Viewer | None, form: Form | None = None) -> Page:
    """The page about one booking. Its buttons are there for organisers."""
    own, booking = seen.own, seen.own.booking
    organises = viewer is not None and viewer.may(own.gathering.series, "organiser")
    history = await read(history_of, booking.id)
    names = await read(names_of, [booking.entered_by, *(event.by_account for event in history)])
    states = await read(states_of_booking, booking.id)
    twins = await read(twins_of, booking.gathering_id)
    return seen.draw(
        "desk_booking.html",
        form,
        rows=facts_of(own.gathering, booking, names),
        people=party_rows(own, seen.home if organises and seen.may_change_party else ""),
        organises=organises,
        may_change=organises and seen.may_change,
        counts=[
            (words, states.count(state))
            for state, words in DESK_STATE_WORDS.items()
            if state in states
        ],
        no_needs=_no_needs(booking),
        refused=await read(refuses_details, booking.id),
        opens=viewer is not None and viewer.may(own.gathering.series, "access_lead"),
        history=[history_line(own.gathering, event, names) for event in history],
        twins=twins.get(booking.reference, ()),
        free=own.gathering.capacity - own.gathering.taken,
        state_words=STATE_WORDS,
        way_words=WAY_WORDS,
        undo_words=UNDO_WORDS,
        tones=TONES,
    )


def _no_needs(booking: BookingView) -> str:
    helps = {person.help for person in booking.people if not person.supporting}
    return "They said that they need nothing." if helps == {"no"} else "They were not asked yet."
