"""Whether people can be recognised in a picture that a summary shows."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.schema import statements

ID = "2026-11-28T21:53:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "people in the pictures of a summary"

UP = [
    """ALTER TABLE "summary_picture" ADD COLUMN "people" VARCHAR(10) DEFAULT '' NOT NULL
    CONSTRAINT "people_known" CHECK ("people" IN ('', 'nobody', 'agreed'))""",
]


async def forwards() -> MigrationManager:
    """Widen the table of pictures."""
    return statements(ID, "sessions", DESCRIPTION, UP)
