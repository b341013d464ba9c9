"""Piccolo's list of this room's tables."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from gatherings.access.tables import Consent, ConsentWording, Need, NeedEvent
from gatherings.bookings.tables import Booking, BookingEvent, Draft, Person
from gatherings.people.tables import Account, PasswordLink, Role, SignIn
from gatherings.planning.tables import (
    Gathering,
    GatheringEvent,
    Room,
    RoomFeature,
    Round,
    Series,
    Venue,
    VenueFact,
)

APP_CONFIG = AppConfig(
    app_name="gatherings",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=[
        *(Series, Venue, VenueFact, Room, RoomFeature, Gathering, Round, GatheringEvent),
        *(Account, Role, SignIn, PasswordLink),
        *(Draft, Booking, Person, BookingEvent),
        *(Need, NeedEvent, ConsentWording, Consent),
    ],
)
