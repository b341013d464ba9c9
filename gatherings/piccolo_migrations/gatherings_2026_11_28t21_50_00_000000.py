"""What kind of thing went wrong on the day, as the person says."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.schema import statements

ID = "2026-11-28T21:50:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "what went wrong on the day"

UP = [
    """ALTER TABLE "access_need" ADD COLUMN "went_wrong" VARCHAR(10) DEFAULT '' NOT NULL
    CONSTRAINT "went_wrong_known" CHECK ("went_wrong" IN
    ('', 'late', 'missing', 'broken', 'forgotten', 'other'))""",
]


async def forwards() -> MigrationManager:
    """Widen the table of needs."""
    return statements(ID, "gatherings", DESCRIPTION, UP)
