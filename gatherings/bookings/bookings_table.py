"""The bookings of a gathering as a table for organisers: contacts and people, never needs."""

from gatherings.bookings.booking_list import SOURCE_WORDS, STATE_WORDS, WAY_WORDS, BookingView
from web.tables_out import Cell, TableOut
from web.words import local

HEADS = (
    *("Reference", "State", "Contact", "How to reach them", "Address or number"),
    *("People", "Supporters", "Places", "Who comes", "How it came", "Booked on"),
)


def bookings_table(bookings: list[BookingView], zone: str) -> TableOut:
    """One row for each booking, in the order given."""
    return TableOut("Bookings", HEADS, [_row(booking, zone) for booking in bookings])


def _row(booking: BookingView, zone: str) -> list[Cell]:
    return [
        booking.reference,
        STATE_WORDS.get(booking.state, booking.state.capitalize()),
        booking.contact_name,
        WAY_WORDS[booking.contact_way] if booking.contact_detail else "Not known",
        booking.contact_detail,
        len(booking.people),
        booking.supporters,
        booking.places,
        "; ".join(person.words for person in booking.people),
        SOURCE_WORDS[booking.source],
        f"{local(booking.created_at, zone):%Y-%m-%d %H:%M}",
    ]
