"""Under which number an interpreter or a captioner is registered."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.schema import statements

ID = "2026-11-29T00:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "register numbers of support people"

UP = [
    """ALTER TABLE "support_person" ADD COLUMN
    "register_number" VARCHAR(60) DEFAULT '' NOT NULL""",
]


async def forwards() -> MigrationManager:
    """Widen the table of support people."""
    return statements(ID, "gatherings", DESCRIPTION, UP)
