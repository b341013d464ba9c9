"""Needs as promises, arrangements, support people, and what lets personal data go."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.schema import rebuild, statements

ID = "2026-11-22T22:09:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "promises, arrangements and personal data"

UP = [
    """ALTER TABLE "access_need" ADD COLUMN "owner" BIGINT""",
    """ALTER TABLE "access_need" ADD COLUMN "agreed_how" VARCHAR(10) DEFAULT '' NOT NULL
        CONSTRAINT "agreed_how_known" CHECK ("agreed_how" IN ('', 'email', 'phone',
                'letter', 'in_person', 'page'))""",
    """ALTER TABLE "access_need" ADD COLUMN "told_on" DATE""",
    """ALTER TABLE "access_need" ADD COLUMN "outcome" VARCHAR(10) DEFAULT '' NOT NULL
        CONSTRAINT "outcome_known" CHECK ("outcome" IN ('', 'met', 'partly', 'not_met',
                'not_needed'))""",
    """ALTER TABLE "access_need" ADD COLUMN "outcome_at" TIMESTAMPTZ""",
    """ALTER TABLE "access_need_event" ADD COLUMN "by_person" BOOLEAN DEFAULT FALSE NOT NULL""",
    """ALTER TABLE "access_need_event" ADD COLUMN "how" VARCHAR(10) DEFAULT '' NOT NULL""",
    """ALTER TABLE "access_need_event" ADD COLUMN "handle" VARCHAR(32) DEFAULT '' NOT NULL""",
    """ALTER TABLE "access_need_event" ADD COLUMN "sealed_note" {bytes}""",
    """ALTER TABLE "consent" ADD COLUMN "helped_by" VARCHAR(120) DEFAULT '' NOT NULL""",
    """ALTER TABLE "gathering" ADD COLUMN "keep_needs_days" INTEGER DEFAULT 28 NOT NULL
        CONSTRAINT "keep_needs_right" CHECK ("keep_needs_days" BETWEEN 7 AND 90)""",
    """ALTER TABLE "room_feature" ADD COLUMN "checked_by" VARCHAR(120) DEFAULT '' NOT NULL""",
    """CREATE TABLE "arrangement" (
        "id" {id},
        "handle" VARCHAR(32) NOT NULL,
        "gathering" BIGINT NOT NULL REFERENCES "gathering" ("id") ON DELETE RESTRICT,
        "kind" VARCHAR(40) NOT NULL,
        "what" VARCHAR(200) NOT NULL,
        "supplier" VARCHAR(200) NOT NULL,
        "supplier_reference" VARCHAR(120) NOT NULL,
        "cost_pence" INTEGER DEFAULT 0 NOT NULL,
        "state" VARCHAR(10) DEFAULT 'wanted' NOT NULL,
        "made_at" TIMESTAMPTZ NOT NULL,
        "changed_at" TIMESTAMPTZ NOT NULL,
        CONSTRAINT "state_known" CHECK ("state" IN ('wanted', 'asked', 'confirmed',
                'cancelled')),
        CONSTRAINT "cost_right" CHECK ("cost_pence" >= 0)
    )""",
    """CREATE UNIQUE INDEX "arrangement_handle_key" ON "arrangement" ("handle")""",
    """CREATE INDEX "arrangement_gathering_index" ON "arrangement" ("gathering")""",
    """CREATE TABLE "arrangement_need" (
        "id" {id},
        "arrangement" BIGINT NOT NULL REFERENCES "arrangement" ("id") ON DELETE RESTRICT,
        "need" BIGINT NOT NULL REFERENCES "access_need" ("id") ON DELETE RESTRICT
    )""",
    """CREATE UNIQUE INDEX "arrangement_need_once" ON "arrangement_need" ("arrangement", "need")""",
    """CREATE INDEX "arrangement_need_arrangement_index" ON "arrangement_need" ("arrangement")""",
    """CREATE INDEX "arrangement_need_need_index" ON "arrangement_need" ("need")""",
    """CREATE TABLE "support_person" (
        "id" {id},
        "handle" VARCHAR(32) NOT NULL,
        "gathering" BIGINT NOT NULL REFERENCES "gathering" ("id") ON DELETE RESTRICT,
        "role" VARCHAR(20) NOT NULL,
        "name" VARCHAR(120) NOT NULL,
        "organisation" VARCHAR(120) NOT NULL,
        "contact" VARCHAR(254) NOT NULL,
        "languages" VARCHAR(120) NOT NULL,
        "pair_with" BIGINT,
        "longest_minutes" INTEGER DEFAULT 0 NOT NULL,
        "state" VARCHAR(10) DEFAULT 'asked' NOT NULL,
        "arrangement" BIGINT REFERENCES "arrangement" ("id") ON DELETE RESTRICT,
        "made_at" TIMESTAMPTZ NOT NULL,
        CONSTRAINT "role_known"
            CHECK ("role" IN ('bsl', 'sttr', 'lipspeaker', 'deafblind_guide',
                'spoken_interpreter', 'notetaker', 'supporter', 'guide', 'greeter',
                'quiet_host', 'evac_buddy', 'first_aider', 'artist')),
        CONSTRAINT "state_known" CHECK ("state" IN ('asked', 'held', 'confirmed',
                'stood_down')),
        CONSTRAINT "longest_right" CHECK ("longest_minutes" >= 0)
    )""",
    """CREATE UNIQUE INDEX "support_person_handle_key" ON "support_person" ("handle")""",
    """CREATE INDEX "support_person_gathering_index" ON "support_person" ("gathering")""",
    """CREATE INDEX "support_person_arrangement_index" ON "support_person" ("arrangement")""",
    """CREATE TABLE "support_round" (
        "id" {id},
        "support_person" BIGINT NOT NULL REFERENCES "support_person" ("id") ON DELETE RESTRICT,
        "round" BIGINT NOT NULL REFERENCES "round" ("id") ON DELETE RESTRICT
    )""",
    """CREATE UNIQUE INDEX "support_round_once" ON "support_round" ("support_person", "round")""",
    """CREATE INDEX "support_round_support_person_index" ON "support_round" ("support_person")""",
    """CREATE INDEX "support_round_round_index" ON "support_round" ("round")""",
    """CREATE TABLE "access_deputy" (
        "id" {id},
        "gathering" BIGINT NOT NULL REFERENCES "gathering" ("id") ON DELETE RESTRICT,
        "account" BIGINT NOT NULL REFERENCES "account" ("id") ON DELETE RESTRICT,
        "named_by" BIGINT,
        "named_at" TIMESTAMPTZ NOT NULL,
        "ended_at" TIMESTAMPTZ
    )""",
    """CREATE INDEX "access_deputy_gathering_index" ON "access_deputy" ("gathering")""",
    """CREATE INDEX "access_deputy_account_index" ON "access_deputy" ("account")""",
    """CREATE TABLE "access_look" (
        "id" {id},
        "booking" BIGINT NOT NULL REFERENCES "booking" ("id") ON DELETE RESTRICT,
        "account_id" BIGINT DEFAULT 0 NOT NULL,
        "screen" VARCHAR(60) NOT NULL,
        "at" TIMESTAMPTZ NOT NULL
    )""",
    """CREATE INDEX "access_look_booking_index" ON "access_look" ("booking")""",
    """CREATE TABLE "kept_needs" (
        "id" {id},
        "handle" VARCHAR(32) NOT NULL,
        "booking" BIGINT NOT NULL REFERENCES "booking" ("id") ON DELETE RESTRICT,
        "sealed" {bytes} NOT NULL,
        "kept_at" TIMESTAMPTZ NOT NULL,
        "forget_on" DATE NOT NULL
    )""",
    """CREATE UNIQUE INDEX "kept_needs_handle_key" ON "kept_needs" ("handle")""",
    """CREATE INDEX "kept_needs_booking_index" ON "kept_needs" ("booking")""",
    """CREATE TABLE "complaint" (
        "id" {id},
        "handle" VARCHAR(32) NOT NULL,
        "series" BIGINT REFERENCES "series" ("id") ON DELETE RESTRICT,
        "sealed" {bytes} NOT NULL,
        "made_at" TIMESTAMPTZ NOT NULL,
        "acknowledged_at" TIMESTAMPTZ,
        "acknowledged_by" BIGINT,
        "closed_at" TIMESTAMPTZ
    )""",
    """CREATE UNIQUE INDEX "complaint_handle_key" ON "complaint" ("handle")""",
    """CREATE INDEX "complaint_series_index" ON "complaint" ("series")""",
    """CREATE TABLE "erasure" (
        "id" {id},
        "reference_hash" VARCHAR(64) NOT NULL,
        "what" VARCHAR(20) DEFAULT 'booking' NOT NULL,
        "by_whom" VARCHAR(6) DEFAULT 'person' NOT NULL,
        "at" TIMESTAMPTZ NOT NULL,
        CONSTRAINT "by_whom_known" CHECK ("by_whom" IN ('person', 'team', 'time'))
    )""",
    """CREATE UNIQUE INDEX "erasure_reference_hash_key" ON "erasure" ("reference_hash")""",
    """CREATE TABLE "forgetting_receipt" (
        "id" {id},
        "at" TIMESTAMPTZ NOT NULL,
        "counts" TEXT NOT NULL
    )""",
    """CREATE TABLE "gathering_numbers" (
        "id" {id},
        "gathering_id" BIGINT DEFAULT 0 NOT NULL,
        "counts" TEXT NOT NULL,
        "counted_at" TIMESTAMPTZ NOT NULL
    )""",
    """CREATE UNIQUE INDEX "gathering_numbers_gathering_id_key" ON "gathering_numbers" ("gathering_id")""",
]
VENUE_FACT = """CREATE TABLE "venue_fact" (
    "id" {id},
    "venue" BIGINT NOT NULL REFERENCES "venue" ("id") ON DELETE RESTRICT,
    "code" VARCHAR(60) NOT NULL,
    "value" VARCHAR(10) DEFAULT 'unknown' NOT NULL,
    "detail" VARCHAR(200) NOT NULL,
    "number" INTEGER,
    "checked_on" DATE,
    "checked_by" VARCHAR(120) NOT NULL,
    "how" VARCHAR(10) DEFAULT 'unknown' NOT NULL,
    CONSTRAINT "value_known" CHECK ("value" IN ('yes', 'no', 'unknown', 'number')),
    CONSTRAINT "how_known" CHECK ("how" IN ('seen', 'phoned', 'website', 'unknown')),
    CONSTRAINT "number_when_number" CHECK (("value" = 'number') = ("number" IS NOT NULL))
)"""
VENUE_FACT_COPY = {
    "id": '"id"',
    "venue": '"venue"',
    "code": '"code"',
    "value": '"value"',
    "detail": '"detail"',
    "number": "NULL",
    "checked_on": '"checked_on"',
    "checked_by": "''",
    "how": '"how"',
}
SQLITE = rebuild(
    "venue_fact",
    VENUE_FACT,
    VENUE_FACT_COPY,
    [
        """CREATE UNIQUE INDEX "fact_once" ON "venue_fact" ("venue", "code")""",
        """CREATE INDEX "venue_fact_venue_index" ON "venue_fact" ("venue")""",
    ],
)
POSTGRES = [
    """ALTER TABLE "venue_fact" ADD COLUMN "number" INTEGER""",
    """ALTER TABLE "venue_fact" ADD COLUMN "checked_by" VARCHAR(120) DEFAULT '' NOT NULL""",
    'ALTER TABLE "venue_fact" DROP CONSTRAINT "value_known"',
    """ALTER TABLE "venue_fact" ADD CONSTRAINT "value_known" CHECK ("value" IN ('yes', 'no', 'unknown', 'number'))""",
    """ALTER TABLE "venue_fact" ADD CONSTRAINT "number_when_number"
        CHECK (("value" = 'number') = ("number" IS NOT NULL))""",
]


async def forwards() -> MigrationManager:
    """Widen and make the tables."""
    return statements(ID, "gatherings", DESCRIPTION, UP, sqlite=SQLITE, postgres=POSTGRES)
