"""The rules of forgetting in one table: what goes, when, and what says so.

docs/retention.md holds the same table, and a test compares them.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from piccolo.table import Table

from gatherings.access.tables import (
    BadgeNumber,
    Consent,
    KeptNeeds,
    Look,
    ReportMade,
    SupportPerson,
)
from gatherings.bookings.drafts import DRAFT_HOURS
from gatherings.bookings.tables import BookingAnswer, BookingUndo, Draft, Person
from gatherings.calendars.tables import CalendarKey
from gatherings.letters.tables import Letter, Message
from gatherings.people.tables import PasswordLink, SignIn
from gatherings.personal_data import due, keeping
from gatherings.personal_data.letting_go import let_accounts_go, let_needs_go, let_parties_go
from gatherings.personal_data.numbers import keep_numbers
from gatherings.personal_data.tables import Complaint, DataRequest, DataRequestEvent, Erasure

LetGo = Callable[[Sequence[int], datetime], Awaitable[None]]


@dataclass(frozen=True)
class Rule:
    """One kind of thing: which rows are due at a moment, and how they go.

    `kind` names it in receipts; `what`, `when` and `set_by` are plain words for people.
    """

    kind: str
    what: str
    when: str
    set_by: str
    due: Callable[[datetime], Awaitable[list[int]]]
    let_go: LetGo


def rows_of(table: type[Table]) -> LetGo:
    """Delete the rows themselves."""

    async def delete(ids: Sequence[int], now: datetime) -> None:
        await table.delete().where(table._meta.primary_key.is_in([0, *ids]))

    return delete


async def needs_after_counting(people: Sequence[int], now: datetime) -> None:
    """What can be told without persons is counted before it goes."""
    await keep_numbers(people, now)
    await let_needs_go(people)


async def whole_parties(bookings: Sequence[int], now: datetime) -> None:
    """The same for names and contacts. While others may still say how it went, nothing is
    counted: it is done once, when the needs of their gathering go."""
    over = await due.needs_are_due(now)
    people = await Person.select(Person.id).where(
        Person.booking.is_in([0, *bookings]) & Person.booking.gathering.is_in([0, *over])
    )
    await keep_numbers([row["id"] for row in people], now)
    await let_parties_go(bookings)


async def former_helpers(accounts: Sequence[int], now: datetime) -> None:
    """Their account stays closed, without a name."""
    await let_accounts_go(accounts)


async def blank_support_people(ids: Sequence[int], now: datetime) -> None:
    """Their role and their rounds stay, as numbers."""
    await SupportPerson.update(
        {
            SupportPerson.name: "",
            SupportPerson.organisation: "",
            SupportPerson.contact: "",
            SupportPerson.register_number: "",
        }
    ).where(SupportPerson.id.is_in([0, *ids]))


FIXED = "fixed"
RULES: tuple[Rule, ...] = (
    Rule(
        "drafts",
        "Bookings that were begun and not sent",
        f"{DRAFT_HOURS} hours after the last change",
        FIXED,
        due.drafts,
        rows_of(Draft),
    ),
    Rule(
        "undos",
        "What a booking was before a change",
        "30 minutes after the change",
        FIXED,
        due.undos,
        rows_of(BookingUndo),
    ),
    Rule(
        "needs",
        "Access needs, with their notes and their history",
        "28 days after the gathering",
        f"each gathering, from {keeping.FEWEST_NEED_DAYS} to {keeping.MOST_NEED_DAYS} days",
        due.needs,
        needs_after_counting,
    ),
    Rule(
        "kept needs",
        "Access needs kept for the next gathering",
        "on the day that was agreed, 13 months later at most",
        "the person, with a yes of its own",
        due.kept_needs,
        rows_of(KeptNeeds),
    ),
    Rule(
        "answers",
        "Answers to the organisers’ own questions",
        "on the day that the question names",
        "each question",
        due.answers,
        rows_of(BookingAnswer),
    ),
    Rule(
        "letters",
        "Letters and what they said",
        f"{keeping.LETTERS.days} days after the gathering",
        FIXED,
        due.letters,
        rows_of(Letter),
    ),
    Rule(
        "looks",
        "Who opened whose needs, and when",
        f"{keeping.LOOKS.days} days after the gathering",
        FIXED,
        due.looks,
        rows_of(Look),
    ),
    Rule(
        "reports",
        "Which reports were made, and for whom",
        f"{keeping.LOOKS.days} days after the gathering",
        FIXED,
        due.reports,
        rows_of(ReportMade),
    ),
    Rule(
        "badge numbers",
        "Which number stood on whose badge",
        f"{keeping.LOOKS.days} days after the gathering",
        FIXED,
        due.badge_numbers,
        rows_of(BadgeNumber),
    ),
    Rule(
        "calendars",
        "Addresses of personal calendars",
        f"{keeping.CALENDARS.days} days after the gathering, or after a new one was made",
        FIXED,
        due.calendars,
        rows_of(CalendarKey),
    ),
    Rule(
        "contacts",
        "Names and how to reach people, with the history of their booking",
        f"{keeping.MONTHS_OF_CONTACTS} months after the last gathering they booked; when the "
        "gathering is over, where they said no to keeping them",
        FIXED,
        due.contacts,
        whole_parties,
    ),
    Rule(
        "messages",
        "What organisers wrote to those who booked",
        f"{keeping.MONTHS_OF_CONTACTS} months after the gathering",
        FIXED,
        due.messages,
        rows_of(Message),
    ),
    Rule(
        "support people",
        "Names and contacts of interpreters, captioners and guides",
        f"{keeping.MONTHS_OF_CONTACTS} months after the gathering",
        FIXED,
        due.support_people,
        blank_support_people,
    ),
    Rule(
        "sign-ins",
        "Who of the team was signed in",
        f"{keeping.SIGN_INS.days} days after the sign-in ran out",
        FIXED,
        due.sign_ins,
        rows_of(SignIn),
    ),
    Rule(
        "password links",
        "Links to choose a password",
        f"{keeping.SIGN_INS.days} days after they ran out",
        FIXED,
        due.password_links,
        rows_of(PasswordLink),
    ),
    Rule(
        "closed accounts",
        "Names and addresses of helpers whose account was closed",
        f"{keeping.MONTHS_OF_CONTACTS} months after it was closed",
        FIXED,
        due.closed_accounts,
        former_helpers,
    ),
    Rule(
        "complaints",
        "Complaints",
        "12 months after they were closed",
        FIXED,
        due.complaints,
        rows_of(Complaint),
    ),
    Rule(
        "request notes",
        "What was noted when somebody asked about their data",
        "12 months after the answer",
        FIXED,
        due.request_steps,
        rows_of(DataRequestEvent),
    ),
    Rule(
        "requests",
        "That somebody asked about their data, with a reference and without a name",
        f"{keeping.YEARS_OF_PROOF} years after the answer",
        FIXED,
        due.requests,
        rows_of(DataRequest),
    ),
    Rule(
        "consents",
        "What was said to keeping details and access needs, without a name",
        f"{keeping.YEARS_OF_PROOF} years after it was said",
        FIXED,
        due.consents,
        rows_of(Consent),
    ),
    Rule(
        "erasures",
        "That a booking was deleted, without a name",
        f"{keeping.YEARS_OF_PROOF} years after it was deleted",
        FIXED,
        due.erasures,
        rows_of(Erasure),
    ),
)
