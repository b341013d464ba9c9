"""Every sealed column of every table, and what ties its values to their rows."""

from collections.abc import Callable
from dataclasses import dataclass

from piccolo.columns import Bytea, Varchar
from piccolo.table import Table

from gatherings.access import bindings, needs
from gatherings.access.tables import KeptNeeds, Need, NeedEvent
from gatherings.bookings import booking_secret, drafts, extra_questions, undoing
from gatherings.bookings.tables import Booking, BookingAnswer, BookingUndo, Draft
from gatherings.calendars import calendar_keys
from gatherings.calendars.tables import CalendarKey
from gatherings.letters import writing
from gatherings.letters.tables import Letter
from gatherings.personal_data import complaints, data_request_views
from gatherings.personal_data.tables import Complaint, DataRequestEvent


@dataclass(frozen=True)
class SealedColumn:
    """A column whose values are tied to their rows by what another column of the row says."""

    table: type[Table]
    sealed: Bytea
    named_by: Varchar
    bound_to: Callable[[str], str]

    @property
    def name(self) -> str:
        """As in "access_need.sealed"."""
        return f"{self.table._meta.tablename}.{self.sealed._meta.name}"


SEALED = (
    SealedColumn(Draft, Draft.sealed, Draft.key_hash, drafts.bound_to_hash),
    SealedColumn(Booking, Booking.sealed_secret, Booking.reference, booking_secret.secret_of),
    SealedColumn(BookingUndo, BookingUndo.sealed, BookingUndo.handle, undoing.bound_to),
    SealedColumn(
        BookingAnswer, BookingAnswer.sealed, BookingAnswer.handle, extra_questions.bound_to
    ),
    SealedColumn(Need, Need.sealed, Need.handle, needs.bound_to),
    SealedColumn(NeedEvent, NeedEvent.sealed_note, NeedEvent.handle, bindings.note_bound_to),
    SealedColumn(KeptNeeds, KeptNeeds.sealed, KeptNeeds.handle, bindings.kept_bound_to),
    SealedColumn(Letter, Letter.sealed, Letter.handle, writing.bound_to),
    SealedColumn(CalendarKey, CalendarKey.sealed_key, CalendarKey.key_hash, calendar_keys.bound_to),
    SealedColumn(Complaint, Complaint.sealed, Complaint.handle, complaints.bound_to),
    SealedColumn(
        DataRequestEvent,
        DataRequestEvent.sealed_note,
        DataRequestEvent.handle,
        data_request_views.bound_to,
    ),
)
