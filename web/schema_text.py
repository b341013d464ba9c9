"""Prints live Table classes as the text of a migration, good for both databases."""

from collections.abc import Iterator
from enum import Enum

from piccolo.columns import (
    Array,
    BigInt,
    Bytea,
    Column,
    ForeignKey,
    Interval,
    Serial,
    SmallInt,
)
from piccolo.constraints import Check, Unique
from piccolo.table import Table

WORDS = (
    (Serial, "BIGINT"),
    (BigInt, "BIGINT"),
    (SmallInt, "SMALLINT"),
    (Bytea, "{bytes}"),
)
LONGEST_LINE = 90


def ddl_of(*tables: type[Table]) -> list[str]:
    """The statements that make these tables: a developer's start for a new migration.

    Everything unique becomes a named UNIQUE INDEX, so that `violated` finds its name.
    """
    return [statement for table in tables for statement in _statements(table)]


def unique_rules(table: type[Table]) -> dict[str, tuple[str, ...]]:
    """Names and columns of all that must be unique in a table, but for its key."""
    rules: dict[str, tuple[str, ...]] = {
        f"{table._meta.tablename}_{_name(column)}_key": (_name(column),)
        for column in table._meta.columns
        if column._meta.unique and not column._meta.primary_key
    }
    for constraint in table._meta.constraints:
        if isinstance(constraint, Unique):
            rules[constraint._meta.name] = _columns_of(constraint)
    return rules


def _columns_of(rule: Unique) -> tuple[str, ...]:
    return tuple(_name(part) if isinstance(part, Column) else part for part in rule.columns)


def indexed_columns(table: type[Table]) -> list[str]:
    """The columns to look rows up by: every reference, and all that ask for an index."""
    return [
        _name(column)
        for column in table._meta.columns
        if (column._meta.index or isinstance(column, ForeignKey)) and not column._meta.unique
    ]


def _statements(table: type[Table]) -> Iterator[str]:
    name = table._meta.tablename
    lines = [_column_line(column) for column in table._meta.columns]
    lines += [_check_line(rule) for rule in table._meta.constraints if isinstance(rule, Check)]
    yield f'CREATE TABLE "{name}" (\n    ' + ",\n    ".join(lines) + "\n)"
    for rule, columns in unique_rules(table).items():
        listed = ", ".join(f'"{column}"' for column in columns)
        yield f'CREATE UNIQUE INDEX "{rule}" ON "{name}" ({listed})'
    for column in indexed_columns(table):
        yield f'CREATE INDEX "{name}_{column}_index" ON "{name}" ("{column}")'


def _column_line(column: Column) -> str:
    if column._meta.primary_key and isinstance(column, Serial):
        return f'"{_name(column)}" {{id}}'
    parts = [f'"{_name(column)}"', _type_of(column), *_default_of(column)]
    if not column._meta.null:
        parts.append("NOT NULL")
    if column._meta.primary_key:
        parts.append("PRIMARY KEY")
    if isinstance(column, ForeignKey):
        parts.append(_reference_of(column))
    return " ".join(parts)


def _type_of(column: Column) -> str:
    if isinstance(column, ForeignKey):
        return _type_of(column._foreign_key_meta.resolved_target_column)
    for kind, word in WORDS:
        if isinstance(column, kind):
            return word
    if isinstance(column, (Array, Interval)):
        raise TypeError(f"{_name(column)}: no one word for this type on both databases")
    return str(column.column_type)


def _default_of(column: Column) -> list[str]:
    """A plain default. Piccolo gives every value itself, so the others need no words here."""
    value = getattr(column, "default", None)
    value = value.value if isinstance(value, Enum) else value
    if isinstance(value, bool):
        return [f"DEFAULT {value}".upper()]
    if isinstance(value, int):
        return [f"DEFAULT {value}"]
    if isinstance(value, str) and value:
        return ["DEFAULT '" + value.replace("'", "''") + "'"]
    return []


def _reference_of(column: ForeignKey[Table]) -> str:
    meta = column._foreign_key_meta
    target = _name(meta.resolved_target_column)
    table = meta.resolved_references._meta.tablename
    return f'REFERENCES "{table}" ("{target}") ON DELETE {meta.on_delete.value}'


def _check_line(rule: Check) -> str:
    line = f'CONSTRAINT "{rule._meta.name}" {rule.ddl}'
    return line if len(line) <= LONGEST_LINE else line.replace(" CHECK ", "\n        CHECK ", 1)


def _name(column: Column) -> str:
    return column._meta.db_column_name
