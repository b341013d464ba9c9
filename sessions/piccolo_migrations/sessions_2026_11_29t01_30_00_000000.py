"""Helpers who came along when two sessions became one."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.schema import statements

ID = "2026-11-29T01:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "helpers who came along"

UP = ["""ALTER TABLE "support_assignment" ADD COLUMN "came_with" BIGINT"""]


async def forwards() -> MigrationManager:
    """Widen the table of assignments."""
    return statements(ID, "sessions", DESCRIPTION, UP)
