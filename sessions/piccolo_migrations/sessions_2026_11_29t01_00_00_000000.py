"""The card in hand, for which the wall shows where it fits."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.schema import rebuild, statements

ID = "2026-11-29T01:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "the card in hand"

UP = [
    """ALTER TABLE "board" ADD COLUMN "in_hand" BIGINT""",
    """ALTER TABLE "board" ADD COLUMN "filling" BIGINT""",
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
            'phase', 'added', 'shown'))
)"""
COLUMNS = (
    *("id", "gathering", "version", "at", "account_id", "what", "session"),
    *("undoes", "before", "after"),
)
SQLITE = rebuild(
    "board_change",
    BOARD_CHANGE,
    {column: f'"{column}"' for column in COLUMNS},
    [
        """CREATE UNIQUE INDEX "board_version_once" ON "board_change" ("gathering", "version")""",
        """CREATE INDEX "board_change_gathering_index" ON "board_change" ("gathering")""",
        """CREATE INDEX "board_change_session_index" ON "board_change" ("session")""",
    ],
)
POSTGRES = [
    'ALTER TABLE "board_change" DROP CONSTRAINT "what_known"',
    """ALTER TABLE "board_change" ADD CONSTRAINT "what_known" CHECK ("what" IN ('offered',
                'placed', 'swapped', 'unplaced', 'changed', 'withdrawn', 'locked',
                'unlocked', 'merged', 'parted', 'announced', 'phase', 'added', 'shown'))""",
]


async def forwards() -> MigrationManager:
    """Widen the board, and let its log know of the card in hand."""
    return statements(ID, "sessions", DESCRIPTION, UP, sqlite=SQLITE, postgres=POSTGRES)
