"""Finds where the migrated database and the live Table classes no longer agree."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from piccolo.columns import ForeignKey
from piccolo.constraints import Check
from piccolo.querystring import QueryString
from piccolo.table import Table

from web.database import DatabaseEngine
from web.schema_text import indexed_columns, unique_rules

NAMED_CHECK = re.compile(r'CONSTRAINT\s+"?(\w+)"?\s+CHECK', re.IGNORECASE)
POSTGRES_COLUMNS = (
    "SELECT column_name AS name, is_nullable = 'YES' AS nullable "
    "FROM information_schema.columns "
    "WHERE table_schema = current_schema() AND table_name = {}"
)
POSTGRES_INDEXES = (
    "SELECT i.indisunique AND i.indpred IS NULL AS is_unique,"
    " array_agg(a.attname::text ORDER BY k.place) AS columns "
    "FROM pg_index i "
    "CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k(number, place) "
    "JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number "
    "WHERE i.indrelid = to_regclass(quote_ident({}::text)) GROUP BY i.indexrelid, 1"
)
POSTGRES_CONSTRAINTS = (
    "SELECT c.conname::text AS name, c.contype::text AS kind, a.attname::text AS column,"
    " t.relname::text AS target, c.confdeltype::text AS on_delete "
    "FROM pg_constraint c "
    "LEFT JOIN pg_class t ON t.oid = c.confrelid "
    "LEFT JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] "
    "WHERE c.conrelid = to_regclass(quote_ident({}::text))"
)
POSTGRES_ON_DELETE = {
    "a": "NO ACTION",
    "c": "CASCADE",
    "d": "SET DEFAULT",
    "n": "SET NULL",
    "r": "RESTRICT",
}


@dataclass(frozen=True)
class Facts:
    """What can be told of one table. `rules` are sentences, each true or not."""

    nullable: dict[str, bool]
    rules: frozenset[str]


async def drift(tables: Sequence[type[Table]]) -> list[str]:
    """Differences between these Table classes and the database, in words; [] for none."""
    found: list[str] = []
    for table in tables:
        live = _facts_of_class(table)
        stored = await _facts_stored(table)
        found += [f"{table._meta.tablename}: {line}" for line in _differences(live, stored)]
    return found


def _differences(live: Facts, stored: Facts) -> list[str]:
    if not stored.nullable:
        return ["there is no such table"]
    both = live.nullable.keys() & stored.nullable.keys()
    return sorted(
        [
            *(f"column {name} is missing" for name in live.nullable.keys() - both),
            *(f"column {name} is not in the class" for name in stored.nullable.keys() - both),
            *(
                f"column {name} should {'' if live.nullable[name] else 'not '}be nullable"
                for name in both
                if live.nullable[name] != stored.nullable[name]
            ),
            *(f"missing: {rule}" for rule in live.rules - stored.rules),
        ]
    )


def _facts_of_class(table: type[Table]) -> Facts:
    columns = table._meta.columns
    rules = {_unique(names) for names in unique_rules(table).values()}
    rules |= {_index(name) for name in indexed_columns(table)}
    rules |= {_check(c._meta.name) for c in table._meta.constraints if isinstance(c, Check)}
    rules |= {_reference_of(column) for column in columns if isinstance(column, ForeignKey)}
    nullable = {column._meta.db_column_name: bool(column._meta.null) for column in columns}
    return Facts(nullable, frozenset(rules))


def _reference_of(column: ForeignKey[Table]) -> str:
    meta = column._foreign_key_meta
    target = meta.resolved_references._meta.tablename
    return _reference(column._meta.db_column_name, target, meta.on_delete.value)


async def _facts_stored(table: type[Table]) -> Facts:
    engine: Any = table._meta.db
    if engine.engine_type == "sqlite":
        return await _facts_in_sqlite(engine, table._meta.tablename)
    return await _facts_in_postgres(engine, table._meta.tablename)


async def _facts_in_sqlite(engine: DatabaseEngine, table: str) -> Facts:
    columns = await _rows(engine, f'PRAGMA table_info("{table}")')
    indexes = await _rows(engine, f'PRAGMA index_list("{table}")')
    rules: set[str] = set()
    for index in indexes:
        parts = await _rows(engine, f'PRAGMA index_info("{index["name"]}")')
        names = [part["name"] for part in parts]
        rules |= _index_rules(names, bool(index["unique"] and not index["partial"]))
    for key in await _rows(engine, f'PRAGMA foreign_key_list("{table}")'):
        rules.add(_reference(key["from"], key["table"], key["on_delete"]))
    text = await _rows(engine, "SELECT sql FROM sqlite_master WHERE name = {}", table)
    rules |= {_check(name) for row in text for name in NAMED_CHECK.findall(row["sql"])}
    nullable = {row["name"]: not (row["notnull"] or row["pk"]) for row in columns}
    return Facts(nullable, frozenset(rules))


async def _facts_in_postgres(engine: DatabaseEngine, table: str) -> Facts:
    columns = await _rows(engine, POSTGRES_COLUMNS, table)
    rules: set[str] = set()
    for index in await _rows(engine, POSTGRES_INDEXES, table):
        rules |= _index_rules(index["columns"], index["is_unique"])
    for row in await _rows(engine, POSTGRES_CONSTRAINTS, table):
        if row["kind"] == "c":
            rules.add(_check(row["name"]))
        if row["kind"] == "f":
            action = POSTGRES_ON_DELETE[row["on_delete"]]
            rules.add(_reference(row["column"], row["target"], action))
    return Facts({row["name"]: row["nullable"] for row in columns}, frozenset(rules))


async def _rows(engine: DatabaseEngine, query: str, *args: Any) -> list[dict[str, Any]]:
    rows = await engine.run_querystring(QueryString(query, *args))
    return engine.transform_response_to_dicts(rows)


def _index_rules(columns: Sequence[str], unique: bool) -> set[str]:
    """An index helps to find rows by its first column."""
    return {_index(columns[0])} | ({_unique(columns)} if unique else set())


def _unique(columns: Sequence[str]) -> str:
    return f"unique ({', '.join(columns)})"


def _index(column: str) -> str:
    return f"an index on {column}"


def _check(name: str) -> str:
    return f"check {name}"


def _reference(column: str, table: str, on_delete: str) -> str:
    return f"{column} refers to {table}, on delete {on_delete.lower()}"
