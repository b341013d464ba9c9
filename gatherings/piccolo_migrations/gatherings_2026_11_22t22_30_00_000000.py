"""Finding the letters that are to be sent, among all that ever were."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.schema import statements

ID = "2026-11-22T22:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "An index of letters that wait to be sent"

UP = [
    """CREATE INDEX "letter_to_send" ON "letter" ("next_try_at")
    WHERE "state" IN ('waiting', 'sending')""",
]


async def forwards() -> MigrationManager:
    """Make the index."""
    return statements(ID, "gatherings", DESCRIPTION, UP)
