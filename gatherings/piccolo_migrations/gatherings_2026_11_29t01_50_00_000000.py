"""Each use of photographs is asked by itself, and each yes is kept with its words.

Until now one answer stood for "photographs". It was given to taking and showing them, and named no
place where they are shown. So a yes counts for our own records, and elsewhere we ask first.
"""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.schema import statements

ID = "2026-11-29T01:50:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "what photographs may be used for"

ADD = """ALTER TABLE "person" ADD COLUMN "{name}" VARCHAR(3) DEFAULT 'no' NOT NULL
    CONSTRAINT "{name}_known" CHECK ("{name}" IN ('yes', 'no', 'ask'))"""
PLACES = ("photo_web", "photo_social", "photo_print")

UP = [
    *(ADD.replace("{name}", name) for name in PLACES),
    """UPDATE "person" SET "photo_web" = 'ask', "photo_social" = 'ask', "photo_print" = 'ask'
    WHERE "photo" IN ('yes', 'ask')""",
    """ALTER TABLE "consent" ADD COLUMN "of_person" INTEGER DEFAULT 0 NOT NULL""",
]


async def forwards() -> MigrationManager:
    """Widen the tables of people and of consents."""
    return statements(ID, "gatherings", DESCRIPTION, UP)
