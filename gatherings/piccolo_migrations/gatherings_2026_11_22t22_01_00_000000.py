"""Letters, messages, calendar addresses, questions of the organiser's own, and undo."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.schema import statements

ID = "2026-11-22T22:01:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "letters, questions, undo and calendar addresses"

UP = [
    """CREATE TABLE "message" (
        "id" {id},
        "gathering" BIGINT NOT NULL REFERENCES "gathering" ("id") ON DELETE RESTRICT,
        "account_id" BIGINT,
        "subject" VARCHAR(120) NOT NULL,
        "words" TEXT NOT NULL,
        "to_whom" VARCHAR(300) NOT NULL,
        "written_at" TIMESTAMPTZ NOT NULL
    )""",
    """CREATE INDEX "message_gathering_index" ON "message" ("gathering")""",
    """CREATE TABLE "letter" (
        "id" {id},
        "handle" VARCHAR(32) NOT NULL,
        "once" VARCHAR(120) NOT NULL,
        "gathering" BIGINT REFERENCES "gathering" ("id") ON DELETE RESTRICT,
        "booking" BIGINT REFERENCES "booking" ("id") ON DELETE RESTRICT,
        "account" BIGINT REFERENCES "account" ("id") ON DELETE RESTRICT,
        "kind" VARCHAR(20) NOT NULL,
        "about" VARCHAR(40) NOT NULL,
        "way" VARCHAR(10) NOT NULL,
        "sealed" {bytes} NOT NULL,
        "state" VARCHAR(10) DEFAULT 'waiting' NOT NULL,
        "written_at" TIMESTAMPTZ NOT NULL,
        "next_try_at" TIMESTAMPTZ NOT NULL,
        "tries" INTEGER DEFAULT 0 NOT NULL,
        "claimed_until" TIMESTAMPTZ,
        "sent_at" TIMESTAMPTZ,
        "told_by" BIGINT,
        "server_words" VARCHAR(500) NOT NULL,
        CONSTRAINT "state_known"
            CHECK ("state" IN ('waiting', 'sending', 'sent', 'failed', 'by_hand',
                 'told', 'dropped')),
        CONSTRAINT "way_known" CHECK ("way" IN ('email', 'phone', 'text', 'post', 'supporter')),
        CONSTRAINT "tries_right" CHECK ("tries" >= 0)
    )""",
    """CREATE UNIQUE INDEX "letter_handle_key" ON "letter" ("handle")""",
    """CREATE UNIQUE INDEX "letter_once_key" ON "letter" ("once")""",
    """CREATE INDEX "letter_gathering_index" ON "letter" ("gathering")""",
    """CREATE INDEX "letter_booking_index" ON "letter" ("booking")""",
    """CREATE INDEX "letter_account_index" ON "letter" ("account")""",
    """CREATE TABLE "calendar_key" (
        "id" {id},
        "key_hash" VARCHAR(64) NOT NULL,
        "sealed_key" {bytes} NOT NULL,
        "booking" BIGINT REFERENCES "booking" ("id") ON DELETE RESTRICT,
        "account" BIGINT REFERENCES "account" ("id") ON DELETE RESTRICT,
        "made_at" TIMESTAMPTZ NOT NULL,
        "ended_at" TIMESTAMPTZ,
        CONSTRAINT "calendar_key_of_one" CHECK (("booking" IS NULL) <> ("account" IS NULL))
    )""",
    """CREATE UNIQUE INDEX "calendar_key_key_hash_key" ON "calendar_key" ("key_hash")""",
    """CREATE INDEX "calendar_key_booking_index" ON "calendar_key" ("booking")""",
    """CREATE INDEX "calendar_key_account_index" ON "calendar_key" ("account")""",
    """CREATE TABLE "booking_undo" (
        "id" {id},
        "handle" VARCHAR(32) NOT NULL,
        "booking" BIGINT NOT NULL REFERENCES "booking" ("id") ON DELETE RESTRICT,
        "what" VARCHAR(40) NOT NULL,
        "sealed" {bytes} NOT NULL,
        "made_at" TIMESTAMPTZ NOT NULL,
        "ends_at" TIMESTAMPTZ NOT NULL,
        "used_at" TIMESTAMPTZ
    )""",
    """CREATE UNIQUE INDEX "booking_undo_handle_key" ON "booking_undo" ("handle")""",
    """CREATE INDEX "booking_undo_booking_index" ON "booking_undo" ("booking")""",
    """CREATE TABLE "booking_question" (
        "id" {id},
        "gathering" BIGINT NOT NULL REFERENCES "gathering" ("id") ON DELETE RESTRICT,
        "position" INTEGER DEFAULT 0 NOT NULL,
        "kind" VARCHAR(6) DEFAULT 'short' NOT NULL,
        "asks" VARCHAR(200) NOT NULL,
        "why" VARCHAR(300) NOT NULL,
        "choices" TEXT NOT NULL,
        "each_person" BOOLEAN DEFAULT FALSE NOT NULL,
        "audience" VARCHAR(11) DEFAULT 'team' NOT NULL,
        "forget_on" DATE NOT NULL,
        "removed_at" TIMESTAMPTZ,
        CONSTRAINT "kind_known" CHECK ("kind" IN ('short', 'long', 'one', 'some', 'yes_no')),
        CONSTRAINT "audience_known"
            CHECK ("audience" IN ('team', 'access_lead', 'kitchen', 'door'))
    )""",
    """CREATE INDEX "booking_question_gathering_index" ON "booking_question" ("gathering")""",
    """CREATE TABLE "booking_answer" (
        "id" {id},
        "handle" VARCHAR(32) NOT NULL,
        "question" BIGINT NOT NULL REFERENCES "booking_question" ("id") ON DELETE RESTRICT,
        "booking" BIGINT NOT NULL REFERENCES "booking" ("id") ON DELETE RESTRICT,
        "person" BIGINT REFERENCES "person" ("id") ON DELETE RESTRICT,
        "sealed" {bytes} NOT NULL
    )""",
    """CREATE UNIQUE INDEX "booking_answer_handle_key" ON "booking_answer" ("handle")""",
    """CREATE INDEX "booking_answer_question_index" ON "booking_answer" ("question")""",
    """CREATE INDEX "booking_answer_booking_index" ON "booking_answer" ("booking")""",
    """CREATE INDEX "booking_answer_person_index" ON "booking_answer" ("person")""",
]


async def forwards() -> MigrationManager:
    """Make the tables."""
    return statements(ID, "gatherings", DESCRIPTION, UP)
