"""Letters: everything we tell people, by e-mail, on paper or by ringing them."""

from piccolo.columns import BigInt, Bytea, Integer, Serial, Text, Varchar
from piccolo.constraints import Check
from piccolo.table import Table

from gatherings.bookings.tables import WAYS, Booking
from gatherings.people.tables import Account
from gatherings.planning.tables import Gathering
from web.columns import moment, one_of, reference

LETTER_STATES = ("waiting", "sending", "sent", "failed", "by_hand", "told", "dropped")


class Message(Table, tablename="message"):
    """Something an organiser wrote to some of those who booked."""

    id: Serial
    gathering = reference(Gathering)
    account_id = BigInt(null=True, default=None)
    subject = Varchar(length=120)
    words = Text()
    to_whom = Varchar(length=300)
    written_at = moment()


class Letter(Table, tablename="letter"):
    """One letter to one party, or to one of the team.

    `sealed` holds {to, name, subject, text, calendar}, bound to the row by `handle`. `once`
    names what it tells of, so that nothing is told twice. `about` groups the letters of one
    change or message. By e-mail it goes waiting, sending, sent or failed; whatever a person
    must post, ring or text is by_hand until somebody says told; dropped is no longer true.
    """

    id: Serial
    handle = Varchar(length=32, unique=True)
    once = Varchar(length=120, unique=True)
    gathering = reference(Gathering, null=True)
    booking = reference(Booking, null=True)
    account = reference(Account, null=True)
    kind = Varchar(length=20)
    about = Varchar(length=40)
    way = Varchar(length=10)
    sealed = Bytea()
    state = Varchar(length=10, default="waiting")
    written_at = moment()
    next_try_at = moment()
    tries = Integer(default=0)
    claimed_until = moment(null=True)
    sent_at = moment(null=True)
    told_by = BigInt(null=True, default=None)
    server_words = Varchar(length=500)

    state_known = one_of("state", LETTER_STATES)
    way_known = one_of("way", WAYS)
    tries_right = Check('"tries" >= 0')
