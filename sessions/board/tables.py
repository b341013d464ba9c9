"""The open-space board: sessions, their places, stars, and every change with its version."""

from piccolo.columns import BigInt, Boolean, Integer, Serial, Text, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from gatherings.access.tables import SupportPerson
from gatherings.bookings.tables import Booking
from gatherings.planning.tables import Gathering, Room, Round
from web.columns import moment, one_of, reference

CHANGES = (
    *("offered", "placed", "swapped", "unplaced", "changed", "withdrawn", "locked", "unlocked"),
    *("merged", "parted", "announced", "phase", "added", "shown"),
)
MARKS = ("bsl", "captions", "step_free", "loop", "quiet")
PHASES = (
    *(
        "auto",
        "arriving",
        "opening",
        "calling",
        "announcing",
        "placing",
        "market",
        "sessions",
        "closing",
    ),
)
MERGE_STATES = ("proposed", "merged", "parted", "declined")
LONGEST_RUN = 4


class Joiner(Table, tablename="joiner"):
    """A person on the day, known by a cookie alone. Only the SHA-256 of its key is kept.

    `booking` is set when the same browser also holds a booking: its calendar shows their stars.
    `feed_hash` is that of their own calendar's address, made from the cookie and `feed_salt`.
    """

    id: Serial
    key_hash = Varchar(length=64, unique=True)
    gathering = reference(Gathering)
    name = Varchar(length=60)
    booking = reference(Booking, null=True)
    joined_at = moment()
    feed_salt = Varchar(length=64)
    feed_hash = Varchar(length=64, null=True, default=None, unique=True)


class Session(Table, tablename="session"):
    """An open-space session, from the offer to the summary. `number` counts from 1 in a gathering.

    `form_token` makes a second press of the offer button find this session again. `round` and
    `room` are its first spot; SessionPlace has all of them. `marks` are codes of MARKS with
    spaces between. `written_by` wrote the card for its host. A session that was merged into
    another stays whole, so that the two can be parted. `queue` orders the announcing.
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
    length = Integer(default=1)
    marks = Varchar(length=60)
    written_by = Varchar(length=60)
    locked = Boolean(default=False)
    merged_into = BigInt(null=True, default=None)
    repeat_of = BigInt(null=True, default=None)
    queue = BigInt(null=True, default=None)
    announced_at = moment(null=True)

    session_length_right = Check(f'"length" BETWEEN 1 AND {LONGEST_RUN}')
    session_numbered_once = Unique(["gathering", "number"])
    session_spot = Unique(["round", "room"])
    session_wholly_placed = Check('("round" IS NULL) = ("room" IS NULL)')


class SessionPlace(Table, tablename="session_place"):
    """One spot that a session takes; a session over several rounds takes one in each."""

    id: Serial
    session = reference(Session)
    round = reference(Round)
    room = reference(Room)

    place_once = Unique(["round", "room"])
    place_in_round_once = Unique(["session", "round"])


class SessionHost(Table, tablename="session_host"):
    """Somebody who hosts a session. `key` tells hosts apart: a joiner, or a name as written."""

    id: Serial
    session = reference(Session)
    position = Integer()
    name = Varchar(length=60)
    key = Varchar(length=80)

    session_host_once = Unique(["session", "key"])


class HostPlace(Table, tablename="host_place"):
    """A round in which a host is busy: nobody hosts in two rooms at once."""

    id: Serial
    session = reference(Session)
    round = reference(Round)
    key = Varchar(length=80)

    host_in_round_once = Unique(["round", "key"])


class SessionMerge(Table, tablename="session_merge"):
    """Two sessions that may become one, when both hosts say yes. They can be parted again.

    `said_by` is the facilitator who was told by a host what that host wants.
    """

    id: Serial
    handle = Varchar(length=32, unique=True)
    kept = reference(Session)
    joined = reference(Session)
    state = Varchar(length=10, default="proposed")
    kept_agrees = Boolean(default=False)
    joined_agrees = Boolean(default=False)
    said_by = BigInt(null=True, default=None)
    proposed_at = moment()

    merge_state_known = one_of("state", MERGE_STATES)
    merge_of_two = Check('"kept" <> "joined"')


class SessionWish(Table, tablename="session_wish"):
    """What a host asks the facilitators for, such as another time, in their own words."""

    id: Serial
    handle = Varchar(length=32, unique=True)
    session = reference(Session)
    words = Varchar(length=200)
    asked_at = moment()
    answered_at = moment(null=True)


class SupportAssignment(Table, tablename="support_assignment"):
    """An interpreter, captioner or supporter who is with a session.

    `came_with` is the session that became part of it and brought them along.
    """

    id: Serial
    support_person = reference(SupportPerson)
    session = reference(Session)
    assigned_at = moment()
    came_with = BigInt(null=True, default=None)

    support_assigned_once = Unique(["support_person", "session"])


class WentAhead(Table, tablename="went_ahead"):
    """A session in a room that does not have what somebody needs, and why it went there.

    `codes` are the room features that are missing, with spaces between; never whose need it is.
    """

    id: Serial
    session = reference(Session)
    round = reference(Round)
    room = reference(Room)
    codes = Varchar(length=300)
    reason = Varchar(length=300)
    account_id = BigInt(null=True, default=None)
    at = moment()
    told_at = moment(null=True)


class BoardSeen(Table, tablename="board_seen"):
    """The version of a board up to which one of the team has looked at its changes."""

    id: Serial
    gathering = reference(Gathering)
    account_id = BigInt()
    version = BigInt(default=0)

    board_seen_once = Unique(["gathering", "account_id"])


class DayHelper(Table, tablename="day_helper"):
    """A helper for the day, let in by a link: writes cards for others. Only a hash is kept."""

    id: Serial
    key_hash = Varchar(length=64, unique=True)
    gathering = reference(Gathering)
    name = Varchar(length=60)
    made_by = BigInt(null=True, default=None)
    made_at = moment()
    ends_at = moment()
    ended_at = moment(null=True)


class Star(Table, tablename="star"):
    """One person's interest in one session."""

    id: Serial
    session = reference(Session)
    joiner = reference(Joiner)
    starred_at = moment()

    star_once = Unique(["session", "joiner"])


