"""Settings have defaults that are right for one machine, and say which value is wrong."""

import pytest

from web.settings import Settings


def test_the_defaults_suit_one_machine() -> None:
    chosen = Settings.from_environment({})
    assert chosen.data_dir.name == "data"
    assert chosen.base_url == "http://localhost:8000"
    assert chosen.secure is False
    assert chosen.load_example is True


def test_https_makes_cookies_secure() -> None:
    chosen = Settings.from_environment({"BASE_URL": "https://meet.example.org/"})
    assert (chosen.base_url, chosen.secure) == ("https://meet.example.org", True)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PORT", "eighty", "PORT must be a whole number, not 'eighty'."),
        (
            "DATABASE_URL",
            "mysql://here",
            "DATABASE_URL must begin with postgresql://, or be left out for SQLite.",
        ),
    ],
)
def test_a_wrong_value_is_named(name: str, value: str, sentence: str) -> None:
    with pytest.raises(ValueError, match="must") as caught:
        Settings.from_environment({name: value})
    assert str(caught.value) == sentence
