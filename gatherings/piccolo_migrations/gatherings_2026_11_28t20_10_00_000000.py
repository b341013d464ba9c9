"""Parts of a day that people count on."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.schema import statements

ID = "2026-11-28T20:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "parts of a day that people count on"

UP = [
    """ALTER TABLE "round" ADD COLUMN "point" VARCHAR(10) DEFAULT '' NOT NULL
    CONSTRAINT "point_known" CHECK ("point" IN ('', 'arrive', 'early', 'meal', 'online'))"""
]


async def forwards() -> MigrationManager:
    """Widen the table of rounds."""
    return statements(ID, "gatherings", DESCRIPTION, UP)
