"""Thanking everybody who was booked, once the summary can be read."""

from gatherings.bookings import bookings
from gatherings.letters.tables import Letter
from gatherings.people.roles import grant
from sessions.summaries.thanking import NOT_PUBLISHED
from tests.booking_rows import one_person
from tests.builders import Setting
from tests.letter_rows import letters_of
from tests.page_checks import PageClient
from tests.sheet_rows import build_published
from web.database import write
from web.settings import settings

DESK = "/desk/g/spring-gathering/summary"


async def test_the_published_summary_goes_to_each_party_once(
    ada: PageClient, setting: Setting
) -> None:
    made = await write(bookings.book, setting.gathering.id, one_person())
    await build_published(setting.gathering.id)
    await ada.get(DESK)
    for _ in range(2):
        await ada.follow(await ada.submit(f'form[action="{DESK}/thank"]'))
        assert "1 party has a thank-you letter" in ada.words
    letter = (await letters_of(made.reference))[-1]
    link = f"{settings().base_url}/g/spring-gathering/summary"
    assert letter["kind"] == "thank_you"
    assert letter["text"].count("http") == letter["text"].count(link) == 1


async def test_nobody_is_thanked_before_there_is_something_to_read(
    ada: PageClient, ben: PageClient, dee: PageClient, setting: Setting
) -> None:
    await write(bookings.book, setting.gathering.id, one_person())
    await ada.get(DESK)
    await ada.submit(f'form[action="{DESK}"]', {"opening": "Forty people met."})
    await ada.follow()
    assert "Say thank you" not in ada.words
    await ada.post(f"{DESK}/thank", status=422)
    assert NOT_PUBLISHED in ada.words
    await write(grant, setting.team.ben, setting.gathering.series, "note_keeper")
    for browser in (ben, dee):
        await browser.post(f"{DESK}/thank", status=403)
    assert await Letter.count().where(Letter.kind == "thank_you") == 0
