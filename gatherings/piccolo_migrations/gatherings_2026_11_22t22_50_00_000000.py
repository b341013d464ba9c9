"""A supporter may be another than was named, which the door notes."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.schema import statements

ID = "2026-11-22T22:50:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "a different supporter came"

UP = ["""ALTER TABLE "person" ADD COLUMN "stand_in" BOOLEAN DEFAULT FALSE NOT NULL"""]


async def forwards() -> MigrationManager:
    """Add the column."""
    return statements(ID, "gatherings", DESCRIPTION, UP)
