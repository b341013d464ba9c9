"""Parties, offers from the waiting list, the door, all-day gatherings and reminders."""

import re

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.schema import rebuild, statements

ID = "2026-11-22T22:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "wider bookings and gatherings"

UP = [
    """ALTER TABLE "draft" ADD COLUMN "code_hash" VARCHAR(64)""",
    """CREATE UNIQUE INDEX "draft_code_hash_key" ON "draft" ("code_hash")""",
    """ALTER TABLE "booking_event" ADD COLUMN "person_id" BIGINT""",
]

GATHERING = """CREATE TABLE "gathering" (
    "id" {id},
    "slug" VARCHAR(60) NOT NULL,
    "series" BIGINT NOT NULL REFERENCES "series" ("id") ON DELETE RESTRICT,
    "venue" BIGINT NOT NULL REFERENCES "venue" ("id") ON DELETE RESTRICT,
    "name" VARCHAR(120) NOT NULL,
    "about" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ NOT NULL,
    "ends_at" TIMESTAMPTZ NOT NULL,
    "zone" VARCHAR(60) DEFAULT 'Europe/London' NOT NULL,
    "all_day" BOOLEAN DEFAULT FALSE NOT NULL,
    "capacity" INTEGER DEFAULT 0 NOT NULL,
    "taken" INTEGER DEFAULT 0 NOT NULL,
    "supporters_count" BOOLEAN DEFAULT TRUE NOT NULL,
    "cost_pence" INTEGER DEFAULT 0 NOT NULL,
    "cost_words" VARCHAR(300) NOT NULL,
    "contact_phone" VARCHAR(40) NOT NULL,
    "contact_email" VARCHAR(254) NOT NULL,
    "postal_address" TEXT NOT NULL,
    "go_word" VARCHAR(30) NOT NULL,
    "fill_stops_days" INTEGER DEFAULT 3 NOT NULL,
    "remind_14" BOOLEAN DEFAULT TRUE NOT NULL,
    "remind_3" BOOLEAN DEFAULT TRUE NOT NULL,
    "remind_day" BOOLEAN DEFAULT TRUE NOT NULL,
    "copied_from" BIGINT,
    "state" VARCHAR(10) DEFAULT 'draft' NOT NULL,
    "uid" VARCHAR(60) NOT NULL,
    "sequence" INTEGER DEFAULT 0 NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "changed_at" TIMESTAMPTZ NOT NULL,
    CONSTRAINT "state_known" CHECK ("state" IN ('draft', 'open', 'closed', 'cancelled')),
    CONSTRAINT "places_right" CHECK ("taken" >= 0 AND "taken" <= "capacity"),
    CONSTRAINT "ends_after_start" CHECK ("ends_at" > "starts_at"),
    CONSTRAINT "cost_right" CHECK ("cost_pence" >= 0),
    CONSTRAINT "fill_stops_right" CHECK ("fill_stops_days" >= 0)
)"""

BOOKING = """CREATE TABLE "booking" (
    "id" {id},
    "gathering" BIGINT NOT NULL REFERENCES "gathering" ("id") ON DELETE RESTRICT,
    "reference" VARCHAR(60) NOT NULL,
    "secret_hash" VARCHAR(64) NOT NULL,
    "sealed_secret" {bytes},
    "form_token" VARCHAR(64) NOT NULL,
    "state" VARCHAR(10) NOT NULL,
    "places" INTEGER DEFAULT 0 NOT NULL,
    "held" INTEGER DEFAULT 0 NOT NULL,
    "fewer" INTEGER DEFAULT 0 NOT NULL,
    "waiting_since" TIMESTAMPTZ,
    "offer_ends_at" TIMESTAMPTZ,
    "for_whom" VARCHAR(5) DEFAULT 'me' NOT NULL,
    "asker_is" VARCHAR(120) NOT NULL,
    "contact_name" VARCHAR(200) NOT NULL,
    "contact_way" VARCHAR(10) NOT NULL,
    "contact_detail" TEXT NOT NULL,
    "source" VARCHAR(10) DEFAULT 'web' NOT NULL,
    "entered_by" BIGINT,
    "created_at" TIMESTAMPTZ NOT NULL,
    "cancelled_at" TIMESTAMPTZ,
    CONSTRAINT "state_known"
        CHECK ("state" IN ('booked', 'waiting', 'offered', 'lapsed', 'cancelled')),
    CONSTRAINT "way_known"
        CHECK ("contact_way" IN ('email', 'phone', 'text', 'post', 'supporter')),
    CONSTRAINT "source_known" CHECK ("source" IN ('web', 'phone', 'paper', 'day')),
    CONSTRAINT "for_whom_known" CHECK ("for_whom" IN ('me', 'us', 'other')),
    CONSTRAINT "places_positive" CHECK ("places" > 0),
    CONSTRAINT "held_right" CHECK ("held" >= 0 AND "held" <= "places"),
    CONSTRAINT "held_by_state"
        CHECK (("state" = 'booked' AND "held" = "places")
            OR ("state" = 'offered' AND "held" > 0)
            OR ("state" IN ('waiting', 'lapsed', 'cancelled') AND "held" = 0))
)"""

