"""Migrations run on both databases, and leave what the Table classes say."""

import datetime
from typing import Any

import pytest
from piccolo.columns import (
    BigInt,
    Boolean,
    Bytea,
    Date,
    ForeignKey,
    Integer,
    OnDelete,
    Serial,
    Text,
    Time,
    Timestamptz,
    Varchar,
)
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from tests.databases import all_tables
from web.database import DatabaseEngine
from web.schema import apply, ddl_of, drift, in_the_words_of, main, migrate, statements

NOON = datetime.datetime(2026, 11, 22, 12, 0, tzinfo=datetime.UTC)


class Shelf(Table, tablename="try_shelf"):
    id: Serial
    name = Varchar(length=60, unique=True)
    state = Varchar(length=9, default="it's new")
    open = Boolean(default=True)
    kept_until = Timestamptz(null=True, default=None)

    open_or_kept = Check("open OR kept_until IS NOT NULL")


class Book(Table, tablename="try_book"):
    id: Serial
    shelf = ForeignKey(Shelf, null=False, on_delete=OnDelete.restrict, index=True)
    place = Integer()
    size = BigInt(index=True)
    text = Text()
    cover = Bytea()
    printed = Date()
    lent_at = Time()

    place_once = Unique(["shelf", "place"])


DDL = [
    """CREATE TABLE "try_shelf" (
    "id" {id},
    "name" VARCHAR(60) NOT NULL,
    "state" VARCHAR(9) DEFAULT 'it''s new' NOT NULL,
    "open" BOOLEAN DEFAULT TRUE NOT NULL,
    "kept_until" TIMESTAMPTZ,
    CONSTRAINT "open_or_kept" CHECK (open OR kept_until IS NOT NULL)
)""",
    'CREATE UNIQUE INDEX "try_shelf_name_key" ON "try_shelf" ("name")',
    """CREATE TABLE "try_book" (
    "id" {id},
    "shelf" BIGINT NOT NULL REFERENCES "try_shelf" ("id") ON DELETE RESTRICT,
    "place" INTEGER DEFAULT 0 NOT NULL,
    "size" BIGINT DEFAULT 0 NOT NULL,
    "text" TEXT NOT NULL,
    "cover" {bytes} NOT NULL,
    "printed" DATE NOT NULL,
    "lent_at" TIME NOT NULL
)""",
    'CREATE UNIQUE INDEX "place_once" ON "try_book" ("shelf", "place")',
    'CREATE INDEX "try_book_shelf_index" ON "try_book" ("shelf")',
    'CREATE INDEX "try_book_size_index" ON "try_book" ("size")',
]


async def make_library(engine: DatabaseEngine, texts: list[str]) -> None:
    for table in (Book, Shelf):
        table._meta.db = engine
        await engine.run_ddl(f'DROP TABLE IF EXISTS "{table._meta.tablename}"')
    await apply(engine, texts)


def test_tables_are_printed_as_frozen_text() -> None:
    assert ddl_of(Shelf, Book) == DDL


def test_a_developer_can_print_a_module(capsys: pytest.CaptureFixture[str]) -> None:
    main(["tests.engine_tables"])
    printed = capsys.readouterr().out
    assert printed.startswith('    """CREATE TABLE "try_hall" (\n        "id" {id},\n')
    assert printed.index("try_hall") < printed.index("try_seat")


def test_each_database_has_its_words() -> None:
    text = 'CREATE TABLE "a" ("id" {id}, "b" {bytes})'
    assert in_the_words_of("sqlite", text) == (
        'CREATE TABLE "a" ("id" INTEGER PRIMARY KEY AUTOINCREMENT, "b" BLOB)'
    )
    assert in_the_words_of("postgres", text) == (
        'CREATE TABLE "a" ("id" BIGSERIAL PRIMARY KEY, "b" BYTEA)'
    )


async def test_values_come_back_as_they_went_in(engine: DatabaseEngine) -> None:
    await make_library(engine, ddl_of(Shelf, Book))
    shelf = Shelf(name="A", open=False, kept_until=NOON)
    await shelf.save()
    values: dict[str, Any] = {
        "place": 1,
        "size": 2**40,
        "text": "£",
        "cover": b"\x00\xff",
        "printed": datetime.date(2026, 2, 28),
        "lent_at": datetime.time(12, 30),
    }
    await Book(shelf=shelf.id, **values).save()
    assert await Book.select(*values).first() == values
    assert await Shelf.select(Shelf.open, Shelf.kept_until) == [{"open": False, "kept_until": NOON}]
    closed = Shelf.update({Shelf.name: "B"}).where(Shelf.open.eq(False))
    assert await closed.returning(Shelf.open, Shelf.kept_until) == [
        {"open": False, "kept_until": NOON}
    ]


async def test_no_drift_between_the_migrations_and_the_tables(db: DatabaseEngine) -> None:
    assert await drift(all_tables()) == []


async def test_nothing_is_left_to_migrate(db: DatabaseEngine) -> None:
    assert await migrate() == []


async def test_drift_is_found(engine: DatabaseEngine) -> None:
    await make_library(
        engine,
        [
            'CREATE TABLE "try_shelf" ("id" {id}, "name" VARCHAR(60), "open" BOOLEAN NOT NULL,'
            ' "kept_until" TIMESTAMPTZ, "colour" TEXT)',
        ],
    )
    assert await drift([Shelf, Book]) == [
        "try_shelf: column colour is not in the class",
        "try_shelf: column name should not be nullable",
        "try_shelf: column state is missing",
        "try_shelf: missing: check open_or_kept",
        "try_shelf: missing: unique (name)",
        "try_book: there is no such table",
    ]


async def test_a_missing_reference_is_drift(engine: DatabaseEngine) -> None:
    texts = [text.replace("ON DELETE RESTRICT", "ON DELETE CASCADE") for text in DDL]
    await make_library(engine, [text for text in texts if "_index" not in text])
    assert await drift([Shelf, Book]) == [
        "try_book: missing: an index on size",
        "try_book: missing: shelf refers to try_shelf, on delete restrict",
    ]


async def test_a_migration_can_speak_to_one_database(db: DatabaseEngine) -> None:
    ours = "INSERT INTO migration (name, app_name) VALUES ('{}', 'a')"
    manager = statements(
        "2026", "a", "try", [], sqlite=[ours.format("sqlite")], postgres=[ours.format("postgres")]
    )
    await manager.run()
    rows = await db.run_ddl("SELECT name FROM migration WHERE app_name = 'a'")
    await db.run_ddl("DELETE FROM migration WHERE app_name = 'a'")
    assert [row["name"] for row in rows] == [db.engine_type]
