"""The migrated database is what the Table classes say, on both databases."""

from tests.databases import all_tables
from web.database import DatabaseEngine
from web.schema import drift


async def test_no_drift(db: DatabaseEngine) -> None:
    assert await drift(all_tables()) == []