PERSON = """CREATE TABLE "person" (
    "id" {id},
    "booking" BIGINT NOT NULL REFERENCES "booking" ("id") ON DELETE RESTRICT,
    "position" INTEGER DEFAULT 0 NOT NULL,
    "role" VARCHAR(10) DEFAULT 'attending' NOT NULL,
    "name" VARCHAR(200) NOT NULL,
    "maybe" BOOLEAN DEFAULT FALSE NOT NULL,
    "help" VARCHAR(10) DEFAULT 'not_asked' NOT NULL,
    "badge" VARCHAR(60) NOT NULL,
    "photo" VARCHAR(3) DEFAULT 'no' NOT NULL,
    "named" VARCHAR(3) DEFAULT 'no' NOT NULL,
    "quoted" VARCHAR(3) DEFAULT 'no' NOT NULL,
    "first_time" VARCHAR(7) DEFAULT 'unknown' NOT NULL,
    "arrived_at" TIMESTAMPTZ,
    "cancelled_at" TIMESTAMPTZ,
    CONSTRAINT "role_known" CHECK ("role" IN ('attending', 'supporting')),
    CONSTRAINT "help_known" CHECK ("help" IN ('not_asked', 'no', 'yes', 'ask', 'talk')),
    CONSTRAINT "photo_known" CHECK ("photo" IN ('yes', 'no', 'ask')),
    CONSTRAINT "named_known" CHECK ("named" IN ('yes', 'no', 'ask')),
    CONSTRAINT "quoted_known" CHECK ("quoted" IN ('yes', 'no', 'ask')),
    CONSTRAINT "first_time_known" CHECK ("first_time" IN ('yes', 'no', 'unknown'))
)"""


def _copied(create: str, new: dict[str, str]) -> dict[str, str]:
    """Every column is copied as it was, except those that are new."""
    names = re.findall(r'^ *"(\w+)" ', create, re.MULTILINE)
    return {name: new.get(name, f'"{name}"') for name in names}


