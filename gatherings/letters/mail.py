"""A letter as an e-mail message: plain text first, the same words as simple HTML, no tracking."""

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from markupsafe import Markup, escape

# What is written has no line longer than this; longer ones are folded by the policy.
POLICY = SMTP.clone(max_line_length=78)


class NotAnAddress(ValueError):
    """What was given as an e-mail address is none, or is more than one."""


@dataclass(frozen=True)
class Mail:
    """What goes to one person. `handle` names the letter, the same at every try."""

    handle: str
    to: str
    name: str
    subject: str
    text: str
    link: str
    reply_to: str
    calendar: bytes
    calendar_name: str


def message_of(mail: Mail, sender: str, site_name: str, at: datetime) -> EmailMessage:
    """The message. Raises NotAnAddress. A line break in a value never starts a header."""
    message = EmailMessage(policy=POLICY)
    from_name, from_address = parseaddr(sender)
    message["From"] = address_of(from_address, from_name or site_name)
    message["To"] = address_of(mail.to, mail.name)
    if mail.reply_to:
        message["Reply-To"] = address_of(mail.reply_to)
    message["Subject"] = one_line(mail.subject)
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{mail.handle}@{from_address.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text, cte="quoted-printable")
    message.add_alternative(html_of(mail), subtype="html", cte="quoted-printable")
    if mail.calendar:
        message.add_attachment(
            mail.calendar,
            maintype="text",
            subtype="calendar",
            filename=mail.calendar_name,
            params={"charset": "utf-8", "method": "PUBLISH"},
        )
    return message


def address_of(address: str, name: str = "") -> Address:
    """One e-mail address for a header. Raises NotAnAddress."""
    tidy = address.strip()
    local, _, domain = tidy.rpartition("@")
    try:
        found = Address(one_line(name), local, domain.encode("idna").decode())
        if (
            not (local and domain)
            or found.addr_spec != Address(addr_spec=found.addr_spec).addr_spec
        ):
            raise NotAnAddress(tidy)
    except (ValueError, IndexError, UnicodeError) as error:
        raise NotAnAddress(tidy) from error
    if any(letter.isspace() or letter in ",;<>" for letter in tidy):
        raise NotAnAddress(tidy)
    return found


def one_line(text: str) -> str:
    """Without line breaks or other control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def html_of(mail: Mail) -> str:
    """The text as paragraphs, its one link as a link. No picture, nothing fetched."""
    paragraphs = Markup("\n").join(
        _link(part) if part == mail.link else Markup("<p>{}</p>").format(_lines(part))
        for part in mail.text.strip().split("\n\n")
    )
    return Markup(
        '<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8">'
        "<title>{}</title></head>\n"
        '<body style="font: 18px/1.5 sans-serif; max-width: 34em">\n{}\n</body></html>\n'
    ).format(one_line(mail.subject), paragraphs)


def _link(address: str) -> Markup:
    return Markup('<p><a href="{0}">{0}</a></p>').format(address)


def _lines(part: str) -> Markup:
    return Markup("<br>\n").join(escape(line) for line in part.split("\n"))
