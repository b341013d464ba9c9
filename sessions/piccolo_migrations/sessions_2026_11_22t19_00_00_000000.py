"""First tables: the open-space board."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.schema import statements

ID = "2026-11-22T19:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "the open-space board"

UP = [
    """CREATE TABLE "board" (
        "id" {id},
        "gathering" BIGINT NOT NULL REFERENCES "gathering" ("id") ON DELETE RESTRICT,
        "version" BIGINT DEFAULT 0 NOT NULL,
        "sessions_offered" INTEGER DEFAULT 0 NOT NULL
    )""",
    """CREATE UNIQUE INDEX "board_once" ON "board" ("gathering")""",
    """CREATE INDEX "board_gathering_index" ON "board" ("gathering")""",
    """CREATE TABLE "joiner" (
        "id" {id},
        "key_hash" VARCHAR(64) NOT NULL,
        "gathering" BIGINT NOT NULL REFERENCES "gathering" ("id") ON DELETE RESTRICT,
        "name" VARCHAR(60) NOT NULL,
        "joined_at" TIMESTAMPTZ NOT NULL
    )""",
    """CREATE UNIQUE INDEX "joiner_key_hash_key" ON "joiner" ("key_hash")""",
    """CREATE INDEX "joiner_gathering_index" ON "joiner" ("gathering")""",
    """CREATE TABLE "session" (
        "id" {id},
        "gathering" BIGINT NOT NULL REFERENCES "gathering" ("id") ON DELETE RESTRICT,
        "number" INTEGER DEFAULT 0 NOT NULL,
        "title" VARCHAR(60) NOT NULL,
        "about" VARCHAR(300) NOT NULL,
        "host_name" VARCHAR(60) NOT NULL,
        "offered_by" BIGINT REFERENCES "joiner" ("id") ON DELETE RESTRICT,
        "form_token" VARCHAR(64) NOT NULL,
        "offered_at" TIMESTAMPTZ NOT NULL,
        "withdrawn_at" TIMESTAMPTZ,
        "round" BIGINT REFERENCES "round" ("id") ON DELETE RESTRICT,
        "room" BIGINT REFERENCES "room" ("id") ON DELETE RESTRICT,
        CONSTRAINT "session_wholly_placed" CHECK (("round" IS NULL) = ("room" IS NULL))
    )""",
    """CREATE UNIQUE INDEX "session_form_token_key" ON "session" ("form_token")""",
    """CREATE UNIQUE INDEX "session_numbered_once" ON "session" ("gathering", "number")""",
    """CREATE UNIQUE INDEX "session_spot" ON "session" ("round", "room")""",
    """CREATE INDEX "session_gathering_index" ON "session" ("gathering")""",
    """CREATE INDEX "session_offered_by_index" ON "session" ("offered_by")""",
    """CREATE INDEX "session_round_index" ON "session" ("round")""",
    """CREATE INDEX "session_room_index" ON "session" ("room")""",
    """CREATE TABLE "board_change" (
        "id" {id},
        "gathering" BIGINT NOT NULL REFERENCES "gathering" ("id") ON DELETE RESTRICT,
        "version" BIGINT DEFAULT 0 NOT NULL,
        "at" TIMESTAMPTZ NOT NULL,
        "account_id" BIGINT,
        "what" VARCHAR(10) NOT NULL,
        "session" BIGINT NOT NULL REFERENCES "session" ("id") ON DELETE RESTRICT,
        "before" TEXT NOT NULL,
        "after" TEXT NOT NULL,
        CONSTRAINT "what_known"
            CHECK ("what" IN ('offered', 'placed', 'swapped', 'unplaced', 'changed', 'withdrawn'))
    )""",
    """CREATE UNIQUE INDEX "board_version_once" ON "board_change" ("gathering", "version")""",
    """CREATE INDEX "board_change_gathering_index" ON "board_change" ("gathering")""",
    """CREATE INDEX "board_change_session_index" ON "board_change" ("session")""",
    """CREATE TABLE "star" (
        "id" {id},
        "session" BIGINT NOT NULL REFERENCES "session" ("id") ON DELETE RESTRICT,
        "joiner" BIGINT NOT NULL REFERENCES "joiner" ("id") ON DELETE RESTRICT,
        "starred_at" TIMESTAMPTZ NOT NULL
    )""",
    """CREATE UNIQUE INDEX "star_once" ON "star" ("session", "joiner")""",
    """CREATE INDEX "star_session_index" ON "star" ("session")""",
    """CREATE INDEX "star_joiner_index" ON "star" ("joiner")""",
]


async def forwards() -> MigrationManager:
    """Make the tables."""
    return statements(ID, "sessions", DESCRIPTION, UP)
