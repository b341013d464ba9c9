"""A host's own access needs: `access_catalogue.toml` in the data folder, and its checks."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from gatherings.planning.catalogue import FEATURES
from gatherings.wording.wording import faults

OWN_GROUP = "any"  # own words and "please ask me" stand there, last of all
NAME = "access_catalogue.toml"
CODE = re.compile(r"x_[a-z0-9_]+")
ACTORS = ("organiser", "venue", "facilitator", "caterer", "graphic_artist")
LONGEST_LABEL, MOST_EASY_WORDS, LONGEST_LEAD = 90, 10, 365
SAID = ("label", "easy", "detail", "door", "room_card", "venue")
NEEDED = ("code", "group", "label", "easy", "act")
DEFAULTS: dict[str, Any] = {
    "room": [],
    "resource": "",
    "schedule": "",
    "lead_days": 7,
    "detail": "",
    "symbol": "",
    "door": "",
    "room_card": "",
    "venue": "",
    "retired_at": None,
    "successor": "",
}
KINDS: dict[str, type] = {"act": list, "room": list, "lead_days": int, "retired_at": date}


def local_needs(folder: Path, shipped: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of the host's own file, whole; none without a file. ValueError says what is wrong.

    `shipped` is the catalogue that comes with the product, as it is read from its file.
    """
    path = folder / NAME
    if not path.exists():
        return []
    try:
        kept = tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError as why:
        raise ValueError(f"{path} cannot be read: {why}.") from why
    rows = kept.get("need", [])
    if set(kept) - {"need"} or not isinstance(rows, list):
        raise ValueError(f"{path} may hold only entries that begin with [[need]].")
    for number, row in enumerate(rows, 1):
        for fault in _faults(row, rows, shipped):
            raise ValueError(f"{path}: entry {number} {fault}.")
    return [DEFAULTS | row for row in rows]


def _faults(row: Any, rows: list[Any], shipped: dict[str, Any]) -> Iterator[str]:
    yield from _wrong_kind(row)
    if not CODE.fullmatch(row["code"]):
        yield f"has the code {row['code']!r}: it must begin with x_, then a-z, 0-9 and _ only"
    if sum(isinstance(one, dict) and one.get("code") == row["code"] for one in rows) > 1:
        yield f"has the code {row['code']!r}, which another entry has, too"
    yield from _unknown(row, rows, shipped)
    yield from _unplain(row)


def _wrong_kind(row: Any) -> Iterator[str]:
    if not isinstance(row, dict):
        yield "is no table"
    for name in NEEDED:
        if not row.get(name) or not str(row[name]).strip():
            yield f"needs {name!r}"
    for name, value in row.items():
        if name not in (*NEEDED, *DEFAULTS):
            yield f"has {name!r}, which no entry has"
        kind = KINDS.get(name, str)
        if type(value) is not kind:
            yield f"has a wrong {name!r}"
        if kind is list and not all(isinstance(one, str) for one in value):
            yield f"has a wrong {name!r}"


def _unknown(row: dict[str, Any], rows: list[Any], shipped: dict[str, Any]) -> Iterator[str]:
    needs = shipped["need"]
    known: dict[str, set[str]] = {
        "group": {one["code"] for one in shipped["group"]} - {OWN_GROUP},
        "act": set(ACTORS),
        "room": set(FEATURES),
        "resource": {"", *(one["code"] for one in shipped["resource"])},
        "schedule": {"", *(one["schedule"] for one in needs)},
        "symbol": {"", *(one["symbol"] for one in needs)},
    }
    for name, allowed in known.items():
        said = row.get(name, DEFAULTS.get(name))
        for one in said if isinstance(said, list) else [said]:
            if one not in allowed:
                yield f"has {one!r} as {name!r}, which we do not know"
    if not 0 <= row.get("lead_days", 0) <= LONGEST_LEAD:
        yield f"must have 'lead_days' from 0 to {LONGEST_LEAD}"


def _unplain(row: dict[str, Any]) -> Iterator[str]:
    if len(row["label"]) > LONGEST_LABEL:
        yield f"has a 'label' of more than {LONGEST_LABEL} characters"
    if len(row["easy"].split()) > MOST_EASY_WORDS:
        yield f"has an 'easy' label of more than {MOST_EASY_WORDS} words"
    for name in SAID:
        for fault in faults(row.get(name, ""), easy=name == "easy"):
            yield f"has a {name!r} that is not plain: {fault}"
