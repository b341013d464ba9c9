"""A program: fill DATA_DIR with the whole example, and print what a browser needs to walk it.

It runs by itself because a process opens the database of its own DATA_DIR.
"""

import asyncio
import json
from datetime import UTC, datetime, timedelta

from gatherings.access.arrangements import arrangements_of
from gatherings.access.catering import is_serious
from gatherings.access.needs import needs_of_gathering
from gatherings.access.support import support_of
from gatherings.access.tables import Consent
from gatherings.bookings.booking_list import bookings_of
from gatherings.bookings.door_list import door_list
from gatherings.bookings.tables import Booking
from gatherings.calendars.calendar_keys import Owner, make_key
from gatherings.letters.outbox import letters_of, to_post
from gatherings.letters.private_links import private_link
from gatherings.people.roles import grant, viewer_of_account
from gatherings.people.sign_in import (
    account_by_email,
    begin_sign_in,
    make_password_link,
    open_account,
)
from gatherings.personal_data.complaints import ComplaintWords, complain
from gatherings.personal_data.data_request_views import today_at
from gatherings.personal_data.data_requests import Asked, note_request
from gatherings.planning.copying import copy_gathering
from gatherings.planning.gatherings import About, Telling, change_about
from gatherings.planning.lookup import gathering_by_slug, series_by_slug
from sessions.capture.tables import Sheet
from sessions.example.loading import load_everything
from sessions.summaries.tables import Comment, Question, SummaryPoint
from web.database import close_database, open_database, read, write
from web.schema import migrate
from web.settings import settings

SERIES = "changing-the-story"
PAST, TODAY, COMING = "words-that-work", "talking-about-care", "what-we-do-next"


async def main() -> None:
    """Load, sign everybody in, and say where things are."""
    await open_database()
    await migrate()
    await load_everything(settings().pictures)
    await write(let_ada_open_needs)
    found = {"keys": await write(sign_everybody_in), **await read(places)}
    found["password"] = await write(link_for_dee)
    found |= await write(change_and_copy)
    found |= await read(party_with_needs)
    await write(somebody_complains)
    found |= await write(somebody_asks)
    await close_database()
    print(json.dumps(found))


async def let_ada_open_needs() -> None:
    """Ada opens what people need, too."""
    the_series = await series_by_slug(SERIES)
    ada = await account_by_email("ada@example.org")
    if ada is not None:
        await grant(ada.id, the_series.id, "access_lead")


async def sign_everybody_in() -> dict[str, str]:
    """The cookie's key of each person. Dee has an account and no role."""
    await open_account("dee@example.org", "Dee")
    found = {}
    for name in ("ada", "ben", "noor", "sam", "dee"):
        account = await account_by_email(f"{name}@example.org")
        if account is not None:
            found[name] = await begin_sign_in(account.id)
    return found


async def change_and_copy() -> dict[str, str]:
    """A change of which everybody was told, the next gathering planned, and Ada's calendar."""
    account = await account_by_email("ada@example.org")
    ada = await viewer_of_account(account.id) if account else None
    if ada is None:
        return {}
    today, on = await gathering_by_slug(TODAY), datetime.now(UTC).date() + timedelta(weeks=13)
    about = About(today.name, f"{today.about}\n\nBring a friend.", today.starts_at, today.ends_at)
    rest = (today.id, about, today.venue)
    told = await change_about(ada, *rest, telling=Telling(everybody=True))
    await make_key(Owner(account=ada.account_id), datetime.now(UTC))
    return {
        "told": str(told),
        "copied": await copy_gathering(ada, today.id, "The next one", on),
    }


async def link_for_dee() -> str:
    """A link that lets Dee choose a password, once."""
    return await make_password_link(await open_account("dee@example.org", "Dee"))


