"""Drafts, bookings and the people in each party."""

from piccolo.columns import BigInt, Boolean, Bytea, Date, Integer, Serial, Text, Varchar
from piccolo.constraints import Check
from piccolo.table import Table

from gatherings.planning.tables import Gathering
from web.columns import moment, one_of, reference

BOOKING_STATES = ("booked", "waiting", "offered", "lapsed", "cancelled")
WAYS = ("email", "phone", "text", "post", "supporter")
SOURCES = ("web", "phone", "paper", "day")
PERSON_ROLES = ("attending", "supporting")
HELP_ANSWERS = ("not_asked", "no", "yes", "ask", "talk")
FOR_WHOM = ("me", "us", "other")
USE_ANSWERS = ("yes", "no", "ask")
USES = ("photo", "photo_web", "photo_social", "photo_print", "named", "quoted")
FIRST_TIME = ("yes", "no", "unknown")
QUESTION_KINDS = ("short", "long", "one", "some", "yes_no")
AUDIENCES = ("team", "access_lead", "kitchen", "door")


class Draft(Table, tablename="draft"):
    """A booking being written. Its answers are sealed; the browser's cookie finds it.

    `code_hash` is of the spoken code with which it is found again on another device.
    """

    id: Serial
    key_hash = Varchar(length=64, unique=True)
    gathering = reference(Gathering)
    sealed = Bytea()
    code_hash = Varchar(length=64, null=True, default=None, unique=True)
    created_at = moment()
    expires_at = moment()


class Booking(Table, tablename="booking"):
    """A party with one contact, a spoken reference and a secret link.

    The link's secret opens by its hash; `sealed_secret` lets letters carry the link.
    `places` is what the whole party takes of the gathering's places, `held` what it holds now:
    all of them when booked, what is kept for it while offered, else none. `taken` of the
    gathering is always the sum of `held`. `fewer` is the smallest number of places they would
    also come with; 0 means all or none. `form_token` makes a second press of the last button
    find this booking instead of making another.
    """

    id: Serial
    gathering = reference(Gathering)
    reference = Varchar(length=60, unique=True)
    secret_hash = Varchar(length=64)
    sealed_secret = Bytea(null=True, default=None)
    form_token = Varchar(length=64, unique=True)
    state = Varchar(length=10)
    places = Integer()
    held = Integer(default=0)
    fewer = Integer(default=0)
    waiting_since = moment(null=True)
    offer_ends_at = moment(null=True)
    for_whom = Varchar(length=5, default="me")
    asker_is = Varchar(length=120)
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
    for_whom_known = one_of("for_whom", FOR_WHOM)
    places_positive = Check('"places" > 0')
    held_right = Check('"held" >= 0 AND "held" <= "places"')
    held_by_state = Check(
        '("state" = \'booked\' AND "held" = "places")'
        ' OR ("state" = \'offered\' AND "held" > 0)'
        " OR (\"state\" IN ('waiting', 'lapsed', 'cancelled') AND \"held\" = 0)"
    )


class Person(Table, tablename="person"):
    """Somebody in a party, attending or supporting. A supporter may be unnamed, or not sure yet.

    `help` is the answer to "Would anything help?": without it, "no needs" and "we have not
    asked" would look the same. `photo` says whether we may photograph them for our own records;
    `photo_web`, `photo_social` and `photo_print` where photographs may be shown; `named` and
    `quoted` whether we may publish their name and their words. `stand_in` is set with
    `arrived_at` when another supporter came instead of this one.
    """

    id: Serial
    booking = reference(Booking)
    position = Integer()
    role = Varchar(length=10, default="attending")
    name = Varchar(length=200)
    maybe = Boolean(default=False)
    help = Varchar(length=10, default="not_asked")
    badge = Varchar(length=60)
    photo = Varchar(length=3, default="no")
    photo_web = Varchar(length=3, default="no")
    photo_social = Varchar(length=3, default="no")
    photo_print = Varchar(length=3, default="no")
    named = Varchar(length=3, default="no")
    quoted = Varchar(length=3, default="no")
    first_time = Varchar(length=7, default="unknown")
    arrived_at = moment(null=True)
    stand_in = Boolean(default=False)
    cancelled_at = moment(null=True)

    role_known = one_of("role", PERSON_ROLES)
    help_known = one_of("help", HELP_ANSWERS)
    photo_known = one_of("photo", USE_ANSWERS)
    photo_web_known = one_of("photo_web", USE_ANSWERS)
    photo_social_known = one_of("photo_social", USE_ANSWERS)
    photo_print_known = one_of("photo_print", USE_ANSWERS)
    named_known = one_of("named", USE_ANSWERS)
    quoted_known = one_of("quoted", USE_ANSWERS)
    first_time_known = one_of("first_time", FIRST_TIME)


class BookingEvent(Table, tablename="booking_event"):
    """History of a booking: what happened and when, never what was answered."""

    id: Serial
    booking = reference(Booking)
    at = moment()
    account_id = BigInt(null=True, default=None)
    person_id = BigInt(null=True, default=None)
    what = Varchar(length=40)


class BookingUndo(Table, tablename="booking_undo"):
    """What a booking was before a change, so that the change can be undone until `ends_at`.

    `sealed` is bound to the row by `handle`.
    """

    id: Serial
    handle = Varchar(length=32, unique=True)
    booking = reference(Booking)
    what = Varchar(length=40)
    sealed = Bytea()
    made_at = moment()
    ends_at = moment()
    used_at = moment(null=True)


class BookingQuestion(Table, tablename="booking_question"):
    """A question of the organiser's own. `choices` has one choice on each line.

    `why` is shown with it, `audience` says who reads the answers, which go on `forget_on`.
    """

    id: Serial
    gathering = reference(Gathering)
    position = Integer()
    kind = Varchar(length=6, default="short")
    asks = Varchar(length=200)
    why = Varchar(length=300)
    choices = Text()
    each_person = Boolean(default=False)
    audience = Varchar(length=11, default="team")
    forget_on = Date()
    removed_at = moment(null=True)

    kind_known = one_of("kind", QUESTION_KINDS)
    audience_known = one_of("audience", AUDIENCES)


class BookingAnswer(Table, tablename="booking_answer"):
    """An answer to such a question, sealed and bound to its row by `handle`.

    `person` is empty when the party answers once.
    """

    id: Serial
    handle = Varchar(length=32, unique=True)
    question = reference(BookingQuestion)
    booking = reference(Booking)
    person = reference(Person, null=True)
    sealed = Bytea()
