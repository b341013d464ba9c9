"""Drafts, bookings and the people in each party."""

from piccolo.columns import BigInt, Boolean, Bytea, Integer, Serial, Text, Varchar
from piccolo.constraints import Check
from piccolo.table import Table

from gatherings.planning.tables import Gathering
from web.columns import moment, one_of, reference

BOOKING_STATES = ("booked", "waiting", "cancelled")
WAYS = ("email", "phone", "text", "post", "supporter")
SOURCES = ("web", "phone", "paper", "day")
PERSON_ROLES = ("attending", "supporting")
HELP_ANSWERS = ("not_asked", "no", "yes", "ask", "talk")


class Draft(Table, tablename="draft"):
    """A booking being written. Its answers are sealed; the browser's cookie finds it."""

    id: Serial
    key_hash = Varchar(length=64, unique=True)
    gathering = reference(Gathering)
    sealed = Bytea()
    created_at = moment()
    expires_at = moment()


class Booking(Table, tablename="booking"):
    """A party with one contact, a spoken reference and a secret link of which we keep the hash.

    `places` is what the party takes of the gathering's places; `form_token` makes a second
    press of the last button find this booking instead of making another.
    """

    id: Serial
    gathering = reference(Gathering)
    reference = Varchar(length=60, unique=True)
    secret_hash = Varchar(length=64)
    form_token = Varchar(length=64, unique=True)
    state = Varchar(length=10)
    places = Integer()
    contact_name = Varchar(length=200)
    contact_way = Varchar(length=10)
    contact_detail = Text()
    source = Varchar(length=10, default="web")
    entered_by = BigInt(null=True, default=None)
    created_at = moment()
    cancelled_at = moment(null=True)

    state_known = one_of("state", BOOKING_STATES)
    way_known = one_of("contact_way", WAYS)
    source_known = one_of("source", SOURCES)
    places_positive = Check('"places" > 0')


class Person(Table, tablename="person"):
    """Somebody in a party, attending or supporting. A supporter may be unnamed, or not sure yet.

    `help` is the answer to "Would anything help?": without it, "no needs" and "we have not
    asked" would look the same.
    """

    id: Serial
    booking = reference(Booking)
    position = Integer()
    role = Varchar(length=10, default="attending")
    name = Varchar(length=200)
    maybe = Boolean(default=False)
    help = Varchar(length=10, default="not_asked")
    cancelled_at = moment(null=True)

    role_known = one_of("role", PERSON_ROLES)
    help_known = one_of("help", HELP_ANSWERS)


class BookingEvent(Table, tablename="booking_event"):
    """History of a booking: what happened and when, never what was answered."""

    id: Serial
    booking = reference(Booking)
    at = moment()
    account_id = BigInt(null=True, default=None)
    what = Varchar(length=40)
