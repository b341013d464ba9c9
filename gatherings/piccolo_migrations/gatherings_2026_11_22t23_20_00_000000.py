"""Reports that were made, numbers on badges, and what was published about promises."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.schema import statements

ID = "2026-11-22T23:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "reports, badge numbers and published numbers"

UP = [
    """CREATE TABLE "badge_number" (
        "id" {id},
        "gathering" BIGINT NOT NULL REFERENCES "gathering" ("id") ON DELETE RESTRICT,
        "person" BIGINT DEFAULT 0 NOT NULL,
        "number" INTEGER DEFAULT 0 NOT NULL,
        CONSTRAINT "badge_number_positive" CHECK ("number" > 0)
    )""",
    """CREATE UNIQUE INDEX "badge_number_once" ON "badge_number" ("gathering", "number")""",
    """CREATE UNIQUE INDEX "badge_number_each" ON "badge_number" ("person")""",
    """CREATE INDEX "badge_number_gathering_index" ON "badge_number" ("gathering")""",
    """CREATE TABLE "published_numbers" (
        "id" {id},
        "gathering" BIGINT NOT NULL REFERENCES "gathering" ("id") ON DELETE RESTRICT,
        "cells" TEXT NOT NULL,
        "account_id" BIGINT DEFAULT 0 NOT NULL,
        "at" TIMESTAMPTZ NOT NULL
    )""",
    """CREATE UNIQUE INDEX "published_numbers_once" ON "published_numbers" ("gathering")""",
    """CREATE INDEX "published_numbers_gathering_index" ON "published_numbers" ("gathering")""",
    """CREATE TABLE "report_made" (
        "id" {id},
        "gathering" BIGINT NOT NULL REFERENCES "gathering" ("id") ON DELETE RESTRICT,
        "report" VARCHAR(20) NOT NULL,
        "account_id" BIGINT DEFAULT 0 NOT NULL,
        "recipient" VARCHAR(120) NOT NULL,
        "at" TIMESTAMPTZ NOT NULL,
        CONSTRAINT "report_known" CHECK ("report" IN ('venue', 'caterer', 'brief', 'greeters'))
    )""",
    """CREATE INDEX "report_made_gathering_index" ON "report_made" ("gathering")""",
]


async def forwards() -> MigrationManager:
    return statements(ID, "gatherings", DESCRIPTION, UP)
