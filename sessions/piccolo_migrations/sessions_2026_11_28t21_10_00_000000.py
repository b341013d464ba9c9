"""Calendars of people who joined without a booking."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.schema import statements

ID = "2026-11-28T21:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "calendars of joiners"

UP = [
    """ALTER TABLE "joiner" ADD COLUMN "feed_salt" VARCHAR(64) DEFAULT '' NOT NULL""",
    """ALTER TABLE "joiner" ADD COLUMN "feed_hash" VARCHAR(64)""",
    """CREATE UNIQUE INDEX "joiner_feed_hash_key" ON "joiner" ("feed_hash")""",
]


async def forwards() -> MigrationManager:
    """Widen the table of joiners."""
    return statements(ID, "sessions", DESCRIPTION, UP)
