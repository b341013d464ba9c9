"""Who can be recognised in a picture, and pictures that are shown no more."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.schema import statements

ID = "2026-11-29T02:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "people in pictures"

UP = [
    """ALTER TABLE "sheet" ADD COLUMN "withheld" BOOLEAN DEFAULT FALSE NOT NULL""",
    """CREATE TABLE "picture_person" (
        "id" {id},
        "handle" VARCHAR(32) NOT NULL,
        "sheet" BIGINT NOT NULL REFERENCES "sheet" ("id") ON DELETE RESTRICT,
        "person" BIGINT REFERENCES "person" ("id") ON DELETE RESTRICT,
        "words" VARCHAR(120) DEFAULT '' NOT NULL,
        "answer" VARCHAR(3) DEFAULT '' NOT NULL,
        "how" VARCHAR(10) DEFAULT '' NOT NULL,
        "asked_on" DATE,
        "asked_by" BIGINT,
        CONSTRAINT "answer_known" CHECK ("answer" IN ('', 'yes', 'no')),
        CONSTRAINT "how_known" CHECK ("how" IN ('', 'day', 'after', 'own'))
    )""",
    """CREATE UNIQUE INDEX "picture_person_handle_key" ON "picture_person" ("handle")""",
    """CREATE UNIQUE INDEX "person_once" ON "picture_person" ("sheet", "person")""",
    """CREATE INDEX "picture_person_sheet_index" ON "picture_person" ("sheet")""",
    """CREATE INDEX "picture_person_person_index" ON "picture_person" ("person")""",
]


async def forwards() -> MigrationManager:
    """Add the table, and widen the one of sheets."""
    return statements(ID, "sessions", DESCRIPTION, UP)
