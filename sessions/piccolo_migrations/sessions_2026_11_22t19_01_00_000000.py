"""First tables: sheets, artwork and points."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.schema import statements

ID = "2026-11-22T19:01:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "sheets, artwork and points"

UP = [
    """CREATE TABLE "sheet" (
        "id" {id},
        "gathering" BIGINT NOT NULL REFERENCES "gathering" ("id") ON DELETE RESTRICT,
        "session" BIGINT REFERENCES "session" ("id") ON DELETE RESTRICT,
        "code" VARCHAR(40) NOT NULL,
        "kind" VARCHAR(10) DEFAULT 'sheet' NOT NULL,
        "state" VARCHAR(10) DEFAULT 'waiting' NOT NULL,
        "picture" VARCHAR(60) NOT NULL,
        "upload_sha256" VARCHAR(64) NOT NULL,
        "width" INTEGER DEFAULT 0 NOT NULL,
        "height" INTEGER DEFAULT 0 NOT NULL,
        "described" VARCHAR(500) NOT NULL,
        "title" VARCHAR(120) NOT NULL,
        "artist" VARCHAR(120) NOT NULL,
        "licence" VARCHAR(20) DEFAULT 'all_rights' NOT NULL,
        "added_by" BIGINT,
        "added_at" TIMESTAMPTZ NOT NULL,
        "filed_at" TIMESTAMPTZ,
        "typed_by" BIGINT,
        "checked_by" BIGINT,
        "removed_at" TIMESTAMPTZ,
        CONSTRAINT "kind_known" CHECK ("kind" IN ('sheet', 'artwork')),
        CONSTRAINT "state_known" CHECK ("state" IN ('waiting', 'typed', 'checked')),
        CONSTRAINT "licence_known"
            CHECK ("licence" IN ('all_rights', 'CC BY 4.0', 'CC BY-SA 4.0', 'CC BY-NC 4.0', 'CC0 1.0'))
    )""",
    """CREATE UNIQUE INDEX "sheet_code_key" ON "sheet" ("code")""",
    """CREATE UNIQUE INDEX "sheet_picture_key" ON "sheet" ("picture")""",
    """CREATE INDEX "sheet_gathering_index" ON "sheet" ("gathering")""",
    """CREATE INDEX "sheet_session_index" ON "sheet" ("session")""",
    """CREATE TABLE "point" (
        "id" {id},
        "handle" VARCHAR(32) NOT NULL,
        "sheet" BIGINT NOT NULL REFERENCES "sheet" ("id") ON DELETE RESTRICT,
        "position" INTEGER DEFAULT 0 NOT NULL,
        "words" TEXT NOT NULL
    )""",
    """CREATE UNIQUE INDEX "point_handle_key" ON "point" ("handle")""",
    """CREATE UNIQUE INDEX "point_position_once" ON "point" ("sheet", "position")""",
    """CREATE INDEX "point_sheet_index" ON "point" ("sheet")""",
]


async def forwards() -> MigrationManager:
    """Make the tables."""
    return statements(ID, "sessions", DESCRIPTION, UP)
