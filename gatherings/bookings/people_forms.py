"""The form with a row for each person of a party."""

from typing import Any

from gatherings.bookings.answers import Answers
from gatherings.bookings.someone import ROLE_CHOICES
from gatherings.bookings.step_forms import LONGEST_NAME, Asking, StepForm, Values
from web.forms import Form

MOST_PEOPLE = 20
ADD, REMOVE = "add", "remove-"
TOO_MANY = f"You can book for at most {MOST_PEOPLE} people here. Please ring us for more"
NOBODY = "Add the people you book for. At least one of them takes part"

Row = dict[str, Any]


def rows_of(values: Values) -> list[int]:
    """The keys of the rows on the form, each once."""
    typed = str(values.get("rows", "")).split()
    keys = [int(one) for one in typed if one.isascii() and one.isdecimal() and len(one) < 6]
    return list(dict.fromkeys(keys))[: MOST_PEOPLE + 1]


def _values(asking: Asking) -> Values:
    answers = asking.answers
    keys = [one.key for one in answers.others] or [answers.next_key()]
    values: Values = {"rows": " ".join(str(key) for key in keys)}
    for one in answers.others:
        values[f"name-{one.key}"], values[f"role-{one.key}"] = one.name, one.choice
    return values


def _read(form: Form, asking: Asking) -> Values:
    pressed = form.typed("row")
    rows = [_row(form, key) for key in rows_of(form.values)]
    if pressed == ADD or pressed.startswith(REMOVE):
        return _other_rows(form, rows, pressed, asking.answers)
    rows = [row for row in rows if row["name"] or row["choice"]]
    if form.ticked("save"):
        return {"others": rows, "all_named": False}
    for row in rows:
        if not row["choice"]:
            form.error(f"role-{row['key']}", f"Choose whether {row['name']} takes part or supports")
    _check_party(form, rows, asking.answers)
    return {"others": rows, "all_named": True}


def _row(form: Form, key: int) -> Row:
    name = form.line(f"name-{key}", "this name", most=LONGEST_NAME, optional=True)
    choice = form.typed(f"role-{key}")
    return {"key": key, "name": name, "choice": choice if choice in ROLE_CHOICES else ""}


def _other_rows(form: Form, rows: list[Row], pressed: str, answers: Answers) -> Values:
    """One row more or less. Rows may still be empty: nothing is asked of them yet."""
    if pressed == ADD:
        if len(rows) >= MOST_PEOPLE:
            form.error("", TOO_MANY)
        keys = [answers.next_key() - 1, *(row["key"] for row in rows)]
        rows = [*rows, {"key": max(keys) + 1, "name": "", "choice": ""}]
    else:
        rows = [row for row in rows if f"{REMOVE}{row['key']}" != pressed]
    return {"others": rows, "all_named": False}


def _check_party(form: Form, rows: list[Row], answers: Answers) -> None:
    if not rows or (answers.for_whom == "other" and all(_supports(row) for row in rows)):
        first = next(iter(rows_of(form.values)), answers.next_key())
        form.error(f"name-{first}", NOBODY)
    if len(rows) > MOST_PEOPLE:
        form.error("", TOO_MANY)


def _supports(row: Row) -> bool:
    return row["choice"] in ("supporting", "maybe")


PEOPLE_FORM = StepForm("booking/people.html", _values, _read)
