"""What a gathering pays to people, and when a claim was raised and paid."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.schema import statements

ID = "2026-11-28T21:46:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "what is paid, and the dates of claims"

UP = [
    """ALTER TABLE "gathering" ADD COLUMN "pays" TEXT DEFAULT '' NOT NULL""",
    """ALTER TABLE "arrangement" ADD COLUMN "claimed_on" DATE""",
    """ALTER TABLE "arrangement" ADD COLUMN "paid_on" DATE""",
]


async def forwards() -> MigrationManager:
    """Widen both tables."""
    return statements(ID, "gatherings", DESCRIPTION, UP)
