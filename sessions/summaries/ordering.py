"""Rows that stand in an order of their own, in which no two may have the same place."""

from collections.abc import Sequence

from piccolo.columns import Column
from piccolo.table import Table

STEPS = {"up": -1, "down": 1}


async def put_in_order(table: type[Table], ids: Sequence[int]) -> None:
    """Give the rows the places 1, 2, 3 in this order, by way of places that nobody has."""
    key, place = table._meta.primary_key, _place(table)
    for position, row_id in enumerate(ids, 1):
        await table.update({place: -position}).where(key == row_id)
    for position, row_id in enumerate(ids, 1):
        await table.update({place: position}).where(key == row_id)


def moved(ids: Sequence[int], row_id: int, step: str) -> list[int]:
    """The order with one row a place up or down; the first and last stay where they are."""
    order = list(ids)
    at = order.index(row_id)
    to = at + STEPS[step]
    if 0 <= to < len(order):
        order[at], order[to] = order[to], order[at]
    return order


def _place(table: type[Table]) -> Column:
    return table._meta.get_column_by_name("position")
