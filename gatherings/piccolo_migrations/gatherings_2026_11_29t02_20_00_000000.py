"""Whether anything is recorded at a gathering. Of those there are, nobody has said it yet."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.schema import statements

ID = "2026-11-29T02:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "what is recorded at a gathering"

UP = [
    """ALTER TABLE "gathering" ADD COLUMN "recorded" VARCHAR(10) DEFAULT '' NOT NULL
    CONSTRAINT "recorded_known" CHECK ("recorded" IN
    ('', 'nothing', 'pictures', 'sound', 'video'))""",
    """ALTER TABLE "gathering" ADD COLUMN "recorded_words" VARCHAR(300) DEFAULT '' NOT NULL""",
]


async def forwards() -> MigrationManager:
    """Widen the table of gatherings."""
    return statements(ID, "gatherings", DESCRIPTION, UP)
