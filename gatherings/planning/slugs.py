"""Public addresses made from names: short, unique, and never changed afterwards."""

import re
import secrets
import unicodedata

from piccolo.columns import Varchar
from piccolo.table import Table

from web.codes import EASY_WORDS

LONGEST = 48
NOT_IN_ADDRESSES = re.compile(r"[^a-z0-9]+")


def slug_of(name: str) -> str:
    """The name as an address, such as "changing-the-story"; empty when it has no such letters."""
    plain = unicodedata.normalize("NFKD", name.replace("&", " and ").replace("’", ""))
    letters = plain.encode("ascii", "ignore").decode().lower().replace("'", "")
    slug = NOT_IN_ADDRESSES.sub("-", letters).strip("-")
    if len(slug) > LONGEST:
        slug = slug[: LONGEST + 1].rpartition("-")[0] or slug[:LONGEST]
    return slug


async def free_slug(table: type[Table], column: Varchar, name: str) -> str:
    """An address that no other row of the table has. A name in another script gets easy words."""
    wanted = slug_of(name) or f"{secrets.choice(EASY_WORDS)}-{secrets.choice(EASY_WORDS)}"
    rows = await table.select(column).where(column.like(f"{wanted}%"))
    used = {row["slug"] for row in rows}
    number, slug = 1, wanted
    while slug in used:
        number += 1
        slug = f"{wanted}-{number}"
    return slug
