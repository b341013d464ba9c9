"""Access needs, each a promise with a state, and the consent to keep them."""

from piccolo.columns import BigInt, Bytea, Date, Serial, Text, Varchar
from piccolo.table import Table

from gatherings.bookings.tables import SOURCES, Booking, Person
from web.columns import moment, one_of, reference

NEED_STATES = ("asked", "talking", "arranged", "agreed", "cannot", "withdrawn")
CONSENT_ANSWERS = ("yes", "no")
VARIANTS = ("plain", "easy")


class Need(Table, tablename="access_need"):
    """One access need of one person.

    `sealed` is AES-256-GCM over {code, catalogue_version, words, strength}, bound to this
    row by `handle`, so that a value moved to another row does not open.
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

    source_known = one_of("source", SOURCES)
    state_known = one_of("state", NEED_STATES)


class NeedEvent(Table, tablename="access_need_event"):
    """Append-only history of a need's state."""

    id: Serial
    need = reference(Need)
    at = moment()
    account_id = BigInt(null=True, default=None)
    from_state = Varchar(length=10)
    to_state = Varchar(length=10)

    to_state_known = one_of("to_state", NEED_STATES)


class ConsentWording(Table, tablename="consent_wording"):
    """The exact words that somebody was shown, kept once by their SHA-256."""

    id: Serial
    sha256 = Varchar(length=64, unique=True)
    words = Text()


class Consent(Table, tablename="consent"):
    """What a party said to keeping its access needs, and to which words it said so."""

    id: Serial
    booking = reference(Booking)
    purpose = Varchar(length=40)
    answer = Varchar(length=3)
    wording = reference(ConsentWording)
    variant = Varchar(length=10, default="plain")
    given_at = moment()
    how = Varchar(length=10, default="web")
    taken_by = BigInt(null=True, default=None)
    withdrawn_at = moment(null=True)

    answer_known = one_of("answer", CONSENT_ANSWERS)
    variant_known = one_of("variant", VARIANTS)
    how_known = one_of("how", SOURCES)
