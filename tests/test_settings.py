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


def test_the_port_for_mail_follows_its_security() -> None:
    ports = [
        Settings.from_environment({"SMTP_SECURITY": security}).smtp_port
        for security in ("", "tls", "none")
    ]
    assert ports == [587, 465, 25]


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PORT", "eighty", "PORT must be a whole number, not 'eighty'."),
        (
            "DATABASE_URL",
            "mysql://here",
            "DATABASE_URL must begin with postgresql://, or be left out for SQLite.",
        ),
        (
            "SMTP_SECURITY",
            "some",
            "SMTP_SECURITY must be starttls, tls or none, not 'some'.",
        ),
        ("SMTP_HOST", "mail.here", "MAIL_FROM must be an e-mail address when SMTP_HOST is set."),
    ],
)
def test_a_wrong_value_is_named(name: str, value: str, sentence: str) -> None:
    with pytest.raises(ValueError, match="must") as caught:
        Settings.from_environment({name: value})
    assert str(caught.value) == sentence
