"""Access needs, each a promise with a state, and the consent to keep them."""

from piccolo.columns import BigInt, Boolean, Bytea, Date, Integer, Serial, Text, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from gatherings.bookings.tables import SOURCES, Booking, Person
from gatherings.people.tables import Account
from gatherings.planning.tables import Gathering, Round
from web.columns import moment, one_of, reference

NEED_STATES = ("asked", "talking", "arranged", "agreed", "cannot", "withdrawn")
OUTCOMES = ("", "met", "partly", "not_met", "not_needed")
HOW_TOLD = ("", "email", "phone", "letter", "in_person", "page")
WHY_NOT = ("", "nobody", "venue", "late", "money", "other")
WENT_WRONG = ("", "late", "missing", "broken", "forgotten", "other")
ARRANGEMENT_STATES = ("wanted", "asked", "confirmed", "cancelled")
SUPPORT_ROLES = (
    *("bsl", "sttr", "lipspeaker", "deafblind_guide", "spoken_interpreter", "notetaker"),
    *("supporter", "guide", "greeter", "quiet_host", "evac_buddy", "first_aider", "artist"),
)
SUPPORT_STATES = ("asked", "held", "confirmed", "stood_down")
CONSENT_ANSWERS = ("yes", "no")
REPORTS = ("venue", "caterer", "brief", "greeters", "fire")
VARIANTS = ("plain", "easy")


class Need(Table, tablename="access_need"):
    """One access need of one person.

    `sealed` is AES-256-GCM over {code, catalogue_version, words, strength, group,
    arrives}, bound to this row by `handle`, so that a value moved to another row does not open.
    `owner` is the account that looks after it. `told_on` is when the person was told that we
    cannot do it, and `why_not` what kind of reason we had. `outcome` is the person's own answer
    afterwards, and `went_wrong` what kind of thing they say was wrong: for the team alone.
    """

    id: Serial
    handle = Varchar(length=32, unique=True)
    person = reference(Person)
    sealed = Bytea()
    source = Varchar(length=10, default="web")
    entered_by = BigInt(null=True, default=None)
    asked_at = moment()
    due_on = Date()
    state = Varchar(length=10, default="asked")
    state_at = moment()
    owner = BigInt(null=True, default=None)
    agreed_how = Varchar(length=10)
    told_on = Date(null=True, default=None)
    why_not = Varchar(length=10)
    outcome = Varchar(length=10)
    outcome_at = moment(null=True)
    went_wrong = Varchar(length=10)

    agreed_how_known = one_of("agreed_how", HOW_TOLD)
    outcome_known = one_of("outcome", OUTCOMES)
    source_known = one_of("source", SOURCES)
    went_wrong_known = one_of("went_wrong", WENT_WRONG)
    state_known = one_of("state", NEED_STATES)
    why_not_known = one_of("why_not", WHY_NOT)


class NeedEvent(Table, tablename="access_need_event"):
    """Append-only history of a need's state.

    `by_person` says that they changed it themselves. `sealed_note` is a reason or what we
    offered instead, bound to the row by `handle`; it is empty when nothing was written.
    """

    id: Serial
    need = reference(Need)
    at = moment()
    account_id = BigInt(null=True, default=None)
    by_person = Boolean(default=False)
    how = Varchar(length=10)
    handle = Varchar(length=32)
    sealed_note = Bytea(null=True, default=None)
    from_state = Varchar(length=10)
    to_state = Varchar(length=10)

    to_state_known = one_of("to_state", NEED_STATES)


class ConsentWording(Table, tablename="consent_wording"):
    """The exact words that somebody was shown, kept once by their SHA-256."""

    id: Serial
    sha256 = Varchar(length=64, unique=True)
    words = Text()


class Consent(Table, tablename="consent"):
    """What a party said to one purpose, and to which words it said so.

    `of_person` is the position of the one in the party whom it is about; 0 is the whole party.
    """

    id: Serial
    booking = reference(Booking)
    purpose = Varchar(length=40)
    of_person = Integer(default=0)
    answer = Varchar(length=3)
    wording = reference(ConsentWording)
    variant = Varchar(length=10, default="plain")
    given_at = moment()
    how = Varchar(length=10, default="web")
    taken_by = BigInt(null=True, default=None)
    helped_by = Varchar(length=120)
    withdrawn_at = moment(null=True)

    answer_known = one_of("answer", CONSENT_ANSWERS)
    variant_known = one_of("variant", VARIANTS)
    how_known = one_of("how", SOURCES)


