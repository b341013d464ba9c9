"""First tables: summaries, versions and comments."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.schema import statements

ID = "2026-11-22T19:02:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "summaries, versions and comments"

UP = [
    """CREATE TABLE "summary" (
        "id" {id},
        "gathering" BIGINT NOT NULL REFERENCES "gathering" ("id") ON DELETE RESTRICT,
        "title" VARCHAR(160) NOT NULL,
        "opening" TEXT NOT NULL,
        "thanks" TEXT NOT NULL,
        "changed_at" TIMESTAMPTZ NOT NULL
    )""",
    """CREATE UNIQUE INDEX "summary_once" ON "summary" ("gathering")""",
    """CREATE INDEX "summary_gathering_index" ON "summary" ("gathering")""",
    """CREATE TABLE "comment" (
        "id" {id},
        "handle" VARCHAR(32) NOT NULL,
        "summary" BIGINT NOT NULL REFERENCES "summary" ("id") ON DELETE RESTRICT,
        "name" VARCHAR(60) NOT NULL,
        "words" TEXT NOT NULL,
        "form_token" VARCHAR(64) NOT NULL,
        "said_at" TIMESTAMPTZ NOT NULL,
        "hidden_at" TIMESTAMPTZ,
        "hidden_by" BIGINT
    )""",
    """CREATE UNIQUE INDEX "comment_handle_key" ON "comment" ("handle")""",
    """CREATE UNIQUE INDEX "comment_form_token_key" ON "comment" ("form_token")""",
    """CREATE INDEX "comment_summary_index" ON "comment" ("summary")""",
    """CREATE TABLE "question" (
        "id" {id},
        "handle" VARCHAR(32) NOT NULL,
        "summary" BIGINT NOT NULL REFERENCES "summary" ("id") ON DELETE RESTRICT,
        "position" INTEGER DEFAULT 0 NOT NULL,
        "heading" VARCHAR(160) NOT NULL,
        "introduction" TEXT NOT NULL
    )""",
    """CREATE UNIQUE INDEX "question_handle_key" ON "question" ("handle")""",
    """CREATE UNIQUE INDEX "question_position_once" ON "question" ("summary", "position")""",
    """CREATE INDEX "question_summary_index" ON "question" ("summary")""",
    """CREATE TABLE "summary_version" (
        "id" {id},
        "summary" BIGINT NOT NULL REFERENCES "summary" ("id") ON DELETE RESTRICT,
        "version" INTEGER DEFAULT 0 NOT NULL,
        "content" TEXT NOT NULL,
        "published_at" TIMESTAMPTZ NOT NULL,
        "published_by" BIGINT
    )""",
    """CREATE UNIQUE INDEX "summary_version_once" ON "summary_version" ("summary", "version")""",
    """CREATE INDEX "summary_version_summary_index" ON "summary_version" ("summary")""",
    """CREATE TABLE "summary_picture" (
        "id" {id},
        "summary" BIGINT NOT NULL REFERENCES "summary" ("id") ON DELETE RESTRICT,
        "question" BIGINT REFERENCES "question" ("id") ON DELETE RESTRICT,
        "sheet" BIGINT NOT NULL REFERENCES "sheet" ("id") ON DELETE RESTRICT,
        "position" INTEGER DEFAULT 0 NOT NULL
    )""",
    """CREATE UNIQUE INDEX "summary_picture_once" ON "summary_picture" ("summary", "sheet")""",
    """CREATE INDEX "summary_picture_summary_index" ON "summary_picture" ("summary")""",
    """CREATE INDEX "summary_picture_question_index" ON "summary_picture" ("question")""",
    """CREATE INDEX "summary_picture_sheet_index" ON "summary_picture" ("sheet")""",
    """CREATE TABLE "summary_point" (
        "id" {id},
        "handle" VARCHAR(32) NOT NULL,
        "question" BIGINT NOT NULL REFERENCES "question" ("id") ON DELETE RESTRICT,
        "position" INTEGER DEFAULT 0 NOT NULL,
        "words" TEXT NOT NULL,
        "source" BIGINT REFERENCES "point" ("id") ON DELETE RESTRICT
    )""",
    """CREATE UNIQUE INDEX "summary_point_handle_key" ON "summary_point" ("handle")""",
    """CREATE UNIQUE INDEX "summary_point_position_once" ON "summary_point" ("question", "position")""",
    """CREATE INDEX "summary_point_question_index" ON "summary_point" ("question")""",
    """CREATE INDEX "summary_point_source_index" ON "summary_point" ("source")""",
]


async def forwards() -> MigrationManager:
    """Make the tables."""
    return statements(ID, "sessions", DESCRIPTION, UP)
