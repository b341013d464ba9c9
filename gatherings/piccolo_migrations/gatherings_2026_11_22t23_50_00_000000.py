"""What happens in each part of a day."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.schema import statements

ID = "2026-11-22T23:50:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "what happens in each part of a day"

UP = ["""ALTER TABLE "round" ADD COLUMN "about" VARCHAR(500) DEFAULT '' NOT NULL"""]


async def forwards() -> MigrationManager:
    """Widen the table of rounds."""
    return statements(ID, "gatherings", DESCRIPTION, UP)
