"""First tables: series, venues, rooms, gatherings and the day plan."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.schema import statements

ID = "2026-11-22T19:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "series, venues, rooms, gatherings and the day plan"

UP = [
    """CREATE TABLE "series" (
        "id" {id},
        "slug" VARCHAR(60) NOT NULL,
        "name" VARCHAR(120) NOT NULL,
        "about" TEXT NOT NULL,
        "created_at" TIMESTAMPTZ NOT NULL
    )""",
    """CREATE UNIQUE INDEX "series_slug_key" ON "series" ("slug")""",
    """CREATE TABLE "venue" (
        "id" {id},
        "slug" VARCHAR(60) NOT NULL,
        "series" BIGINT NOT NULL REFERENCES "series" ("id") ON DELETE RESTRICT,
        "name" VARCHAR(120) NOT NULL,
        "address" TEXT NOT NULL,
        "directions" TEXT NOT NULL,
        "created_at" TIMESTAMPTZ NOT NULL
    )""",
    """CREATE UNIQUE INDEX "venue_slug_key" ON "venue" ("slug")""",
    """CREATE INDEX "venue_series_index" ON "venue" ("series")""",
    """CREATE TABLE "gathering" (
        "id" {id},
        "slug" VARCHAR(60) NOT NULL,
        "series" BIGINT NOT NULL REFERENCES "series" ("id") ON DELETE RESTRICT,
        "venue" BIGINT NOT NULL REFERENCES "venue" ("id") ON DELETE RESTRICT,
        "name" VARCHAR(120) NOT NULL,
        "about" TEXT NOT NULL,
        "starts_at" TIMESTAMPTZ NOT NULL,
        "ends_at" TIMESTAMPTZ NOT NULL,
        "zone" VARCHAR(60) DEFAULT 'Europe/London' NOT NULL,
        "capacity" INTEGER DEFAULT 0 NOT NULL,
        "taken" INTEGER DEFAULT 0 NOT NULL,
        "supporters_count" BOOLEAN DEFAULT TRUE NOT NULL,
        "cost_pence" INTEGER DEFAULT 0 NOT NULL,
        "cost_words" VARCHAR(300) NOT NULL,
        "contact_phone" VARCHAR(40) NOT NULL,
        "contact_email" VARCHAR(254) NOT NULL,
        "postal_address" TEXT NOT NULL,
        "go_word" VARCHAR(30) NOT NULL,
        "state" VARCHAR(10) DEFAULT 'draft' NOT NULL,
        "uid" VARCHAR(60) NOT NULL,
        "sequence" INTEGER DEFAULT 0 NOT NULL,
        "created_at" TIMESTAMPTZ NOT NULL,
        "changed_at" TIMESTAMPTZ NOT NULL,
        CONSTRAINT "state_known" CHECK ("state" IN ('draft', 'open', 'closed', 'cancelled')),
        CONSTRAINT "places_right" CHECK ("taken" >= 0 AND "taken" <= "capacity"),
        CONSTRAINT "ends_after_start" CHECK ("ends_at" > "starts_at"),
        CONSTRAINT "cost_right" CHECK ("cost_pence" >= 0)
    )""",
    """CREATE UNIQUE INDEX "gathering_slug_key" ON "gathering" ("slug")""",
    """CREATE UNIQUE INDEX "gathering_uid_key" ON "gathering" ("uid")""",
    """CREATE INDEX "gathering_series_index" ON "gathering" ("series")""",
    """CREATE INDEX "gathering_venue_index" ON "gathering" ("venue")""",
    """CREATE TABLE "room" (
        "id" {id},
        "venue" BIGINT NOT NULL REFERENCES "venue" ("id") ON DELETE RESTRICT,
        "position" INTEGER DEFAULT 0 NOT NULL,
        "name" VARCHAR(60) NOT NULL,
        "floor" VARCHAR(60) NOT NULL,
        "capacity" INTEGER DEFAULT 0 NOT NULL,
        "directions" VARCHAR(200) NOT NULL,
        "for_sessions" BOOLEAN DEFAULT TRUE NOT NULL,
        CONSTRAINT "capacity_positive" CHECK ("capacity" > 0)
    )""",
    """CREATE UNIQUE INDEX "room_named_once" ON "room" ("venue", "name")""",
    """CREATE INDEX "room_venue_index" ON "room" ("venue")""",
    """CREATE TABLE "venue_fact" (
        "id" {id},
        "venue" BIGINT NOT NULL REFERENCES "venue" ("id") ON DELETE RESTRICT,
        "code" VARCHAR(60) NOT NULL,
        "value" VARCHAR(10) DEFAULT 'unknown' NOT NULL,
        "detail" VARCHAR(200) NOT NULL,
        "checked_on" DATE,
        "how" VARCHAR(10) DEFAULT 'unknown' NOT NULL,
        CONSTRAINT "value_known" CHECK ("value" IN ('yes', 'no', 'unknown')),
        CONSTRAINT "how_known" CHECK ("how" IN ('seen', 'phoned', 'website', 'unknown'))
    )""",
    """CREATE UNIQUE INDEX "fact_once" ON "venue_fact" ("venue", "code")""",
    """CREATE INDEX "venue_fact_venue_index" ON "venue_fact" ("venue")""",
    """CREATE TABLE "gathering_event" (
        "id" {id},
        "gathering" BIGINT NOT NULL REFERENCES "gathering" ("id") ON DELETE RESTRICT,
        "at" TIMESTAMPTZ NOT NULL,
        "account_id" BIGINT,
        "what" VARCHAR(40) NOT NULL,
        "fields" VARCHAR(300) NOT NULL
    )""",
    """CREATE INDEX "gathering_event_gathering_index" ON "gathering_event" ("gathering")""",
    """CREATE TABLE "round" (
        "id" {id},
        "gathering" BIGINT NOT NULL REFERENCES "gathering" ("id") ON DELETE RESTRICT,
        "number" INTEGER DEFAULT 0 NOT NULL,
        "name" VARCHAR(60) NOT NULL,
        "kind" VARCHAR(12) DEFAULT 'open_space' NOT NULL,
        "starts_at" TIMESTAMPTZ NOT NULL,
        "ends_at" TIMESTAMPTZ NOT NULL,
        CONSTRAINT "kind_known" CHECK ("kind" IN ('open_space', 'fixed', 'break')),
        CONSTRAINT "round_ends_after_start" CHECK ("ends_at" > "starts_at")
    )""",
    """CREATE UNIQUE INDEX "round_numbered_once" ON "round" ("gathering", "number")""",
    """CREATE INDEX "round_gathering_index" ON "round" ("gathering")""",
    """CREATE TABLE "room_feature" (
        "id" {id},
        "room" BIGINT NOT NULL REFERENCES "room" ("id") ON DELETE RESTRICT,
        "code" VARCHAR(60) NOT NULL,
        "value" VARCHAR(10) DEFAULT 'unknown' NOT NULL,
        "checked_on" DATE,
        "how" VARCHAR(10) DEFAULT 'unknown' NOT NULL,
        CONSTRAINT "value_known" CHECK ("value" IN ('yes', 'no', 'unknown')),
        CONSTRAINT "how_known" CHECK ("how" IN ('seen', 'phoned', 'website', 'unknown'))
    )""",
    """CREATE UNIQUE INDEX "feature_once" ON "room_feature" ("room", "code")""",
    """CREATE INDEX "room_feature_room_index" ON "room_feature" ("room")""",
]


async def forwards() -> MigrationManager:
    """Make the tables."""
    return statements(ID, "gatherings", DESCRIPTION, UP)