NEW = {
    "gathering": {
        "all_day": "FALSE",
        "fill_stops_days": "3",
        "remind_14": "TRUE",
        "remind_3": "TRUE",
        "remind_day": "TRUE",
        "copied_from": "NULL",
    },
    "booking": {
        "sealed_secret": "NULL",
        "held": "CASE state WHEN 'booked' THEN places ELSE 0 END",
        "fewer": "0",
        "waiting_since": "CASE state WHEN 'waiting' THEN created_at END",
        "offer_ends_at": "NULL",
        "for_whom": "'me'",
        "asker_is": "''",
    },
    "person": {
        "badge": "''",
        "photo": "'no'",
        "named": "'no'",
        "quoted": "'no'",
        "first_time": "'unknown'",
        "arrived_at": "NULL",
    },
}
SQLITE = [
    *rebuild(
        "gathering",
        GATHERING,
        _copied(GATHERING, NEW["gathering"]),
        [
            """CREATE UNIQUE INDEX "gathering_slug_key" ON "gathering" ("slug")""",
            """CREATE UNIQUE INDEX "gathering_uid_key" ON "gathering" ("uid")""",
            """CREATE INDEX "gathering_series_index" ON "gathering" ("series")""",
            """CREATE INDEX "gathering_venue_index" ON "gathering" ("venue")""",
        ],
    ),
    *rebuild(
        "booking",
        BOOKING,
        _copied(BOOKING, NEW["booking"]),
        [
            """CREATE UNIQUE INDEX "booking_reference_key" ON "booking" ("reference")""",
            """CREATE UNIQUE INDEX "booking_form_token_key" ON "booking" ("form_token")""",
            """CREATE INDEX "booking_gathering_index" ON "booking" ("gathering")""",
        ],
    ),
    *rebuild(
        "person",
        PERSON,
        _copied(PERSON, NEW["person"]),
        [
            """CREATE INDEX "person_booking_index" ON "person" ("booking")""",
        ],
    ),
]
POSTGRES = [
    """ALTER TABLE "gathering" ADD COLUMN "all_day" BOOLEAN DEFAULT FALSE NOT NULL""",
    """ALTER TABLE "gathering" ADD COLUMN "fill_stops_days" INTEGER DEFAULT 3 NOT NULL""",
    """ALTER TABLE "gathering" ADD COLUMN "remind_14" BOOLEAN DEFAULT TRUE NOT NULL""",
    """ALTER TABLE "gathering" ADD COLUMN "remind_3" BOOLEAN DEFAULT TRUE NOT NULL""",
    """ALTER TABLE "gathering" ADD COLUMN "remind_day" BOOLEAN DEFAULT TRUE NOT NULL""",
    """ALTER TABLE "gathering" ADD COLUMN "copied_from" BIGINT""",
    """ALTER TABLE "gathering" ADD CONSTRAINT "fill_stops_right"
        CHECK ("fill_stops_days" >= 0)""",
    """ALTER TABLE "booking" ADD COLUMN "sealed_secret" {bytes}""",
    """ALTER TABLE "booking" ADD COLUMN "held" INTEGER DEFAULT 0 NOT NULL""",
    """ALTER TABLE "booking" ADD COLUMN "fewer" INTEGER DEFAULT 0 NOT NULL""",
    """ALTER TABLE "booking" ADD COLUMN "waiting_since" TIMESTAMPTZ""",
    """ALTER TABLE "booking" ADD COLUMN "offer_ends_at" TIMESTAMPTZ""",
    """ALTER TABLE "booking" ADD COLUMN "for_whom" VARCHAR(5) DEFAULT 'me' NOT NULL""",
    """ALTER TABLE "booking" ADD COLUMN "asker_is" VARCHAR(120) DEFAULT '' NOT NULL""",
    """ALTER TABLE "booking" ALTER COLUMN "asker_is" DROP DEFAULT""",
    """UPDATE booking SET held = places WHERE state = 'booked'""",
    """UPDATE booking SET waiting_since = created_at WHERE state = 'waiting'""",
    'ALTER TABLE "booking" DROP CONSTRAINT "state_known"',
    """ALTER TABLE "booking" ADD CONSTRAINT "state_known"
        CHECK ("state" IN ('booked', 'waiting', 'offered', 'lapsed', 'cancelled'))""",
    """ALTER TABLE "booking" ADD CONSTRAINT "for_whom_known"
        CHECK ("for_whom" IN ('me', 'us', 'other'))""",
    """ALTER TABLE "booking" ADD CONSTRAINT "held_right"
        CHECK ("held" >= 0 AND "held" <= "places")""",
    """ALTER TABLE "booking" ADD CONSTRAINT "held_by_state"
        CHECK (("state" = 'booked' AND "held" = "places")
                OR ("state" = 'offered' AND "held" > 0)
                OR ("state" IN ('waiting', 'lapsed', 'cancelled') AND "held" = 0))""",
    """ALTER TABLE "person" ADD COLUMN "badge" VARCHAR(60) DEFAULT '' NOT NULL""",
    """ALTER TABLE "person" ALTER COLUMN "badge" DROP DEFAULT""",
    """ALTER TABLE "person" ADD COLUMN "photo" VARCHAR(3) DEFAULT 'no' NOT NULL""",
    """ALTER TABLE "person" ADD COLUMN "named" VARCHAR(3) DEFAULT 'no' NOT NULL""",
    """ALTER TABLE "person" ADD COLUMN "quoted" VARCHAR(3) DEFAULT 'no' NOT NULL""",
    """ALTER TABLE "person" ADD COLUMN "first_time" VARCHAR(7) DEFAULT 'unknown' NOT NULL""",
    """ALTER TABLE "person" ADD COLUMN "arrived_at" TIMESTAMPTZ""",
    """ALTER TABLE "person" ADD CONSTRAINT "photo_known"
        CHECK ("photo" IN ('yes', 'no', 'ask'))""",
    """ALTER TABLE "person" ADD CONSTRAINT "named_known"
        CHECK ("named" IN ('yes', 'no', 'ask'))""",
    """ALTER TABLE "person" ADD CONSTRAINT "quoted_known"
        CHECK ("quoted" IN ('yes', 'no', 'ask'))""",
    """ALTER TABLE "person" ADD CONSTRAINT "first_time_known"
        CHECK ("first_time" IN ('yes', 'no', 'unknown'))""",
]


async def forwards() -> MigrationManager:
    """Widen the tables."""
    return statements(ID, "gatherings", DESCRIPTION, UP, sqlite=SQLITE, postgres=POSTGRES)
