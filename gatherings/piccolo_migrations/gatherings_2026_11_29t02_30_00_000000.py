"""When the plan and the papers went to those who need them before the day."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.schema import statements

ID = "2026-11-29T02:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "when the papers went"

UP = ["""ALTER TABLE "gathering" ADD COLUMN "papers_sent_at" TIMESTAMPTZ"""]


async def forwards() -> MigrationManager:
    """Widen the table of gatherings."""
    return statements(ID, "gatherings", DESCRIPTION, UP)
