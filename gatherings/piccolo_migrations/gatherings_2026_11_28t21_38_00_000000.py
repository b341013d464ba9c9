"""One more report: the names of those who need help to get out."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.schema import rebuild, statements

ID = "2026-11-28T21:38:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "a report for whoever looks after fire safety"

KNOWN = """CHECK ("report" IN ('venue', 'caterer', 'brief', 'greeters', 'fire'))"""
REPORT_MADE = f"""CREATE TABLE "report_made" (
    "id" {{id}},
    "gathering" BIGINT NOT NULL REFERENCES "gathering" ("id") ON DELETE RESTRICT,
    "report" VARCHAR(20) NOT NULL,
    "account_id" BIGINT DEFAULT 0 NOT NULL,
    "recipient" VARCHAR(120) NOT NULL,
    "at" TIMESTAMPTZ NOT NULL,
    CONSTRAINT "report_known" {KNOWN}
)"""
COLUMNS = ("id", "gathering", "report", "account_id", "recipient", "at")
SQLITE = rebuild(
    "report_made",
    REPORT_MADE,
    {name: f'"{name}"' for name in COLUMNS},
    ["""CREATE INDEX "report_made_gathering_index" ON "report_made" ("gathering")"""],
)
POSTGRES = [
    'ALTER TABLE "report_made" DROP CONSTRAINT "report_known"',
    f'ALTER TABLE "report_made" ADD CONSTRAINT "report_known" {KNOWN}',
]


async def forwards() -> MigrationManager:
    """Let the report be kept."""
    return statements(ID, "gatherings", DESCRIPTION, [], sqlite=SQLITE, postgres=POSTGRES)
