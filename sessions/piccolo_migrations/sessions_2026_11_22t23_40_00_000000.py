"""Sessions over several rounds, hosts, merges, the morning's phases, and helpers for the day."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.schema import rebuild, statements

ID = "2026-11-22T23:40:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "the whole morning of a board"

UP = [
    """ALTER TABLE "session" ADD COLUMN "length" INTEGER DEFAULT 1 NOT NULL
        CONSTRAINT "session_length_right" CHECK ("length" BETWEEN 1 AND 4)""",
    """ALTER TABLE "session" ADD COLUMN "marks" VARCHAR(60) DEFAULT '' NOT NULL""",
    """ALTER TABLE "session" ADD COLUMN "written_by" VARCHAR(60) DEFAULT '' NOT NULL""",
    """ALTER TABLE "session" ADD COLUMN "locked" BOOLEAN DEFAULT FALSE NOT NULL""",
    """ALTER TABLE "session" ADD COLUMN "merged_into" BIGINT""",
    """ALTER TABLE "session" ADD COLUMN "repeat_of" BIGINT""",
    """ALTER TABLE "session" ADD COLUMN "queue" BIGINT""",
    """ALTER TABLE "session" ADD COLUMN "announced_at" TIMESTAMPTZ""",
    """ALTER TABLE "board" ADD COLUMN "phase" VARCHAR(10) DEFAULT 'auto' NOT NULL
        CONSTRAINT "phase_known" CHECK ("phase" IN ('auto', 'arriving', 'opening', 'calling',
                'announcing', 'placing', 'market', 'sessions', 'closing'))""",
    """ALTER TABLE "board" ADD COLUMN "theme" VARCHAR(200) DEFAULT '' NOT NULL""",
    """ALTER TABLE "board" ADD COLUMN "quiet" BOOLEAN DEFAULT FALSE NOT NULL""",
    """ALTER TABLE "board" ADD COLUMN "stars_hidden" BOOLEAN DEFAULT FALSE NOT NULL""",
    """ALTER TABLE "board" ADD COLUMN "announcing" BIGINT""",
    """ALTER TABLE "board" ADD COLUMN "clock_ends_at" TIMESTAMPTZ""",
    """CREATE TABLE "session_place" (
        "id" {id},
        "session" BIGINT NOT NULL REFERENCES "session" ("id") ON DELETE RESTRICT,
        "round" BIGINT NOT NULL REFERENCES "round" ("id") ON DELETE RESTRICT,
        "room" BIGINT NOT NULL REFERENCES "room" ("id") ON DELETE RESTRICT
    )""",
    """CREATE UNIQUE INDEX "place_once" ON "session_place" ("round", "room")""",
    """CREATE UNIQUE INDEX "place_in_round_once" ON "session_place" ("session", "round")""",
    """CREATE INDEX "session_place_session_index" ON "session_place" ("session")""",
    """CREATE INDEX "session_place_round_index" ON "session_place" ("round")""",
    """CREATE INDEX "session_place_room_index" ON "session_place" ("room")""",
    """CREATE TABLE "session_host" (
        "id" {id},
        "session" BIGINT NOT NULL REFERENCES "session" ("id") ON DELETE RESTRICT,
        "position" INTEGER DEFAULT 0 NOT NULL,
        "name" VARCHAR(60) NOT NULL,
        "key" VARCHAR(80) NOT NULL
    )""",
    """CREATE UNIQUE INDEX "session_host_once" ON "session_host" ("session", "key")""",
    """CREATE INDEX "session_host_session_index" ON "session_host" ("session")""",
    """CREATE TABLE "host_place" (
        "id" {id},
        "session" BIGINT NOT NULL REFERENCES "session" ("id") ON DELETE RESTRICT,
        "round" BIGINT NOT NULL REFERENCES "round" ("id") ON DELETE RESTRICT,
        "key" VARCHAR(80) NOT NULL
    )""",
    """CREATE UNIQUE INDEX "host_in_round_once" ON "host_place" ("round", "key")""",
    """CREATE INDEX "host_place_session_index" ON "host_place" ("session")""",
    """CREATE INDEX "host_place_round_index" ON "host_place" ("round")""",
    """CREATE TABLE "session_merge" (
        "id" {id},
        "handle" VARCHAR(32) NOT NULL,
        "kept" BIGINT NOT NULL REFERENCES "session" ("id") ON DELETE RESTRICT,
        "joined" BIGINT NOT NULL REFERENCES "session" ("id") ON DELETE RESTRICT,
        "state" VARCHAR(10) DEFAULT 'proposed' NOT NULL,
        "kept_agrees" BOOLEAN DEFAULT FALSE NOT NULL,
        "joined_agrees" BOOLEAN DEFAULT FALSE NOT NULL,
        "said_by" BIGINT,
        "proposed_at" TIMESTAMPTZ NOT NULL,
        CONSTRAINT "merge_state_known"
            CHECK ("state" IN ('proposed', 'merged', 'parted', 'declined')),
        CONSTRAINT "merge_of_two" CHECK ("kept" <> "joined")
    )""",
    """CREATE UNIQUE INDEX "session_merge_handle_key" ON "session_merge" ("handle")""",
    """CREATE INDEX "session_merge_kept_index" ON "session_merge" ("kept")""",
    """CREATE INDEX "session_merge_joined_index" ON "session_merge" ("joined")""",
    """CREATE TABLE "session_wish" (
        "id" {id},
        "handle" VARCHAR(32) NOT NULL,
        "session" BIGINT NOT NULL REFERENCES "session" ("id") ON DELETE RESTRICT,
        "words" VARCHAR(200) NOT NULL,
        "asked_at" TIMESTAMPTZ NOT NULL,
        "answered_at" TIMESTAMPTZ
    )""",
    """CREATE UNIQUE INDEX "session_wish_handle_key" ON "session_wish" ("handle")""",
    """CREATE INDEX "session_wish_session_index" ON "session_wish" ("session")""",
    """CREATE TABLE "support_assignment" (
        "id" {id},
        "support_person" BIGINT NOT NULL REFERENCES "support_person" ("id") ON DELETE RESTRICT,
        "session" BIGINT NOT NULL REFERENCES "session" ("id") ON DELETE RESTRICT,
        "assigned_at" TIMESTAMPTZ NOT NULL
    )""",
    """CREATE UNIQUE INDEX "support_assigned_once" ON "support_assignment" ("support_person", "session")""",
    """CREATE INDEX "support_assignment_support_person_index" ON "support_assignment" ("support_person")""",
    """CREATE INDEX "support_assignment_session_index" ON "support_assignment" ("session")""",
    """CREATE TABLE "went_ahead" (
        "id" {id},
        "session" BIGINT NOT NULL REFERENCES "session" ("id") ON DELETE RESTRICT,
        "round" BIGINT NOT NULL REFERENCES "round" ("id") ON DELETE RESTRICT,
        "room" BIGINT NOT NULL REFERENCES "room" ("id") ON DELETE RESTRICT,
        "codes" VARCHAR(300) NOT NULL,
        "reason" VARCHAR(300) NOT NULL,
        "account_id" BIGINT,
        "at" TIMESTAMPTZ NOT NULL,
        "told_at" TIMESTAMPTZ
    )""",
    """CREATE INDEX "went_ahead_session_index" ON "went_ahead" ("session")""",
    """CREATE INDEX "went_ahead_round_index" ON "went_ahead" ("round")""",
    """CREATE INDEX "went_ahead_room_index" ON "went_ahead" ("room")""",
    """CREATE TABLE "board_seen" (
        "id" {id},
        "gathering" BIGINT NOT NULL REFERENCES "gathering" ("id") ON DELETE RESTRICT,
        "account_id" BIGINT DEFAULT 0 NOT NULL,
        "version" BIGINT DEFAULT 0 NOT NULL
    )""",
    """CREATE UNIQUE INDEX "board_seen_once" ON "board_seen" ("gathering", "account_id")""",
    """CREATE INDEX "board_seen_gathering_index" ON "board_seen" ("gathering")""",
    """CREATE TABLE "day_helper" (
        "id" {id},
        "key_hash" VARCHAR(64) NOT NULL,
        "gathering" BIGINT NOT NULL REFERENCES "gathering" ("id") ON DELETE RESTRICT,
        "name" VARCHAR(60) NOT NULL,
        "made_by" BIGINT,
        "made_at" TIMESTAMPTZ NOT NULL,
        "ends_at" TIMESTAMPTZ NOT NULL,
        "ended_at" TIMESTAMPTZ
    )""",
    """CREATE UNIQUE INDEX "day_helper_key_hash_key" ON "day_helper" ("key_hash")""",
    """CREATE INDEX "day_helper_gathering_index" ON "day_helper" ("gathering")""",
    """INSERT INTO session_place (session, round, room)
        SELECT id, round, room FROM session WHERE round IS NOT NULL""",
    """INSERT INTO session_host (session, position, name, key)
        SELECT id, 1, host_name,
            CASE WHEN offered_by IS NULL THEN 'name:' || lower(host_name)
                ELSE 'joiner:' || CAST(offered_by AS VARCHAR(20)) || ':' || lower(host_name) END
        FROM session""",
]
BOARD_CHANGE = """CREATE TABLE "board_change" (
    "id" {id},
    "gathering" BIGINT NOT NULL REFERENCES "gathering" ("id") ON DELETE RESTRICT,
    "version" BIGINT DEFAULT 0 NOT NULL,
    "at" TIMESTAMPTZ NOT NULL,
    "account_id" BIGINT,
    "what" VARCHAR(10) NOT NULL,
    "session" BIGINT REFERENCES "session" ("id") ON DELETE RESTRICT,
    "undoes" BIGINT,
    "before" TEXT NOT NULL,
    "after" TEXT NOT NULL,
    CONSTRAINT "what_known"
        CHECK ("what" IN ('offered', 'placed', 'swapped', 'unplaced', 'changed',
            'withdrawn', 'locked', 'unlocked', 'merged', 'parted', 'announced',
            'phase', 'added'))
)"""
COPY = {
    "id": '"id"',
    "gathering": '"gathering"',
    "version": '"version"',
    "at": '"at"',
    "account_id": '"account_id"',
    "what": '"what"',
    "session": '"session"',
    "undoes": "NULL",
    "before": '"before"',
    "after": '"after"',
}
SQLITE = rebuild(
    "board_change",
    BOARD_CHANGE,
    COPY,
    [
        """CREATE UNIQUE INDEX "board_version_once" ON "board_change" ("gathering", "version")""",
        """CREATE INDEX "board_change_gathering_index" ON "board_change" ("gathering")""",
        """CREATE INDEX "board_change_session_index" ON "board_change" ("session")""",
    ],
)
POSTGRES = [
    """ALTER TABLE "board_change" ADD COLUMN "undoes" BIGINT""",
    """ALTER TABLE "board_change" ALTER COLUMN "session" DROP NOT NULL""",
    'ALTER TABLE "board_change" DROP CONSTRAINT "what_known"',
    """ALTER TABLE "board_change" ADD CONSTRAINT "what_known" CHECK ("what" IN ('offered',
                'placed', 'swapped', 'unplaced', 'changed', 'withdrawn', 'locked',
                'unlocked', 'merged', 'parted', 'announced', 'phase', 'added'))""",
]


async def forwards() -> MigrationManager:
    """Widen and make the tables."""
    return statements(ID, "sessions", DESCRIPTION, UP, sqlite=SQLITE, postgres=POSTGRES)
