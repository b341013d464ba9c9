"""First tables: access needs and consent."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.schema import statements

ID = "2026-11-22T19:03:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "access needs and consent"

UP = [
    """CREATE TABLE "consent_wording" (
        "id" {id},
        "sha256" VARCHAR(64) NOT NULL,
        "words" TEXT NOT NULL
    )""",
    """CREATE UNIQUE INDEX "consent_wording_sha256_key" ON "consent_wording" ("sha256")""",
    """CREATE TABLE "consent" (
        "id" {id},
        "booking" BIGINT NOT NULL REFERENCES "booking" ("id") ON DELETE RESTRICT,
        "purpose" VARCHAR(40) NOT NULL,
        "answer" VARCHAR(3) NOT NULL,
        "wording" BIGINT NOT NULL REFERENCES "consent_wording" ("id") ON DELETE RESTRICT,
        "variant" VARCHAR(10) DEFAULT 'plain' NOT NULL,
        "given_at" TIMESTAMPTZ NOT NULL,
        "how" VARCHAR(10) DEFAULT 'web' NOT NULL,
        "taken_by" BIGINT,
        "withdrawn_at" TIMESTAMPTZ,
        CONSTRAINT "answer_known" CHECK ("answer" IN ('yes', 'no')),
        CONSTRAINT "variant_known" CHECK ("variant" IN ('plain', 'easy')),
        CONSTRAINT "how_known" CHECK ("how" IN ('web', 'phone', 'paper', 'day'))
    )""",
    """CREATE INDEX "consent_booking_index" ON "consent" ("booking")""",
    """CREATE INDEX "consent_wording_index" ON "consent" ("wording")""",
    """CREATE TABLE "access_need" (
        "id" {id},
        "handle" VARCHAR(32) NOT NULL,
        "person" BIGINT NOT NULL REFERENCES "person" ("id") ON DELETE RESTRICT,
        "sealed" {bytes} NOT NULL,
        "source" VARCHAR(10) DEFAULT 'web' NOT NULL,
        "entered_by" BIGINT,
        "asked_at" TIMESTAMPTZ NOT NULL,
        "due_on" DATE NOT NULL,
        "state" VARCHAR(10) DEFAULT 'asked' NOT NULL,
        "state_at" TIMESTAMPTZ NOT NULL,
        CONSTRAINT "source_known" CHECK ("source" IN ('web', 'phone', 'paper', 'day')),
        CONSTRAINT "state_known"
            CHECK ("state" IN ('asked', 'talking', 'arranged', 'agreed', 'cannot', 'withdrawn'))
    )""",
    """CREATE UNIQUE INDEX "access_need_handle_key" ON "access_need" ("handle")""",
    """CREATE INDEX "access_need_person_index" ON "access_need" ("person")""",
    """CREATE TABLE "access_need_event" (
        "id" {id},
        "need" BIGINT NOT NULL REFERENCES "access_need" ("id") ON DELETE RESTRICT,
        "at" TIMESTAMPTZ NOT NULL,
        "account_id" BIGINT,
        "from_state" VARCHAR(10) NOT NULL,
        "to_state" VARCHAR(10) NOT NULL,
        CONSTRAINT "to_state_known"
            CHECK ("to_state" IN ('asked', 'talking', 'arranged', 'agreed', 'cannot', 'withdrawn'))
    )""",
    """CREATE INDEX "access_need_event_need_index" ON "access_need_event" ("need")""",
]


async def forwards() -> MigrationManager:
    """Make the tables."""
    return statements(ID, "gatherings", DESCRIPTION, UP)
