"""Complaints, requests, what was erased, receipts of forgetting. None tells who anybody was."""

from piccolo.columns import BigInt, Bytea, Date, Serial, Text, Varchar
from piccolo.constraints import Check
from piccolo.table import Table

from gatherings.bookings.tables import Booking
from gatherings.planning.tables import Series
from web.columns import moment, one_of, reference

ERASED_BY = ("person", "team", "time")
REQUEST_KINDS = ("see", "correct", "delete", "stop")
REQUEST_WAYS = ("phone", "post", "in_person", "email")
REQUEST_STEPS = ("noted", "answered", "opened")


class Complaint(Table, tablename="complaint"):
    """A complaint, sealed and bound to its row by `handle`. We answer within 30 days."""

    id: Serial
    handle = Varchar(length=32, unique=True)
    series = reference(Series, null=True)
    sealed = Bytea()
    made_at = moment()
    acknowledged_at = moment(null=True)
    acknowledged_by = BigInt(null=True, default=None)
    closed_at = moment(null=True)


class DataRequest(Table, tablename="data_request"):
    """That somebody asked about their data by phone, by post or in person, and our answer.

    It has a spoken reference of its own and names nobody; words stand in its history alone.
    """

    id: Serial
    series = reference(Series, null=True)
    booking = reference(Booking, null=True)
    reference = Varchar(length=60, unique=True)
    form_token = Varchar(length=64, unique=True)
    kind = Varchar(length=10)
    came_by = Varchar(length=10)
    arrived_on = Date()
    noted_at = moment()
    answered_on = Date(null=True, default=None)
    answered_by = Varchar(length=10, default="")

    kind_known = one_of("kind", REQUEST_KINDS)
    came_by_known = one_of("came_by", REQUEST_WAYS)
    answered_by_known = one_of("answered_by", ("", *REQUEST_WAYS))
    answered_whole = Check("(answered_on IS NULL) = (answered_by = '')")
    answered_after = Check("answered_on IS NULL OR answered_on >= arrived_on")


class DataRequestEvent(Table, tablename="data_request_event"):
    """History of a request. `sealed_note` is bound to the row by `handle`."""

    id: Serial
    request = reference(DataRequest)
    at = moment()
    account_id = BigInt(null=True, default=None)
    what = Varchar(length=10)
    handle = Varchar(length=32, unique=True)
    sealed_note = Bytea(null=True, default=None)

    what_known = one_of("what", REQUEST_STEPS)


class Erasure(Table, tablename="erasure"):
    """That a booking was erased, so that a restored backup forgets it again.

    `reference_hash` is the SHA-256 of the booking's reference; it finds the booking and names
    nobody.
    """

    id: Serial
    reference_hash = Varchar(length=64, unique=True)
    what = Varchar(length=20, default="booking")
    by_whom = Varchar(length=6, default="person")
    at = moment()

    by_whom_known = one_of("by_whom", ERASED_BY)


class ForgettingReceipt(Table, tablename="forgetting_receipt"):
    """What was forgotten on one day: counts by kind as JSON text, without persons."""

    id: Serial
    at = moment()
    counts = Text()


class GatheringNumbers(Table, tablename="gathering_numbers"):
    """Numbers of a past gathering that stay when its people are forgotten, as JSON text."""

    id: Serial
    gathering_id = BigInt(unique=True)
    counts = Text()
    counted_at = moment()
