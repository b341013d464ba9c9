"""Whether the words of sheets and points name somebody or tell their story."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.schema import statements

ID = "2026-11-29T01:40:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "whose story a sheet or a point tells"

UP = [
    """ALTER TABLE "sheet" ADD COLUMN "story" VARCHAR(10) DEFAULT '' NOT NULL
    CONSTRAINT "story_known" CHECK ("story" IN ('', 'nobody', 'agreed', 'some'))""",
    """ALTER TABLE "summary_point" ADD COLUMN "story" VARCHAR(10) DEFAULT '' NOT NULL
    CONSTRAINT "story_known" CHECK ("story" IN ('', 'nobody', 'agreed'))""",
]


async def forwards() -> MigrationManager:
    """Widen both tables."""
    return statements(ID, "sessions", DESCRIPTION, UP)
