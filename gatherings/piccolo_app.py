"""Piccolo's list of this room's tables."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from gatherings.access.tables import (
    Arrangement,
    ArrangementNeed,
    BadgeNumber,
    Consent,
    ConsentWording,
    Deputy,
    KeptNeeds,
    Look,
    Need,
    NeedEvent,
    PublishedNumbers,
    ReportMade,
    SupportPerson,
    SupportRound,
)
from gatherings.bookings.tables import (
    Booking,
    BookingAnswer,
    BookingEvent,
    BookingQuestion,
    BookingUndo,
    Draft,
    Person,
)
from gatherings.calendars.tables import CalendarKey
from gatherings.letters.tables import Letter, Message
from gatherings.people.tables import Account, PasswordLink, Role, SignIn
from gatherings.personal_data.tables import (
    Complaint,
    DataRequest,
    DataRequestEvent,
    Erasure,
    ForgettingReceipt,
    GatheringNumbers,
)
from gatherings.planning.tables import (
    FloorPlan,
    Gathering,
    GatheringEvent,
    Room,
    RoomFeature,
    Round,
    Series,
    Venue,
    VenueFact,
)
from gatherings.wording.tables import GlossaryWord

APP_CONFIG = AppConfig(
    app_name="gatherings",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=[
        *(Series, Venue, VenueFact, FloorPlan, Room, RoomFeature, Gathering, Round, GatheringEvent),
        *(Account, Role, SignIn, PasswordLink),
        *(Draft, Booking, Person, BookingEvent, BookingUndo, BookingQuestion, BookingAnswer),
        *(Message, Letter, CalendarKey),
        *(GlossaryWord,),
        *(Need, NeedEvent, ConsentWording, Consent, Arrangement, ArrangementNeed),
        *(SupportPerson, SupportRound, Deputy, Look, KeptNeeds),
        *(ReportMade, BadgeNumber, PublishedNumbers),
        *(Complaint, DataRequest, DataRequestEvent),
        *(Erasure, ForgettingReceipt, GatheringNumbers),
    ],
)
