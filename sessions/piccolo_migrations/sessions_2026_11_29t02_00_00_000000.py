"""The plan of the day that a board was last drawn from."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.schema import statements

ID = "2026-11-29T02:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "the plan of a board"

UP = ["""ALTER TABLE "board" ADD COLUMN "plan" VARCHAR(12) DEFAULT '' NOT NULL"""]


async def forwards() -> MigrationManager:
    """Widen the board."""
    return statements(ID, "sessions", DESCRIPTION, UP)
