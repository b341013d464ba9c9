"""Series, venues, rooms, gatherings and the rounds of their day."""

from piccolo.columns import BigInt, Boolean, Date, Integer, Serial, Text, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from web.columns import moment, one_of, reference

ANSWERS = ("yes", "no", "unknown")
FACT_VALUES = (*ANSWERS, "number")
HOW_CHECKED = ("seen", "phoned", "website", "unknown")
STATES = ("draft", "open", "closed", "cancelled")
ROUND_KINDS = ("open_space", "fixed", "break")
POINTS = ("", "arrive", "early", "meal", "online")
RECORDED = ("", "nothing", "pictures", "sound", "video")


class Series(Table, tablename="series"):
    """Gatherings that belong together. `slug` is its public address and never changes."""

    id: Serial
    slug = Varchar(length=60, unique=True)
    name = Varchar(length=120)
    about = Text()
    created_at = moment()


class Venue(Table, tablename="venue"):
    """A place where gatherings meet."""

    id: Serial
    slug = Varchar(length=60, unique=True)
    series = reference(Series)
    name = Varchar(length=120)
    address = Text()
    directions = Text()
    created_at = moment()


class VenueFact(Table, tablename="venue_fact"):
    """What a venue has for access: yes, no, not known or a number in the fact's own unit.

    With when, by whom and how it was checked.
    """

    id: Serial
    venue = reference(Venue)
    code = Varchar(length=60)
    value = Varchar(length=10, default="unknown")
    detail = Varchar(length=200)
    number = Integer(null=True, default=None)
    checked_on = Date(null=True, default=None)
    checked_by = Varchar(length=120)
    how = Varchar(length=10, default="unknown")

    value_known = one_of("value", FACT_VALUES)
    how_known = one_of("how", HOW_CHECKED)
    number_when_number = Check('("value" = \'number\') = ("number" IS NOT NULL)')
    fact_once = Unique(["venue", "code"])


class FloorPlan(Table, tablename="floor_plan"):
    """A picture of a floor of a venue. It is for everybody once it is described in words.

    `picture` names its files, and the plan in addresses; `upload_sha256` recognises the same
    picture when it is sent twice.
    """

    id: Serial
    venue = reference(Venue)
    floor = Varchar(length=60)
    described = Varchar(length=1000)
    picture = Varchar(length=60, unique=True)
    upload_sha256 = Varchar(length=64)
    width = Integer()
    height = Integer()
    added_at = moment()

    plan_sent_once = Unique(["venue", "upload_sha256"])


class Room(Table, tablename="room"):
    """A space at the venue. Only rooms `for_sessions` are offered on the board.

    A corner that was added on the day belongs to that gathering alone: `only_gathering`.
    """

    id: Serial
    venue = reference(Venue)
    position = Integer()
    name = Varchar(length=60)
    floor = Varchar(length=60)
    capacity = Integer()
    directions = Varchar(length=200)
    for_sessions = Boolean(default=True)
    only_gathering = BigInt(null=True, default=None)

    capacity_positive = Check('"capacity" > 0')
    room_named_once = Unique(["venue", "name"])


class RoomFeature(Table, tablename="room_feature"):
    """What a room has: yes, no or not known, with when, by whom and how it was checked."""

    id: Serial
    room = reference(Room)
    code = Varchar(length=60)
    value = Varchar(length=10, default="unknown")
    checked_on = Date(null=True, default=None)
    checked_by = Varchar(length=120)
    how = Varchar(length=10, default="unknown")

    value_known = one_of("value", ANSWERS)
    how_known = one_of("how", HOW_CHECKED)
    feature_once = Unique(["room", "code"])


class Gathering(Table, tablename="gathering"):
    """One dated meeting. Times are UTC with the IANA `zone` beside them; money is in pence.

    `taken` counts places held and never passes `capacity`. `uid` and `sequence` serve
    calendars: the first never changes, the second rises with time, place or state. An
    `all_day` gathering lasts from midnight to midnight. Free places go to the waiting list by
    themselves until `fill_stops_days` before the start. `remind_*` switch reminders on.
    Needs are deleted `keep_needs_days` after the end. `recorded` is empty while nobody has said
    whether anything is. `papers_sent_at` is when the plan and the papers went before the day.
    """

    id: Serial
    slug = Varchar(length=60, unique=True)
    series = reference(Series)
    venue = reference(Venue)
    name = Varchar(length=120)
    about = Text()
    starts_at = moment()
    ends_at = moment()
    zone = Varchar(length=60, default="Europe/London")
    all_day = Boolean(default=False)
    capacity = Integer()
    taken = Integer(default=0)
    supporters_count = Boolean(default=True)
    cost_pence = Integer(default=0)
    cost_words = Varchar(length=300)
    pays = Text()
    recorded = Varchar(length=10)
    recorded_words = Varchar(length=300)
    papers_sent_at = moment(null=True)
    contact_phone = Varchar(length=40)
    contact_email = Varchar(length=254)
    postal_address = Text()
    go_word = Varchar(length=30)
    fill_stops_days = Integer(default=3)
    remind_14 = Boolean(default=True)
    remind_3 = Boolean(default=True)
    remind_day = Boolean(default=True)
    copied_from = BigInt(null=True, default=None)
    keep_needs_days = Integer(default=28)
    state = Varchar(length=10, default="draft")
    uid = Varchar(length=60, unique=True)
    sequence = Integer(default=0)
    created_at = moment()
    changed_at = moment()

    state_known = one_of("state", STATES)
    places_right = Check('"taken" >= 0 AND "taken" <= "capacity"')
    ends_after_start = Check('"ends_at" > "starts_at"')
    cost_right = Check('"cost_pence" >= 0')
    fill_stops_right = Check('"fill_stops_days" >= 0')
    recorded_known = one_of("recorded", RECORDED)
    keep_needs_right = Check('"keep_needs_days" BETWEEN 7 AND 90')


class Round(Table, tablename="round"):
    """A time on the day's plan: open space in rooms side by side, something fixed, or a break.

    `about` says what happens in it, for those who want to know before and those who interpret it.
    `point` says what people count on at this time, such as a meal; it is empty for most parts.
    """

    id: Serial
    gathering = reference(Gathering)
    number = Integer()
    name = Varchar(length=60)
    about = Varchar(length=500)
    kind = Varchar(length=12, default="open_space")
    point = Varchar(length=10)
    starts_at = moment()
    ends_at = moment()

    kind_known = one_of("kind", ROUND_KINDS)
    point_known = one_of("point", POINTS)
    round_numbered_once = Unique(["gathering", "number"])
    round_ends_after_start = Check('"ends_at" > "starts_at"')


class GatheringEvent(Table, tablename="gathering_event"):
    """History of a gathering: who did what to which fields, never the words themselves."""

    id: Serial
    gathering = reference(Gathering)
    at = moment()
    account_id = BigInt(null=True, default=None)
    what = Varchar(length=40)
    fields = Varchar(length=300)
