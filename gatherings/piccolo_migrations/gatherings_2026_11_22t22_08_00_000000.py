"""The glossary of a series."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.schema import statements

ID = "2026-11-22T22:08:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "glossary"

UP = [
    """CREATE TABLE "glossary_word" (
        "id" {id},
        "series" BIGINT NOT NULL REFERENCES "series" ("id") ON DELETE RESTRICT,
        "letters" VARCHAR(12) NOT NULL,
        "meaning" VARCHAR(200) NOT NULL,
        "added_at" TIMESTAMPTZ NOT NULL
    )""",
    """CREATE UNIQUE INDEX "glossary_word_once" ON "glossary_word" ("series", "letters")""",
    """CREATE INDEX "glossary_word_series_index" ON "glossary_word" ("series")""",
]


async def forwards() -> MigrationManager:
    """Make the table."""
    return statements(ID, "gatherings", DESCRIPTION, UP)
