"""An error in the log says where it happened and of which kind it is, and nothing about anybody."""

import logging

import pytest
from litestar import Litestar
from litestar.logging import LoggingConfig

from gatherings.bookings.tables import Person
from tests.booking_rows import make_gathering
from web.database import write
from web.log_lines import LogLines

NAME = "Calpurnia"


async def _break_a_rule() -> None:
    await make_gathering()
    await Person.raw(
        "INSERT INTO person (booking, position, role, name) VALUES (1, 1, 'x', {})", NAME
    )


def _logged(error: BaseException) -> str:
    record = logging.LogRecord(
        "gatherings.errors",
        logging.ERROR,
        __file__,
        1,
        "failed",
        None,
        (type(error), error, error.__traceback__),
    )
    return LogLines("%(message)s").format(record)


async def test_a_row_that_the_database_refuses_is_not_in_the_log(db: object) -> None:
    with pytest.raises(Exception) as raised:  # noqa: PT011 (each database has its own)
        await write(_break_a_rule)
    told = _logged(raised.value)
    assert told.startswith("failed\n")
    assert "_break_a_rule" in told
    assert NAME not in told


def test_what_led_to_it_is_told_as_well() -> None:
    try:
        try:
            int(NAME)
        except ValueError as error:
            raise RuntimeError(NAME) from error
    except RuntimeError as error:
        lines = _logged(error).splitlines()
    kinds = [line for line in lines if not line.startswith(" ")]
    assert kinds == ["failed", "builtins.ValueError", "which led to:", "builtins.RuntimeError"]
    assert NAME not in "".join(lines)


def test_a_file_that_is_not_there_is_named() -> None:
    try:
        raise ExceptionGroup(
            NAME, [FileNotFoundError(2, "No such file", "large.jpg"), KeyError(NAME)]
        )
    except ExceptionGroup as error:
        lines = _logged(error).splitlines()
    assert lines[-3:] == [
        "builtins.ExceptionGroup",
        "builtins.FileNotFoundError: [Errno 2] No such file: 'large.jpg'",
        "builtins.KeyError",
    ]


def test_the_app_logs_like_that(one_app: Litestar) -> None:
    config = one_app.logging_config
    assert isinstance(config, LoggingConfig)
    assert config.formatters["standard"]["()"] == "web.log_lines.LogLines"
