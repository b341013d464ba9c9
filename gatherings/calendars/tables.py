"""The secret addresses of personal calendar feeds."""

from piccolo.columns import Bytea, Serial, Varchar
from piccolo.constraints import Check
from piccolo.table import Table

from gatherings.bookings.tables import Booking
from gatherings.people.tables import Account
from web.columns import moment, reference


class CalendarKey(Table, tablename="calendar_key"):
    """The key in a feed's address, for a booking or for one of the team.

    The address is found by the key's hash; the sealed key, bound to that hash, lets its owner
    see the address again. Making a new one ends the old.
    """

    id: Serial
    key_hash = Varchar(length=64, unique=True)
    sealed_key = Bytea()
    booking = reference(Booking, null=True)
    account = reference(Account, null=True)
    made_at = moment()
    ended_at = moment(null=True)

    calendar_key_of_one = Check('("booking" IS NULL) <> ("account" IS NULL)')
