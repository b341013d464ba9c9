"""A real SMTP server for tests: it accepts, refuses, defers, drops the line or stalls."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as POLICY
from typing import cast

from aiosmtpd.smtp import SMTP, Envelope, Session

from gatherings.letters.post_office import PostOffice


class Letterbox:
    """What the server took, by whom it was for. `behave` tells how it treats an address."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.behave: dict[str, str] = {}

    def ids(self) -> list[str]:
        """The Message-IDs that were taken, in order."""
        return [str(one["Message-ID"]) for one in self.taken]

    def to(self) -> list[str]:
        """The addresses that they were for."""
        return [one["To"].addresses[0].addr_spec for one in self.taken]

    async def handle_RCPT(  # noqa: N802 (aiosmtpd calls it so)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Answer about one recipient."""
        how = self.behave.get(address, "")
        if how == "drop":
            cast(asyncio.Transport, server.transport).abort()
        if how == "stall":
            await asyncio.sleep(30)
        answers = {"refuse": "550 5.1.1 Nobody of that name", "defer": "451 4.7.1 Try again later"}
        if how not in answers:
            envelope.rcpt_tos.append(address)
        return answers.get(how, "250 OK")

    async def handle_DATA(  # noqa: N802 (aiosmtpd calls it so)
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Take the message."""
        content = cast(bytes, envelope.content)
        self.taken.append(message_from_bytes(content, policy=POLICY))
        return "250 Taken"


@asynccontextmanager
async def smtp_server(
    box: Letterbox, tls: ssl.SSLContext | None = None
) -> AsyncIterator[PostOffice]:
    """The server on a free port, as the post office that our mail goes to."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(box, loop=loop, tls_context=tls, enable_SMTPUTF8=True), "127.0.0.1", 0
    )
    async with server:
        yield office_at(server.sockets[0].getsockname()[1], "starttls" if tls else "none")


def office_at(port: int, security: str = "none") -> PostOffice:
    """A post office at this port that does not wait long."""
    return PostOffice(
        host="127.0.0.1",
        port=port,
        user="",
        password="",
        security=security,
        sender="letters@gatherings.example",
        site_name="Gatherings",
        whole=2,
        step=0.2,
    )
