"""Giving mail to an SMTP server, and understanding its answer. Knows no database."""

import asyncio
import ssl
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Self

import aiosmtplib
from aiosmtplib import errors

from gatherings.letters.mail import Mail, NotAnAddress, message_of
from web.settings import Settings

LONGEST_ANSWER = 500
NOT_AN_ADDRESS = "This is not an e-mail address that we can write to."


@dataclass(frozen=True)
class PostOffice:
    """The SMTP server that takes our mail. `whole` and `step` are seconds."""

    host: str
    port: int
    user: str
    password: str
    security: str
    sender: str
    site_name: str
    whole: float = 60
    step: float = 20

    @classmethod
    def from_settings(cls, chosen: Settings) -> "PostOffice | None":
        """The one that the host has set, if any."""
        if not chosen.smtp_host:
            return None
        return cls(
            host=chosen.smtp_host,
            port=chosen.smtp_port,
            user=chosen.smtp_user,
            password=chosen.smtp_password,
            security=chosen.smtp_security,
            sender=chosen.mail_from,
            site_name=chosen.site_name,
        )


@dataclass(frozen=True)
class Answer:
    """What became of a mail: taken, refused for good, or to be tried later.

    `line_down` says that the trouble is the server's, not this letter's: others wait as well.
    """

    taken: bool = False
    refused: bool = False
    line_down: bool = False
    words: str = ""


class Line:
    """One connection, opened at the first mail and kept for those that follow."""

    def __init__(self, office: PostOffice) -> None:
        self.office = office
        self._smtp: aiosmtplib.SMTP | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._smtp is not None and error is None:
            with suppress(errors.SMTPException, OSError, TimeoutError):
                async with asyncio.timeout(self.office.step):
                    await self._smtp.quit()
        self._hang_up()

    async def send(self, mail: Mail, at: datetime) -> Answer:
        """Give one mail to the server, within the office's `whole` time."""
        try:
            message = message_of(mail, self.office.sender, self.office.site_name, at)
        except NotAnAddress:
            return Answer(refused=True, words=NOT_AN_ADDRESS)
        try:
            async with asyncio.timeout(self.office.whole):
                smtp = await self._connected()
                await smtp.send_message(message)
        except Exception as error:
            answer = _understood(error)
            if answer is None:
                raise
            if answer.line_down:
                self._hang_up()
            return answer
        return Answer(taken=True)

    async def _connected(self) -> aiosmtplib.SMTP:
        if self._smtp is None or not self._smtp.is_connected:
            office = self.office
            self._smtp = aiosmtplib.SMTP(
                hostname=office.host,
                port=office.port,
                username=office.user or None,
                password=office.password or None,
                timeout=office.step,
                use_tls=office.security == "tls",
                start_tls=office.security == "starttls",
                tls_context=ssl.create_default_context(),
            )
            await self._smtp.connect()
        return self._smtp

    def _hang_up(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            smtp.close()


def _understood(error: Exception) -> Answer | None:
    """An SMTP server's no in our words; None for a fault of our own."""
    if isinstance(error, errors.SMTPRecipientsRefused):
        refused = error.recipients[0]
        return _by_code(refused.code, refused.message)
    if isinstance(error, errors.SMTPDataError):
        return _by_code(error.code, error.message)
    if isinstance(error, errors.SMTPResponseException):
        # It speaks of us, our password or our address, so no reader is to blame.
        return Answer(line_down=True, words=_words(error.code, error.message))
    if isinstance(error, TimeoutError):
        return Answer(line_down=True, words="The server did not answer in time.")
    if isinstance(error, errors.SMTPException | OSError):
        return Answer(line_down=True, words=f"No connection: {error}"[:LONGEST_ANSWER])
    return None


def _by_code(code: int, message: str) -> Answer:
    if code == 421:  # the server is closing the line
        return Answer(line_down=True, words=_words(code, message))
    return Answer(refused=500 <= code < 600, words=_words(code, message))


def _words(code: int, message: str) -> str:
    return " ".join(f"{code} {message}".split())[:LONGEST_ANSWER]
