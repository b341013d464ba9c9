"""Small things that rules do to rows of any table."""

from collections.abc import Mapping
from typing import Any

from piccolo.columns import Column
from piccolo.querystring import QueryString
from piccolo.table import Table


async def hold(table: type[Table], row_id: int) -> None:
    """Let others who would hold this row wait until we are done.

    On SQLite there is one writer anyway. On PostgreSQL an update locks the row.
    """
    await table.update({"id": QueryString('"id"')}).where(table._meta.primary_key == row_id)


def columns(values: Mapping[str, Any]) -> dict[Column | str, Any]:
    """Values by the name of their column, as an update takes them."""
    return dict[Column | str, Any](values.items())