class Board(Table, tablename="board"):
    """The board's version: one more with every change that people see.

    `phase` is where the morning is; "auto" leaves the wall to the clock. `announcing` is the
    session whose card the wall shows large, until `clock_ends_at`. `in_hand` is the session for
    which the wall shows where it fits, and `filling` the round that is being filled. `plan` marks
    the rounds and rooms that were last told to those who watch. `quiet` blanks the wall;
    `stars_hidden` keeps counts from everybody.
    """

    id: Serial
    gathering = reference(Gathering)
    version = BigInt(default=0)
    sessions_offered = Integer(default=0)
    phase = Varchar(length=10, default="auto")
    theme = Varchar(length=200)
    quiet = Boolean(default=False)
    stars_hidden = Boolean(default=False)
    announcing = BigInt(null=True, default=None)
    clock_ends_at = moment(null=True)
    in_hand = BigInt(null=True, default=None)
    filling = BigInt(null=True, default=None)
    plan = Varchar(length=12)

    phase_known = one_of("phase", PHASES)
    board_once = Unique(["gathering"])


class BoardChange(Table, tablename="board_change"):
    """The log for undo, history and the stream. `before` and `after` are spots as JSON text.

    `undoes` is the version that this change took back; `session` is empty when the change is of
    the whole board.
    """

    id: Serial
    gathering = reference(Gathering)
    version = BigInt()
    at = moment()
    account_id = BigInt(null=True, default=None)
    what = Varchar(length=10)
    session = reference(Session, null=True)
    undoes = BigInt(null=True, default=None)
    before = Text()
    after = Text()

    what_known = one_of("what", CHANGES)
    board_version_once = Unique(["gathering", "version"])
