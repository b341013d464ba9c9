"""The open-space board: sessions, their places, stars, and every change with its version."""

from piccolo.columns import BigInt, Integer, Serial, Text, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from gatherings.bookings.tables import Booking
from gatherings.planning.tables import Gathering, Room, Round
from web.columns import moment, one_of, reference

CHANGES = ("offered", "placed", "swapped", "unplaced", "changed", "withdrawn")


class Joiner(Table, tablename="joiner"):
    """A person on the day, known by a cookie alone. Only the SHA-256 of its key is kept.

    `booking` is set when the same browser also holds a booking: its calendar shows their stars.
    """

    id: Serial
    key_hash = Varchar(length=64, unique=True)
    gathering = reference(Gathering)
    name = Varchar(length=60)
    booking = reference(Booking, null=True)
    joined_at = moment()


class Session(Table, tablename="session"):
    """An open-space session, from the offer to the summary. `number` counts from 1 in a gathering.

    `form_token` makes a second press of the offer button find this session again.
    """

    id: Serial
    gathering = reference(Gathering)
    number = Integer()
    title = Varchar(length=60)
    about = Varchar(length=300)
    host_name = Varchar(length=60)
    offered_by = reference(Joiner, null=True)
    form_token = Varchar(length=64, unique=True)
    offered_at = moment()
    withdrawn_at = moment(null=True)
    round = reference(Round, null=True)
    room = reference(Room, null=True)

    session_numbered_once = Unique(["gathering", "number"])
    session_spot = Unique(["round", "room"])
    session_wholly_placed = Check('("round" IS NULL) = ("room" IS NULL)')


class Star(Table, tablename="star"):
    """One person's interest in one session."""

    id: Serial
    session = reference(Session)
    joiner = reference(Joiner)
    starred_at = moment()

    star_once = Unique(["session", "joiner"])


class Board(Table, tablename="board"):
    """The board's version: one more with every change that people see."""

    id: Serial
    gathering = reference(Gathering)
    version = BigInt(default=0)
    sessions_offered = Integer(default=0)

    board_once = Unique(["gathering"])


class BoardChange(Table, tablename="board_change"):
    """The log for undo, history and the stream. `before` and `after` are spots as JSON text."""

    id: Serial
    gathering = reference(Gathering)
    version = BigInt()
    at = moment()
    account_id = BigInt(null=True, default=None)
    what = Varchar(length=10)
    session = reference(Session)
    before = Text()
    after = Text()

    what_known = one_of("what", CHANGES)
    board_version_once = Unique(["gathering", "version"])
