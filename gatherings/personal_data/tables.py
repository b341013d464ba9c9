"""Complaints, what was erased, and receipts of forgetting. None of them tells who anybody was."""

from piccolo.columns import BigInt, Bytea, Serial, Text, Varchar
from piccolo.table import Table

from gatherings.planning.tables import Series
from web.columns import moment, one_of, reference

ERASED_BY = ("person", "team", "time")


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
    """What one night's forgetting let go: counts by kind as JSON text, without persons."""

    id: Serial
    at = moment()
    counts = Text()


class GatheringNumbers(Table, tablename="gathering_numbers"):
    """Numbers of a past gathering that stay when its people are forgotten, as JSON text."""

    id: Serial
    gathering_id = BigInt(unique=True)
    counts = Text()
    counted_at = moment()
