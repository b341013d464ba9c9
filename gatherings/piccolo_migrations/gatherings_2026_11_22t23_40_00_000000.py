"""Corners that were added on the day."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.schema import statements

ID = "2026-11-22T23:40:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "corners"

UP = ["""ALTER TABLE "room" ADD COLUMN "only_gathering" BIGINT"""]


async def forwards() -> MigrationManager:
    """Widen the table of rooms."""
    return statements(ID, "gatherings", DESCRIPTION, UP)
