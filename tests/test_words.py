"""Moments and money as people say them."""

from datetime import UTC, datetime

import pytest

from web import words

LONDON = "Europe/London"


def test_a_summer_moment_is_told_in_summer_time() -> None:
    moment = datetime(2027, 6, 1, 9, 30, tzinfo=UTC)
    assert words.day(moment, LONDON) == "Tuesday 1 June 2027"
    assert words.clock(moment, LONDON) == "10:30am"


@pytest.mark.parametrize(
    ("hour", "minute", "said"),
    [
        (10, 0, "10am"),
        (12, 0, "midday"),
        (0, 0, "midnight"),
        (12, 30, "12:30pm"),
        (16, 5, "4:05pm"),
    ],
)
def test_the_clock_in_words(hour: int, minute: int, said: str) -> None:
    assert words.clock(datetime(2027, 1, 5, hour, minute, tzinfo=UTC), LONDON) == said


@pytest.mark.parametrize(("pence", "said"), [(0, "Free"), (500, "£5"), (550, "£5.50")])
def test_money_in_words(pence: int, said: str) -> None:
    assert words.money(pence) == said
