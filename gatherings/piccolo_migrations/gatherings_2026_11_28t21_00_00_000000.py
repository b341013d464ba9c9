"""Pictures of a venue's floors."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.schema import statements

ID = "2026-11-28T21:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "floor plans"

UP = [
    """CREATE TABLE "floor_plan" (
        "id" {id},
        "venue" BIGINT NOT NULL REFERENCES "venue" ("id") ON DELETE RESTRICT,
        "floor" VARCHAR(60) DEFAULT '' NOT NULL,
        "described" VARCHAR(1000) DEFAULT '' NOT NULL,
        "picture" VARCHAR(60) DEFAULT '' NOT NULL,
        "upload_sha256" VARCHAR(64) DEFAULT '' NOT NULL,
        "width" INTEGER DEFAULT 0 NOT NULL,
        "height" INTEGER DEFAULT 0 NOT NULL,
        "added_at" TIMESTAMPTZ NOT NULL,
        CONSTRAINT "plan_sent_once" UNIQUE ("venue", "upload_sha256")
    )""",
    """CREATE UNIQUE INDEX "floor_plan_picture_key" ON "floor_plan" ("picture")""",
    """CREATE INDEX "floor_plan_venue_index" ON "floor_plan" ("venue")""",
]


async def forwards() -> MigrationManager:
    """Add the table of floor plans."""
    return statements(ID, "gatherings", DESCRIPTION, UP)
