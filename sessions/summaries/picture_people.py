"""Who can be recognised in a picture, and whether each of them said yes to this summary."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from gatherings.bookings.tables import Booking, Person
from gatherings.bookings.uses import Said, change_uses, uses_of
from gatherings.planning.lookup import gathering_of
from gatherings.planning.refusals import Refused
from sessions.capture.sheets import find_sheet
from sessions.capture.tables import Sheet
from sessions.summaries.tables import PicturePerson, SummaryPicture
from web.crypto import new_key
from web.problems import NotFound
from web.words import folded, local

LONGEST_WHO, MOST_PEOPLE = 120, 60
WEB = "photo_web"
NOT_LISTED = "This person is not listed here any more."
SEVERAL = "Several people are called that. Enter the reference of their booking"
LISTED = "They are listed already"
SAID_NO = "They said no to photographs on the web. Only they can change that, on their own page"
SAID_THEMSELVES = "They answered on their own page. Only they can change that"
ASKED_NOT_TO = "They asked us not to use it, so they stay listed. Take the picture out instead"


@dataclass(frozen=True)
class InPicture:
    """Somebody who can be recognised. `recorded` is what they said to the web when they booked:
    "yes", "no", "ask", or "" of somebody who did not book."""

    handle: str
    called: str
    recorded: str
    answer: str
    how: str
    asked_on: date | None

    @property
    def agrees(self) -> bool:
        """Whether the picture may be shown, as far as they are concerned."""
        if self.recorded == "no" or self.answer == "no":
            return False
        return self.answer == "yes" or self.recorded == "yes"


@dataclass(frozen=True)
class OwnPicture:
    """A picture as somebody sees it who is in it."""

    handle: str
    sheet: Sheet
    called: str
    agrees: bool
    said: str


async def list_person(gathering_id: int, code: str, who: str) -> None:
    """Add somebody by their name, the name on their badge, their reference, or how they look."""
    sheet = await find_sheet(gathering_id, code)
    listed = await PicturePerson.objects().where(PicturePerson.sheet == sheet.id)
    person = await _booked(gathering_id, who)
    known = {row.person for row in listed} if person else {row.words for row in listed}
    if (person.id if person else who) in known:
        raise Refused("who", LISTED)
    if len(listed) >= MOST_PEOPLE:
        raise Refused("who", f"List at most {MOST_PEOPLE} people")
    row = PicturePerson(
        handle=new_key()[:32],
        sheet=sheet.id,
        person=person.id if person else None,
        words="" if person else who,
    )
    await row.save()
    await SummaryPicture.update({SummaryPicture.people: "agreed"}).where(
        SummaryPicture.sheet == sheet.id
    )


async def note_answer(
    gathering_id: int, code: str, handle: str, answer: str, how: str, account_id: int, at: datetime
) -> None:
    """Keep what somebody said when we asked. Raises Refused where they have answered themselves."""
    row = await _listed(gathering_id, code, handle)
    found = await _seen([row])
    if row.how == "own":
        raise Refused(f"answer-{handle}", SAID_THEMSELVES)
    if answer == "yes" and found[0].recorded == "no":
        raise Refused(f"answer-{handle}", SAID_NO)
    gathering = await gathering_of(gathering_id)
    on = local(gathering.starts_at if how == "day" else at, gathering.zone).date()
    await _keep(row, answer, how, on, account_id)


async def take_off(gathering_id: int, code: str, handle: str) -> None:
    """Somebody was listed by mistake. Raises Refused for who asked us not to use the picture."""
    row = await _listed(gathering_id, code, handle)
    if (row.how, row.answer) == ("own", "no"):
        raise Refused(f"off-{handle}", ASKED_NOT_TO)
    await PicturePerson.delete().where(PicturePerson.id == row.id)


async def say(booking_id: int, handle: str, answer: str, at: datetime) -> None:
    """Somebody answers for themselves, and may change their mind. After a no nobody sees it.

    A yes to one picture also ends a "no" to all, so that we ask about each from now on.
    """
    row = await PicturePerson.objects().get(
        (PicturePerson.handle == handle) & (PicturePerson.person.booking == booking_id)
    )
    if row is None:
        raise NotFound(NOT_LISTED)
    person = await Person.objects().get(Person.id == row.person)
    if answer == "yes" and person is not None and person.photo_web == "no":
        uses = uses_of(person) | {WEB: "ask"}
        await change_uses(booking_id, person.position, uses, Said(own=True), at)
    await _keep(row, answer, "own", at.date(), None)


async def withhold(sheet_ids: Sequence[int]) -> None:
    """Show these pictures no more: whoever could say yes to them is not known any more."""
    await Sheet.update({Sheet.withheld: True}).where(Sheet.id.is_in([0, *sheet_ids]))


async def people_in(sheet_id: int) -> list[InPicture]:
    """Who can be recognised in one picture."""
    rows = await (
        PicturePerson.objects().where(PicturePerson.sheet == sheet_id).order_by(PicturePerson.id)
    )
    return await _seen(rows)


async def people_of(sheet_ids: Iterable[int]) -> dict[int, list[InPicture]]:
    """The same for several pictures, by the id of the sheet."""
    rows = await (
        PicturePerson.objects()
        .where(PicturePerson.sheet.is_in([0, *sheet_ids]))
        .order_by(PicturePerson.id)
    )
    found: dict[int, list[InPicture]] = {}
    for row, seen in zip(rows, await _seen(rows), strict=True):
        found.setdefault(row.sheet, []).append(seen)
    return found


async def hidden_among(codes: Sequence[str]) -> set[str]:
    """Which of these pictures nobody may see: somebody in them does not agree."""
    sheets = await Sheet.objects().where(Sheet.code.is_in(["", *codes]))
    people = await people_of(sheet.id for sheet in sheets)
    return {
        sheet.code
        for sheet in sheets
        if sheet.withheld or not all(one.agrees for one in people.get(sheet.id, []))
    }


async def pictures_of_party(booking_id: int) -> list[OwnPicture]:
    """The pictures in which somebody of this booking is listed."""
    rows = await (
        PicturePerson.objects()
        .where(PicturePerson.person.booking == booking_id)
        .order_by(PicturePerson.id)
    )
    sheets = await Sheet.objects().where(
        Sheet.id.is_in([0, *(row.sheet for row in rows)]), Sheet.removed_at.is_null()
    )
    by_id = {sheet.id: sheet for sheet in sheets}
    seen = zip(rows, await _seen(rows), strict=True)
    return [
        OwnPicture(row.handle, by_id[row.sheet], one.called, one.agrees, row.answer)
        for row, one in seen
        if row.sheet in by_id
    ]


async def parties_in(sheet_id: int) -> list[Booking]:
    """The bookings of those who can be recognised in a picture."""
    rows = await PicturePerson.select(PicturePerson.person.booking).where(
        (PicturePerson.sheet == sheet_id) & PicturePerson.person.is_not_null()
    )
    ids = [0, *(row["person.booking"] for row in rows)]
    return await Booking.objects().where(Booking.id.is_in(ids))


async def _booked(gathering_id: int, who: str) -> Person | None:
    """The one who booked and is called so. Raises Refused when several are."""
    rows = await (
        Person.select(Person.id, Person.name, Person.badge, Person.booking.reference)
        .where((Person.booking.gathering == gathering_id) & (Person.booking.state == "booked"))
        .where(Person.cancelled_at.is_null())
    )
    wanted = folded(who)
    fields = ("name", "badge", "booking.reference")
    found = [row["id"] for row in rows if wanted in {folded(row[one]) for one in fields}]
    if len(found) > 1:
        raise Refused("who", SEVERAL)
    return await Person.objects().get(Person.id == found[0]) if found else None


async def _listed(gathering_id: int, code: str, handle: str) -> PicturePerson:
    sheet = await find_sheet(gathering_id, code)
    row = await PicturePerson.objects().get(
        (PicturePerson.sheet == sheet.id) & (PicturePerson.handle == handle)
    )
    if row is None:
        raise NotFound(NOT_LISTED)
    return row


async def _keep(
    row: PicturePerson, answer: str, how: str, on: date, account_id: int | None
) -> None:
    await PicturePerson.update(
        {
            PicturePerson.answer: answer,
            PicturePerson.how: how,
            PicturePerson.asked_on: on,
            PicturePerson.asked_by: account_id,
        }
    ).where(PicturePerson.id == row.id)


async def _seen(rows: Sequence[PicturePerson]) -> list[InPicture]:
    people = await Person.objects().where(
        Person.id.is_in([0, *(row.person for row in rows if row.person)])
    )
    by_id = {person.id: person for person in people}
    return [_view(row, by_id.get(row.person)) for row in rows]


def _view(row: PicturePerson, person: Person | None) -> InPicture:
    return InPicture(
        handle=row.handle,
        called=(person.name or person.badge or "Somebody") if person else row.words,
        recorded=person.photo_web if person else "",
        answer=row.answer,
        how=row.how,
        asked_on=row.asked_on,
    )
