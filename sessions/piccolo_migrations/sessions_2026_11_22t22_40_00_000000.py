"""Somebody on the day may be known to hold a booking."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.schema import statements

ID = "2026-11-22T22:40:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "a joiner's booking"

UP = [
    """ALTER TABLE "joiner" ADD COLUMN "booking" BIGINT
        REFERENCES "booking" ("id") ON DELETE RESTRICT""",
    """CREATE INDEX "joiner_booking_index" ON "joiner" ("booking")""",
]


async def forwards() -> MigrationManager:
    """Add the column."""
    return statements(ID, "sessions", DESCRIPTION, UP)
