"""A broken rule has the same name on both databases."""

from collections.abc import AsyncIterator

import pytest

from web.database import DatabaseEngine, IntegrityError, violated
from web.schema import apply

TABLES = (
    """CREATE TABLE "rule_parent" (
        "id" {id},
        "slug" VARCHAR(9) NOT NULL,
        "row" INTEGER,
        "place" INTEGER,
        "word" VARCHAR(9),
        "gone" BOOLEAN NOT NULL DEFAULT FALSE,
        "plain" INTEGER UNIQUE,
        CONSTRAINT "row_right" CHECK ("row" > 0),
        CONSTRAINT "place_once" UNIQUE ("row", "place")
    )""",
    """CREATE TABLE "rule_child" (
        "id" {id},
        "parent" BIGINT NOT NULL REFERENCES "rule_parent" ("id") ON DELETE RESTRICT
    )""",
    'CREATE UNIQUE INDEX "rule_parent_slug_key" ON "rule_parent" ("slug")',
    'CREATE UNIQUE INDEX "word_once_at_a_time" ON "rule_parent" ("word") WHERE NOT "gone"',
    """INSERT INTO "rule_parent" ("id", "slug", "row", "place", "word", "plain")
        VALUES (1, 'first', 1, 1, 'elm', 7)""",
    """INSERT INTO "rule_child" ("parent") VALUES (1)""",
)
BROKEN = {
    """INSERT INTO rule_parent (id, slug) VALUES (1, 'x')""": "rule_parent_pkey",
    """INSERT INTO rule_parent (id, slug) VALUES (2, 'first')""": "rule_parent_slug_key",
    """INSERT INTO rule_parent (id, slug, "row", place) VALUES (2, 'x', 1, 1)""": "place_once",
    """INSERT INTO rule_parent (id, slug, word) VALUES (2, 'x', 'elm')""": "word_once_at_a_time",
    """INSERT INTO rule_parent (id, slug, plain) VALUES (2, 'x', 7)""": "rule_parent_plain_key",
    """INSERT INTO rule_parent (id, slug, "row") VALUES (2, 'x', 0)""": "row_right",
    """INSERT INTO rule_parent (id, word) VALUES (2, 'x')""": "rule_parent.slug",
    """INSERT INTO rule_child (parent) VALUES (9)""": "foreign key",
    """DELETE FROM rule_parent WHERE id = 1""": "foreign key",
}


@pytest.fixture
async def rules(engine: DatabaseEngine) -> AsyncIterator[DatabaseEngine]:
    await apply(engine, TABLES)
    yield engine
    for name in ("rule_child", "rule_parent"):
        await engine.run_ddl(f'DROP TABLE "{name}"')


async def test_every_rule_has_one_name(rules: DatabaseEngine) -> None:
    names = {}
    for statement in BROKEN:
        with pytest.raises(IntegrityError) as broken:
            await rules.write(rules.run_ddl, statement)
        names[statement] = violated(broken.value)
    assert names == BROKEN


def test_other_errors_break_no_rule() -> None:
    assert violated(LookupError("UNIQUE constraint failed: a.b")) == ""