class Arrangement(Table, tablename="arrangement"):
    """What meets one or many needs: one loop hire, two interpreters for the day. Money in pence.

    `kind` is a resource or feature code of the catalogue, or empty. It names no person in need.
    `claimed_on` and `paid_on` are when a claim was raised and paid; bank details stand nowhere.
    """

    id: Serial
    handle = Varchar(length=32, unique=True)
    gathering = reference(Gathering)
    kind = Varchar(length=40)
    what = Varchar(length=200)
    supplier = Varchar(length=200)
    supplier_reference = Varchar(length=120)
    cost_pence = Integer(default=0)
    state = Varchar(length=10, default="wanted")
    claimed_on = Date(null=True, default=None)
    paid_on = Date(null=True, default=None)
    made_at = moment()
    changed_at = moment()

    state_known = one_of("state", ARRANGEMENT_STATES)
    cost_right = Check('"cost_pence" >= 0')


class ArrangementNeed(Table, tablename="arrangement_need"):
    """Which needs an arrangement meets."""

    id: Serial
    arrangement = reference(Arrangement)
    need = reference(Need)

    arrangement_need_once = Unique(["arrangement", "need"])


class SupportPerson(Table, tablename="support_person"):
    """Somebody who makes taking part possible on the day: an interpreter, a captioner, a guide.

    `pair_with` is the other one of a pair, `longest_minutes` the longest stretch without a
    change or a break; 0 means that nothing was said. The board plans with them.
    """

    id: Serial
    handle = Varchar(length=32, unique=True)
    gathering = reference(Gathering)
    role = Varchar(length=20)
    name = Varchar(length=120)
    organisation = Varchar(length=120)
    contact = Varchar(length=254)
    languages = Varchar(length=120)
    register_number = Varchar(length=60)
    pair_with = BigInt(null=True, default=None)
    longest_minutes = Integer(default=0)
    state = Varchar(length=10, default="asked")
    arrangement = reference(Arrangement, null=True)
    made_at = moment()

    role_known = one_of("role", SUPPORT_ROLES)
    state_known = one_of("state", SUPPORT_STATES)
    longest_right = Check('"longest_minutes" >= 0')


class SupportRound(Table, tablename="support_round"):
    """A round in which somebody is available."""

    id: Serial
    support_person = reference(SupportPerson)
    round = reference(Round)

    support_round_once = Unique(["support_person", "round"])


class Deputy(Table, tablename="access_deputy"):
    """An account that may open needs of one gathering beside the access leads."""

    id: Serial
    gathering = reference(Gathering)
    account = reference(Account)
    named_by = BigInt(null=True, default=None)
    named_at = moment()
    ended_at = moment(null=True)


class Look(Table, tablename="access_look"):
    """One opening of a party's needs: who, when, on which screen. Never what it said."""

    id: Serial
    booking = reference(Booking)
    account_id = BigInt()
    screen = Varchar(length=60)
    at = moment()


class KeptNeeds(Table, tablename="kept_needs"):
    """Needs kept for the next gathering, with a separate yes, sealed and bound to `handle`.

    Found through the booking that they came from; deleted on `forget_on`, 13 months later at
    the latest.
    """

    id: Serial
    handle = Varchar(length=32, unique=True)
    booking = reference(Booking)
    sealed = Bytea()
    kept_at = moment()
    forget_on = Date()


class ReportMade(Table, tablename="report_made"):
    """A report that was made to be handed on: which, by whom, when, and to whom in words."""

    id: Serial
    gathering = reference(Gathering)
    report = Varchar(length=20)
    account_id = BigInt()
    recipient = Varchar(length=120)
    at = moment()

    report_known = one_of("report", REPORTS)


class BadgeNumber(Table, tablename="badge_number"):
    """A number on somebody's badge, so that a kitchen can find them without knowing a name.

    `person` is an id that nothing holds in place: the number of an erased person is nobody's.
    """

    id: Serial
    gathering = reference(Gathering)
    person = BigInt()
    number = Integer()

    badge_number_positive = Check('"number" > 0')
    badge_number_once = Unique(["gathering", "number"])
    badge_number_each = Unique(["person"])


class PublishedNumbers(Table, tablename="published_numbers"):
    """What a gathering tells everybody about its promises, once. `cells` are rounded, as JSON."""

    id: Serial
    gathering = reference(Gathering)
    cells = Text()
    account_id = BigInt()
    at = moment()

    published_numbers_once = Unique(["gathering"])
