"""What every form of the desk does: try a verb, and put its refusal beside the field."""

from collections.abc import Mapping
from typing import Any, ParamSpec, TypeVar

from gatherings.planning.refusals import Refused, Stale
from web.database import write
from web.forms import Form
from web.pages import Page, WebRequest, page
from web.units_of_work import Verb

P = ParamSpec("P")
T = TypeVar("T")

STALE = (
    "Somebody else changed this while you were typing. "
    "What you typed is still below. Press the button again to keep it"
)


async def try_to(form: Form, verb: Verb[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T | None:
    """Do it. When the rule refuses, note why in the form's errors."""
    try:
        return await write(verb, *args, **kwargs)
    except Refused as refused:
        form.error(refused.field, refused.words)
    except Stale:
        form.error("", STALE)
    return None


def show_what_changed(form: Form, now: Mapping[str, str]) -> None:
    """After a stale form: what each field says now, and leave to press the button again."""
    if form.errors.get("") == STALE:
        show_what_is_there(form, now)


def show_what_is_there(form: Form, now: Mapping[str, str]) -> None:
    """Beside each field that differs what is kept in it.

    `now` holds what the form would show if it were opened afresh, with its new mark as `seen`.
    """
    form.values["seen"] = now["seen"]
    for field, words in now.items():
        if field != "seen" and form.typed(field) != words:
            form.error(field, f"Now it says “{words}”" if words else "Now it is empty")


def form_page(request: WebRequest, template: str, form: Form | None, **context: Any) -> Page:
    """The page of a form: as first opened, or with errors and what was typed."""
    errors = form.errors if form else {}
    if form:
        context["values"] = form.values
    return page(request, template, status=422 if errors else 200, errors=errors, **context)
