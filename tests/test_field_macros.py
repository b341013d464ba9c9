"""The form macros: every control has its label, its id and what describes it."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from web.pages import TEMPLATES

FIELDS = Environment(
    loader=FileSystemLoader(TEMPLATES),
    undefined=StrictUndefined,
    autoescape=True,
    extensions=["jinja2.ext.do"],
).get_template("forms.html")
WAYS = [("post", "By post"), ("phone", "By phone", "We ring once.")]


def draw(macro: str, *values: Any, **more: Any) -> BeautifulSoup:
    drawn = getattr(FIELDS.module, macro)(*values, **more)
    return BeautifulSoup(str(drawn), "html.parser")


def one(soup: BeautifulSoup, selector: str) -> Any:
    found = soup.select(selector)
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("macro", ["text", "textarea", "time"])
def test_a_field_is_labelled_described_and_keeps_what_was_typed(macro: str) -> None:
    drawn = draw(macro, "about", "About", {"about": "<b>"}, {"about": "Enter it"}, hint="Short.")
    field = one(drawn, "#about")
    assert one(drawn, "label")["for"] == "about"
    assert field["aria-describedby"] == "about-hint about-error"
    assert field["aria-invalid"] == "true"
    assert (field.get("value") or field.text.strip()) == "<b>"
    assert one(drawn, "#about-error").text == "Error: Enter it"


def test_a_password_is_never_sent_back() -> None:
    drawn = draw("text", "word", "Password", {"word": "secret"}, {}, type="password")
    assert "secret" not in str(drawn)


def test_a_limit_is_stated_and_described() -> None:
    drawn = draw("text", "title", "Title", {}, {}, counter=60)
    assert one(drawn, "#title")["aria-describedby"] == "title-left"
    assert one(drawn, "#title-left").text == "You can write up to 60 characters."


def test_radios_have_stable_ids_and_one_chosen() -> None:
    drawn = draw("radios", "way", "How?", WAYS, {"way": "phone"}, {}, legend_is_heading=True)
    assert [radio["id"] for radio in drawn.select("input")] == ["way", "way-2"]
    assert [radio["id"] for radio in drawn.select("input[checked]")] == ["way-2"]
    assert one(drawn, "legend h1").text == "How?"
    assert one(drawn, "#way-2")["aria-describedby"] == "way-2-about"


def test_no_radio_is_chosen_before_anybody_chose() -> None:
    drawn = draw("radios", "way", "How?", [("0", "None"), ("1", "One")], {}, {})
    assert drawn.select("input[checked]") == []


def test_the_last_checkbox_can_come_after_or() -> None:
    drawn = draw("checkboxes", "way", "How?", WAYS, {"way": ["post"]}, {}, or_last=True)
    assert [box["value"] for box in drawn.select("input[checked]")] == ["post"]
    assert one(drawn, ".or").text == "or"


def test_a_date_keeps_its_three_parts() -> None:
    typed = {"day_day": "31", "day_month": "2", "day_year": "2027"}
    drawn = draw("date", "day", "Which day?", typed, {"day": "Enter a real date"})
    fields = drawn.select("input")
    assert [field["name"] for field in fields] == list(typed)
    assert [field["value"] for field in fields] == list(typed.values())
    assert one(drawn, "#day")["name"] == "day_day"
    assert one(drawn, "fieldset")["aria-describedby"] == "day-hint day-error"


def test_the_summary_leads_to_each_field() -> None:
    drawn = draw("error_summary", {"name": "Enter your name", "": "Choose one of the two"})
    assert one(drawn, "h2").text == "There is a problem"
    assert one(drawn, "a")["href"] == "#name"
    assert len(drawn.select("li")) == 2
    assert str(draw("error_summary", {})) == ""
