"""The kind of reason why we cannot do something."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.schema import statements

ID = "2026-11-28T21:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "the kind of reason why we cannot do something"

UP = [
    """ALTER TABLE "access_need" ADD COLUMN "why_not" VARCHAR(10) DEFAULT '' NOT NULL
    CONSTRAINT "why_not_known" CHECK ("why_not" IN
    ('', 'nobody', 'venue', 'late', 'money', 'other'))""",
    """UPDATE "access_need" SET "why_not" = 'other' WHERE "state" = 'cannot'""",
]


async def forwards() -> MigrationManager:
    """Widen the table of needs."""
    return statements(ID, "gatherings", DESCRIPTION, UP)
