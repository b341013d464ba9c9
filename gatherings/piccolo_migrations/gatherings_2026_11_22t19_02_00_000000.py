"""First tables: drafts, bookings and people."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.schema import statements

ID = "2026-11-22T19:02:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "drafts, bookings and people"

UP = [
    """CREATE TABLE "booking" (
        "id" {id},
        "gathering" BIGINT NOT NULL REFERENCES "gathering" ("id") ON DELETE RESTRICT,
        "reference" VARCHAR(60) NOT NULL,
        "secret_hash" VARCHAR(64) NOT NULL,
        "form_token" VARCHAR(64) NOT NULL,
        "state" VARCHAR(10) NOT NULL,
        "places" INTEGER DEFAULT 0 NOT NULL,
        "contact_name" VARCHAR(200) NOT NULL,
        "contact_way" VARCHAR(10) NOT NULL,
        "contact_detail" TEXT NOT NULL,
        "source" VARCHAR(10) DEFAULT 'web' NOT NULL,
        "entered_by" BIGINT,
        "created_at" TIMESTAMPTZ NOT NULL,
        "cancelled_at" TIMESTAMPTZ,
        CONSTRAINT "state_known" CHECK ("state" IN ('booked', 'waiting', 'cancelled')),
        CONSTRAINT "way_known"
            CHECK ("contact_way" IN ('email', 'phone', 'text', 'post', 'supporter')),
        CONSTRAINT "source_known" CHECK ("source" IN ('web', 'phone', 'paper', 'day')),
        CONSTRAINT "places_positive" CHECK ("places" > 0)
    )""",
    """CREATE UNIQUE INDEX "booking_reference_key" ON "booking" ("reference")""",
    """CREATE UNIQUE INDEX "booking_form_token_key" ON "booking" ("form_token")""",
    """CREATE INDEX "booking_gathering_index" ON "booking" ("gathering")""",
    """CREATE TABLE "draft" (
        "id" {id},
        "key_hash" VARCHAR(64) NOT NULL,
        "gathering" BIGINT NOT NULL REFERENCES "gathering" ("id") ON DELETE RESTRICT,
        "sealed" {bytes} NOT NULL,
        "created_at" TIMESTAMPTZ NOT NULL,
        "expires_at" TIMESTAMPTZ NOT NULL
    )""",
    """CREATE UNIQUE INDEX "draft_key_hash_key" ON "draft" ("key_hash")""",
    """CREATE INDEX "draft_gathering_index" ON "draft" ("gathering")""",
    """CREATE TABLE "booking_event" (
        "id" {id},
        "booking" BIGINT NOT NULL REFERENCES "booking" ("id") ON DELETE RESTRICT,
        "at" TIMESTAMPTZ NOT NULL,
        "account_id" BIGINT,
        "what" VARCHAR(40) NOT NULL
    )""",
    """CREATE INDEX "booking_event_booking_index" ON "booking_event" ("booking")""",
    """CREATE TABLE "person" (
        "id" {id},
        "booking" BIGINT NOT NULL REFERENCES "booking" ("id") ON DELETE RESTRICT,
        "position" INTEGER DEFAULT 0 NOT NULL,
        "role" VARCHAR(10) DEFAULT 'attending' NOT NULL,
        "name" VARCHAR(200) NOT NULL,
        "maybe" BOOLEAN DEFAULT FALSE NOT NULL,
        "help" VARCHAR(10) DEFAULT 'not_asked' NOT NULL,
        "cancelled_at" TIMESTAMPTZ,
        CONSTRAINT "role_known" CHECK ("role" IN ('attending', 'supporting')),
        CONSTRAINT "help_known" CHECK ("help" IN ('not_asked', 'no', 'yes', 'ask', 'talk'))
    )""",
    """CREATE INDEX "person_booking_index" ON "person" ("booking")""",
]


async def forwards() -> MigrationManager:
    """Make the tables."""
    return statements(ID, "gatherings", DESCRIPTION, UP)
