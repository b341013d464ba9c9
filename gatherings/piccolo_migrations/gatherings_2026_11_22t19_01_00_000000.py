"""First tables: accounts, roles and sign-ins."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.schema import statements

ID = "2026-11-22T19:01:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "accounts, roles and sign-ins"

UP = [
    """CREATE TABLE "account" (
        "id" {id},
        "email" VARCHAR(254) NOT NULL,
        "name" VARCHAR(120) NOT NULL,
        "password_hash" VARCHAR(255) NOT NULL,
        "starts_series" BOOLEAN DEFAULT FALSE NOT NULL,
        "created_at" TIMESTAMPTZ NOT NULL,
        "closed_at" TIMESTAMPTZ
    )""",
    """CREATE UNIQUE INDEX "account_email_key" ON "account" ("email")""",
    """CREATE TABLE "password_link" (
        "id" {id},
        "key_hash" VARCHAR(64) NOT NULL,
        "account" BIGINT NOT NULL REFERENCES "account" ("id") ON DELETE RESTRICT,
        "created_at" TIMESTAMPTZ NOT NULL,
        "expires_at" TIMESTAMPTZ NOT NULL,
        "used_at" TIMESTAMPTZ
    )""",
    """CREATE UNIQUE INDEX "password_link_key_hash_key" ON "password_link" ("key_hash")""",
    """CREATE INDEX "password_link_account_index" ON "password_link" ("account")""",
    """CREATE TABLE "sign_in" (
        "id" {id},
        "key_hash" VARCHAR(64) NOT NULL,
        "account" BIGINT NOT NULL REFERENCES "account" ("id") ON DELETE RESTRICT,
        "created_at" TIMESTAMPTZ NOT NULL,
        "expires_at" TIMESTAMPTZ NOT NULL,
        "ended_at" TIMESTAMPTZ
    )""",
    """CREATE UNIQUE INDEX "sign_in_key_hash_key" ON "sign_in" ("key_hash")""",
    """CREATE INDEX "sign_in_account_index" ON "sign_in" ("account")""",
    """CREATE TABLE "role" (
        "id" {id},
        "account" BIGINT NOT NULL REFERENCES "account" ("id") ON DELETE RESTRICT,
        "series" BIGINT NOT NULL REFERENCES "series" ("id") ON DELETE RESTRICT,
        "role" VARCHAR(20) NOT NULL,
        "granted_at" TIMESTAMPTZ NOT NULL,
        CONSTRAINT "role_known"
            CHECK ("role" IN ('organiser', 'access_lead', 'facilitator', 'note_keeper', 'door'))
    )""",
    """CREATE UNIQUE INDEX "role_once" ON "role" ("account", "series", "role")""",
    """CREATE INDEX "role_account_index" ON "role" ("account")""",
    """CREATE INDEX "role_series_index" ON "role" ("series")""",
]


async def forwards() -> MigrationManager:
    """Make the tables."""
    return statements(ID, "gatherings", DESCRIPTION, UP)
