"""Reading forms: every problem at once, in plain words, with what was typed kept."""

from datetime import date, time

import pytest
from litestar.datastructures import FormMultiDict

from web.forms import Form, clean
from web.words import time_of


def form(*pairs: tuple[str, str]) -> Form:
    return Form(FormMultiDict(list(pairs)))


def test_all_problems_are_told_at_once() -> None:
    sent = form(("title", ""), ("places", "many"), ("way", "pigeon"))
    sent.line("title", "a title", most=60)
    sent.number("places", "how many places there are", least=1, most=500)
    sent.choice("way", "how we should reach you", ("email", "phone"))
    assert sent.errors == {
        "title": "Enter a title",
        "places": "Enter how many places there are as a whole number, such as 1",
        "way": "Choose how we should reach you",
    }
    assert sent.values == {"title": "", "places": "many", "way": "pigeon"}


def test_text_that_is_too_long_is_kept_and_counted() -> None:
    sent = form(("title", "x" * 61))
    sent.line("title", "the title", most=60)
    assert sent.errors == {
        "title": "Make the title shorter: at most 60 characters. It now has 61",
    }
    assert sent.values == {"title": "x" * 61}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Zoë  ", "Zoë"),
        ("Zoe\u0308", "Zoë"),
        ("one\r\ntwo", "one\ntwo"),
        ("nul\x00 and bell\x07", "nul and bell"),
        ("مرحبا", "مرحبا"),
        ("turn \u202eround", "turn round"),
        ("👩🏽‍🦽 rolls in", "👩🏽‍🦽 rolls in"),
        ("\u200bZoë", "\u200bZoë"),
        ("\u200b", ""),
        ("\ufeff \u2060\u2028", ""),
        ("\u3164", ""),
        ("\u200d\ufe0f", ""),
    ],
)
def test_text_is_tidied_and_nothing_meant_is_lost(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("10:00", time(10)),
        ("10.30", time(10, 30)),
        ("2pm", time(14)),
        ("2:30 PM", time(14, 30)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("9", time(9)),
        ("24:00", None),
        ("10:75", None),
        ("13pm", None),
        ("soon", None),
        ("", None),
    ],
)
def test_times_as_people_write_them(typed: str, meant: time | None) -> None:
    assert time_of(typed) == meant


def test_a_date_is_read_from_three_fields() -> None:
    sent = form(("on_day", "27"), ("on_month", "3"), ("on_year", "2027"))
    assert sent.day("on", "the date") == date(2027, 3, 27)
    assert sent.errors == {}


def test_a_year_of_two_digits_is_asked_for_in_full() -> None:
    sent = form(("on_day", "27"), ("on_month", "3"), ("on_year", "27"))
    assert sent.day("on", "the date") is None
    assert sent.errors == {"on": "Write the year of the date with all its digits, such as 2027"}


def test_a_date_that_is_not_real_is_told() -> None:
    sent = form(("on_day", "31"), ("on_month", "2"), ("on_year", "2027"))
    assert sent.day("on", "the date") is None
    assert sent.errors == {"on": "Enter the date as a real date, such as 27 3 2027"}


@pytest.mark.parametrize(
    ("typed", "pence"),
    [("", 0), ("5", 500), ("£5.50", 550), ("5.5", 550), ("1,000", 100_000)],
)
def test_money_is_read_in_pounds(typed: str, pence: int) -> None:
    sent = form(("cost", typed))
    assert sent.pence("cost", "the cost", most=500_000) == pence
    assert sent.errors == {}


@pytest.mark.parametrize("typed", ["five", "5.555", "-1", "5.5.5"])
def test_money_that_is_no_amount_is_told(typed: str) -> None:
    sent = form(("cost", typed))
    sent.pence("cost", "the cost", most=500_000)
    assert sent.errors == {"cost": "Enter the cost in pounds, such as 5 or 5.50"}


@pytest.mark.parametrize("typed", ["٣", "-4", "4.5", "1e3", "9" * 40])
def test_odd_numbers_are_told_and_do_not_break(typed: str) -> None:
    sent = form(("places", typed))
    sent.number("places", "the places", least=1, most=500)
    assert list(sent.errors) == ["places"]


def test_only_known_choices_are_taken() -> None:
    sent = form(("need", "hear.loop"), ("need", "made.up"), ("need", "see.large"))
    assert sent.some("need", ("hear.loop", "see.large", "any.other")) == ["hear.loop", "see.large"]