async def places() -> dict[str, str]:
    """Addresses' parts that are made up anew at each loading."""
    today, past = await gathering_by_slug(TODAY), await gathering_by_slug(PAST)
    bookings = await bookings_of(today.id)
    sheet = await Sheet.objects().where(Sheet.gathering == past.id).order_by(Sheet.id).first()
    drawing = await Sheet.objects().where(Sheet.kind == "artwork").order_by(Sheet.id).first()
    question = await Question.objects().order_by(Question.id).first()
    point = await SummaryPoint.objects().order_by(SummaryPoint.id).first()
    comment = await Comment.objects().order_by(Comment.id).first()
    door = await door_list(today.id, 0, datetime.now(UTC))
    coming = await gathering_by_slug(COMING)
    letters = {one.state: one.handle for one in await letters_of(coming.id)}
    return {
        **await parties_to_come(),
        **await promises(today.id, coming.id, past.id),
        "letter_failed": letters["failed"],
        "letter_put_off": letters["waiting"],
        "letter_told": letters["told"],
        "letter_posted": (await to_post(coming.id))[0].handle,
        "late": next(one.reference for one in door.to_come if len(one.coming) > 1),
        "here": door.arrived[0].reference,
        "reference": bookings[0].reference,
        "sheet": sheet.code if sheet else "",
        "drawing": drawing.code if drawing else "",
        "question": question.handle if question else "",
        "point": point.handle if point else "",
        "comment": comment.handle if comment else "",
    }


async def parties_to_come() -> dict[str, str]:
    """One party in each state of the coming gathering, with the secret of its private link."""
    coming = await gathering_by_slug(COMING)
    rows = await Booking.objects().where(Booking.gathering == coming.id).order_by(Booking.id)
    found = {row.state: row for row in rows if row.state != "booked" or row.places > 1}
    return {
        key: value
        for state, row in found.items()
        for key, value in (
            (state, row.reference),
            (f"{state}_secret", private_link(row).rpartition("/")[2]),
        )
    }


async def promises(today: int, coming: int, past: int) -> dict[str, str]:
    """A need that may still become "cannot", what is arranged, and parties with needs."""
    needs = await needs_of_gathering(today)
    one = next(need for need in needs if need.state == "talking")
    mine = next(need for need in await needs_of_gathering(coming) if need.state == "arranged")
    over = (await needs_of_gathering(past))[0]
    allergic = next(need for need in needs if is_serious(need))
    found = {
        "need": one.handle,
        "need_to": "agreed",
        "own_need": mine.handle,
        "arrangement": (await arrangements_of(today))[0].handle,
        "interpreter": (await support_of(today))[0].handle,
    }
    for key, need in (("needing", mine), ("was_there", over), ("allergic", allergic)):
        booking = await Booking.objects().get(Booking.reference == need.booking)
        found[key] = need.booking
        found[f"{key}_secret"] = private_link(booking).rpartition("/")[2] if booking else ""
    return found


async def party_with_needs() -> dict[str, str]:
    """A party that said yes to keeping its needs, with the secret of its private link."""
    coming = await gathering_by_slug(COMING)
    mine = Booking.select(Booking.id).where(Booking.gathering == coming.id)
    said = await (
        Consent.objects()
        .where(Consent.booking.is_in(mine) & (Consent.answer == "yes"))
        .order_by(Consent.id)
        .first()
    )
    row = await Booking.objects().get(Booking.id == said.booking) if said else None
    if row is None:
        return {}
    return {"agreed": row.reference, "agreed_secret": private_link(row).rpartition("/")[2]}


async def somebody_complains() -> None:
    """One complaint that waits and one that is late."""
    the_series, now = await series_by_slug(SERIES), datetime.now(UTC)
    loop = ComplaintWords("The hearing loop did not work in the library.", "Joan", "01632 960 456")
    await complain("one", the_series.id, loop, now - timedelta(days=3))
    cold = ComplaintWords("It was too cold to take part in the afternoon.")
    await complain("two", None, cold, now - timedelta(days=35))


async def somebody_asks() -> dict[str, str]:
    """One request about personal data that waits and one that is late."""
    the_series, now = await series_by_slug(SERIES), datetime.now(UTC)
    account = await account_by_email("ada@example.org")
    ada = await viewer_of_account(account.id) if account else None
    if ada is None:
        return {}
    made = []
    for days, words in ((3, "Joan rang. Please ring back."), (40, "A letter from Tom Hill.")):
        on = today_at(now) - timedelta(days=days)
        asked = Asked("see", "phone", on, words, the_series.id)
        made.append(await note_request(ada, f"request {days}", asked, now))
    return {"data_request": made[0]}


if __name__ == "__main__":
    asyncio.run(main())
