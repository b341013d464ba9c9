"""What a host may set, each with a default that is right for one machine.

This is the only file that reads the environment.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

NO_WORDS = ("no", "0", "false", "off")
LEGAL_BASES = ("duty", "interest", "consent")
SMTP_PORTS = {"starttls": 587, "tls": 465, "none": 25}


@dataclass(frozen=True)
class Settings:
    """One host's choices.

    `database_url` is empty for SQLite in `data_dir`, or begins with `postgresql://`.
    `field_keys` are base64 keys of 32 bytes, comma-separated, the first of which seals;
    empty means the key file in `data_dir`. Without an `smtp_host` no e-mail is sent.
    `smtp_security` is starttls, tls or none. `legal_basis` says why the organisers may keep
    personal data: duty (the Equality Act), interest (legitimate interest) or consent.
    Without a `backup_dir` the app makes no backups by itself.
    """

    data_dir: Path
    database_url: str
    base_url: str
    host: str
    port: int
    site_name: str
    site_phone: str
    field_keys: str
    trusted_proxies: str
    load_example: bool
    smtp_host: str
    smtp_port: int
    smtp_user: str
    smtp_password: str
    smtp_security: str
    mail_from: str
    privacy_contact: str
    legal_basis: str
    backup_dir: Path | None

    @property
    def secure(self) -> bool:
        """Whether browsers reach us over https, so that cookies may be bound to it."""
        return self.base_url.startswith("https://")

    @property
    def pictures(self) -> Path:
        """The folder of re-encoded pictures."""
        return self.data_dir / "pictures"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read the environment; a wrong value raises ValueError with its name."""
        port = _number(environment, "PORT", 8000)
        base_url = environment.get("BASE_URL", "") or f"http://localhost:{port}"
        smtp_host, mail_from = environment.get("SMTP_HOST", ""), environment.get("MAIL_FROM", "")
        if smtp_host and "@" not in mail_from:
            raise ValueError("MAIL_FROM must be an e-mail address when SMTP_HOST is set.")
        security = _security(environment.get("SMTP_SECURITY", ""))
        return cls(
            data_dir=Path(environment.get("DATA_DIR", "") or "data").absolute(),
            database_url=_database_url(environment.get("DATABASE_URL", "")),
            base_url=base_url.rstrip("/"),
            host=environment.get("HOST", "") or "127.0.0.1",
            port=port,
            site_name=environment.get("SITE_NAME", "") or "Gatherings",
            site_phone=environment.get("SITE_PHONE", ""),
            field_keys=environment.get("FIELD_KEYS", ""),
            trusted_proxies=environment.get("TRUSTED_PROXIES", ""),
            load_example=environment.get("EXAMPLE", "yes").lower() not in NO_WORDS,
            smtp_host=smtp_host,
            smtp_port=_number(environment, "SMTP_PORT", SMTP_PORTS[security]),
            smtp_user=environment.get("SMTP_USER", ""),
            smtp_password=environment.get("SMTP_PASSWORD", ""),
            smtp_security=security,
            mail_from=mail_from,
            privacy_contact=environment.get("PRIVACY_CONTACT", ""),
            legal_basis=_legal_basis(environment.get("LEGAL_BASIS", "")),
            backup_dir=_folder(environment.get("BACKUP_DIR", "")),
        )


@cache
def settings() -> Settings:
    """The settings of this process."""
    return Settings.from_environment()


def environment_with(changes: Mapping[str, str]) -> dict[str, str]:
    """The environment for another program that we start, with some of it changed."""
    return {**os.environ, **changes}


def _folder(path: str) -> Path | None:
    return Path(path).absolute() if path else None


def _number(environment: Mapping[str, str], name: str, default: int) -> int:
    value = environment.get(name, "")
    if value and not value.isdigit():
        raise ValueError(f"{name} must be a whole number, not {value!r}.")
    return int(value or default)


def _security(words: str) -> str:
    security = words.lower() or "starttls"
    if security not in SMTP_PORTS:
        raise ValueError(f"SMTP_SECURITY must be starttls, tls or none, not {words!r}.")
    return security


def _legal_basis(words: str) -> str:
    basis = words.lower() or LEGAL_BASES[0]
    if basis not in LEGAL_BASES:
        raise ValueError(f"LEGAL_BASIS must be duty, interest or consent, not {words!r}.")
    return basis


def _database_url(url: str) -> str:
    if url and not url.startswith(("postgresql://", "postgres://")):
        raise ValueError("DATABASE_URL must begin with postgresql://, or be left out for SQLite.")
    return url
