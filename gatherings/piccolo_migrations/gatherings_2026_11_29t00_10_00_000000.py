"""Requests about personal data that came by phone, by post or in person."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.schema import statements

ID = "2026-11-29T00:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "requests about personal data"

UP = [
    """CREATE TABLE "data_request" (
        "id" {id},
        "series" BIGINT REFERENCES "series" ("id") ON DELETE RESTRICT,
        "booking" BIGINT REFERENCES "booking" ("id") ON DELETE RESTRICT,
        "reference" VARCHAR(60) NOT NULL,
        "form_token" VARCHAR(64) NOT NULL,
        "kind" VARCHAR(10) NOT NULL,
        "came_by" VARCHAR(10) NOT NULL,
        "arrived_on" DATE NOT NULL,
        "noted_at" TIMESTAMPTZ NOT NULL,
        "answered_on" DATE,
        "answered_by" VARCHAR(10) DEFAULT '' NOT NULL,
        CONSTRAINT "kind_known" CHECK ("kind" IN ('see', 'correct', 'delete', 'stop')),
        CONSTRAINT "came_by_known"
            CHECK ("came_by" IN ('phone', 'post', 'in_person', 'email')),
        CONSTRAINT "answered_by_known"
            CHECK ("answered_by" IN ('', 'phone', 'post', 'in_person', 'email')),
        CONSTRAINT "answered_whole" CHECK ((answered_on IS NULL) = (answered_by = '')),
        CONSTRAINT "answered_after"
            CHECK (answered_on IS NULL OR answered_on >= arrived_on)
    )""",
    """CREATE UNIQUE INDEX "data_request_reference_key" ON "data_request" ("reference")""",
    """CREATE UNIQUE INDEX "data_request_form_token_key" ON "data_request" ("form_token")""",
    """CREATE INDEX "data_request_series_index" ON "data_request" ("series")""",
    """CREATE INDEX "data_request_booking_index" ON "data_request" ("booking")""",
    """CREATE TABLE "data_request_event" (
        "id" {id},
        "request" BIGINT NOT NULL REFERENCES "data_request" ("id") ON DELETE RESTRICT,
        "at" TIMESTAMPTZ NOT NULL,
        "account_id" BIGINT,
        "what" VARCHAR(10) NOT NULL,
        "handle" VARCHAR(32) NOT NULL,
        "sealed_note" {bytes},
        CONSTRAINT "what_known" CHECK ("what" IN ('noted', 'answered', 'opened'))
    )""",
    """CREATE UNIQUE INDEX "data_request_event_handle_key" ON "data_request_event" ("handle")""",
    """CREATE INDEX "data_request_event_request_index" ON "data_request_event" ("request")""",
]


async def forwards() -> MigrationManager:
    """Make the tables."""
    return statements(ID, "gatherings", DESCRIPTION, UP)
