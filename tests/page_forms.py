"""What a browser sends when a button of a form is pressed, read from the page itself."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

Value = str | Sequence[str] | None
Upload = tuple[str, bytes, str]  # file name, content, kind
Pair = tuple[str, str | Upload]
CONTROLS = ("input", "select", "textarea", "button")
NO_FILE: Upload = ("", b"", "application/octet-stream")
BOUNDARY = "a-line-that-no-file-in-these-tests-has"


@dataclass(frozen=True)
class Filling:
    """What a person changes in a form before pressing a button, named by its id."""

    changes: Mapping[str, Value]
    files: Mapping[str, Upload | list[Upload]]
    button: str


@dataclass(frozen=True)
class Submission:
    """Where the form goes, how, and with what."""

    method: str
    action: str
    pairs: Sequence[Pair]
    multipart: bool


def press(page: HtmlElement, selector: str, filling: Filling) -> Submission:
    """Fill the form from its own fields and the changes, then press its button."""
    found = page.cssselect(selector)
    assert found, f"There is no {selector!r} on the page."
    form = found[0]
    assert form.tag == "form", f"{selector!r} is not a form."
    controls = _controls(page, form)
    fields = [control for control in controls if not _presses(control)]
    _every_change_fits(fields, filling)
    pressed = _button([control for control in controls if _presses(control)], filling.button)
    pairs = [pair for field in fields for pair in _sent(field, filling)]
    if pressed.get("name"):
        pairs.append((pressed.attrib["name"], pressed.get("value", "")))
    return Submission(
        str(pressed.get("formmethod") or form.attrib["method"]).lower(),
        str(pressed.get("formaction") or form.attrib["action"]),
        pairs,
        form.get("enctype") == "multipart/form-data",
    )


def multipart_body(pairs: Sequence[Pair]) -> bytes:
    """The pairs as browsers write them: a file field left empty is sent with an empty name."""
    parts = []
    for name, value in pairs:
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"'
        content = value.encode() if isinstance(value, str) else value[1]
        if not isinstance(value, str):
            head += f'; filename="{value[0]}"\r\nContent-Type: {value[2]}'
        parts.append(f"{head}\r\n\r\n".encode() + content + b"\r\n")
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


def _controls(page: HtmlElement, form: HtmlElement) -> list[HtmlElement]:
    """The form's own controls, and those elsewhere that name it."""
    inside = [tag for tag in form.iter(*CONTROLS) if not tag.get("form")]
    mine = form.get("id")
    outside = [tag for tag in page.iter(*CONTROLS) if tag.get("form") == mine] if mine else []
    return [tag for tag in (*inside, *outside) if "disabled" not in tag.attrib]


def _presses(control: HtmlElement) -> bool:
    return control.tag == "button" or control.get("type") in ("submit", "image")


def _button(buttons: Sequence[HtmlElement], wanted: str) -> HtmlElement:
    """The button with this id, or else the first, as when a person presses Enter."""
    able = [tag for tag in buttons if tag.get("type") not in ("button", "reset")]
    found = [tag for tag in able if not wanted or tag.get("id") == wanted]
    known = [tag.get("id") for tag in able]
    assert found, f"The form has no button {wanted!r}, but {known}."
    return found[0]


def _every_change_fits(fields: Sequence[HtmlElement], filling: Filling) -> None:
    """A person can only fill in what is on the page, and choose what is offered."""
    known = {str(field.get("name")) for field in fields}
    for name in (*filling.changes, *filling.files):
        assert name in known, f"The form has no field {name!r}, but {sorted(known)}."
    for name, value in filling.changes.items():
        offered = [v for field in fields if field.get("name") == name for v in _offers(field)]
        for choice in _listed(value) if offered else []:
            assert choice in offered, f"{name!r} does not offer {choice!r}, but {offered}."


def _offers(field: HtmlElement) -> list[str]:
    """The values that may be chosen here. A field to type in offers none."""
    if field.get("type") in ("checkbox", "radio"):
        return [str(field.get("value", "on"))]
    return [option.get("value", option.text_content().strip()) for option in field.iter("option")]


def _sent(field: HtmlElement, filling: Filling) -> Iterator[Pair]:
    name = str(field.get("name", ""))
    if not name:
        return
    if field.get("type") == "file":
        given = filling.files.get(name, NO_FILE)
        yield from ((name, upload) for upload in ([given] if isinstance(given, tuple) else given))
    elif _offers(field):
        wanted = _listed(filling.changes[name]) if name in filling.changes else _marked(field)
        yield from ((name, value) for value in _offers(field) if value in wanted)
    elif filling.changes.get(name, "") is not None:
        yield name, _typed(field, filling.changes.get(name))


def _listed(value: Value) -> list[str]:
    if value is None:
        return []
    return [value] if isinstance(value, str) else list(value)


def _marked(field: HtmlElement) -> list[str]:
    """What the page itself has chosen. A drop-down list shows its first option otherwise."""
    if field.tag != "select":
        return _offers(field) if "checked" in field.attrib else []
    pairs = zip(_offers(field), field.iter("option"), strict=True)
    marked = [value for value, option in pairs if "selected" in option.attrib]
    return marked or ([] if "multiple" in field.attrib else _offers(field)[:1])


def _typed(field: HtmlElement, change: Value) -> str:
    """Browsers drop the first line break of a textarea, and send every one as two characters."""
    assert change is None or isinstance(change, str), f"{field.get('name')} takes one text."
    if field.tag != "textarea":
        return str(field.get("value", "")) if change is None else change
    text = re.sub(r"^\r?\n", "", field.text_content()) if change is None else change
    return re.sub(r"\r\n|\r|\n", "\r\n", text)
