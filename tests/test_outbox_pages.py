"""The desk's outbox: what waits, what went, who must be rung; printing; and who sees it."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from piccolo.columns import Column
from pypdf import PdfReader

from gatherings.bookings import bookings
from gatherings.bookings.tables import Booking
from gatherings.letters.tables import Letter
from gatherings.people.roles import grant
from gatherings.planning.tables import Gathering
from tests.booking_rows import one_person
from tests.builders import Setting
from tests.letter_rows import booking_of
from tests.page_checks import PageClient
from tests.test_pdf import needs_pango
from web import pdf
from web.database import write

ADDRESS = "5 Sample Street\nManchester"


@pytest.fixture
def letters_page(setting: Setting) -> str:
    return f"/desk/g/{setting.gathering.slug}/letters"


async def booked(setting: Setting, name: str, way: str, detail: str) -> Booking:
    party = one_person(name, contact_way=way, contact_detail=detail)
    return await booking_of((await write(bookings.book, setting.gathering.id, party)).reference)


async def letter_to(booking: Booking, **changes: object) -> str:
    """The handle of its one letter, after changes to the row."""
    if changes:
        await write(_change, booking.id, changes)
    row = await Letter.select(Letter.handle).where(Letter.booking == booking.id).first()
    assert row is not None
    return str(row["handle"])


async def _change(booking_id: int, changes: dict[str, object]) -> None:
    columns: dict[Column | str, object] = {}
    columns.update(changes)
    await Letter.update(columns).where(Letter.booking == booking_id)


async def test_the_outbox_says_what_became_of_each_letter(
    ada: PageClient, setting: Setting, letters_page: str
) -> None:
    await ada.get(letters_page)
    assert "No letters here" in ada.words
    await booked(setting, "Ann", "email", "ann@people.example")
    await booked(setting, "Bob", "phone", "01632 960 002")
    await booked(setting, "Cai", "text", "01632 960 003")
    await booked(setting, "Dot", "post", ADDRESS)
    failed = await booked(setting, "Eve", "email", "eve@people.example")
    await letter_to(failed, state="failed", server_words="550 Nobody of that name")
    await ada.get(letters_page)
    for words in ("Not sent", "Ring them", "Send a text", "Print and post", "Ring this person"):
        assert words in ada.words
    assert "550 Nobody of that name" in ada.words
    assert "This server sends no e-mail yet" in ada.words
    await ada.get(f"{letters_page}?show=by-hand")
    assert ("Eve" in ada.words, "Ann" in ada.words) == (True, False)
    await ada.submit('form[role="search"]', {"words": "dot"}, status=200)
    assert ("Dot" in ada.words, "Eve" in ada.words) == (True, False)


async def test_one_letter_shows_its_words_but_not_the_secret_of_its_link(
    ada: PageClient, setting: Setting, letters_page: str
) -> None:
    party = one_person("Bob")
    made = await write(bookings.book, setting.gathering.id, party)
    handle = await letter_to(await booking_of(made.reference))
    await ada.get(f"{letters_page}/{handle}")
    assert "Your place is booked." in ada.words
    assert f"/b/{made.reference}/…" in ada.words
    assert made.secret not in ada.text


async def test_i_told_them_keeps_who_and_can_be_taken_back(
    ada: PageClient, setting: Setting, letters_page: str
) -> None:
    handle = await letter_to(await booked(setting, "Bob", "phone", "01632 960 002"))
    await ada.get(f"{letters_page}/{handle}")
    await ada.follow(await ada.submit('form[action$="/told"]'))
    assert "Told Ada, " in ada.words
    await ada.follow(await ada.submit('form[action$="/not-told"]'))
    assert "Ring them" in ada.words
    await ada.post(f"{letters_page}/{handle}/not-told", status=409)


async def test_a_failed_letter_can_be_sent_again_and_a_sent_one_can_come_back(
    ada: PageClient, setting: Setting, letters_page: str
) -> None:
    booking = await booked(setting, "Eve", "email", "eve@people.example")
    handle = await letter_to(booking, state="sent", sent_at=datetime.now(UTC))
    await ada.get(f"{letters_page}/{handle}")
    await ada.follow(await ada.submit('form[action$="/came-back"]'))
    assert "Ring this person" in ada.words
    assert "It was sent, and it came back." in ada.words
    await ada.follow(await ada.submit('form[action$="/try-again"]'))
    letter = await Letter.objects().get(Letter.handle == handle)
    assert letter is not None
    assert (letter.state, letter.tries) == ("waiting", 0)
    await ada.post(f"{letters_page}/{handle}/try-again", status=409)
    await ada.post(f"{letters_page}/{handle}/burn", status=404)


async def test_letters_to_post_are_printed_and_marked_together(
    ada: PageClient, setting: Setting, letters_page: str
) -> None:
    await ada.get(f"{letters_page}/to-post")
    assert "Nothing to post" in ada.words
    first = await booked(setting, "Dot", "post", ADDRESS)
    await booked(setting, "Col", "post", ADDRESS)
    await ada.get(f"{letters_page}/to-post")
    for words in ("Dot 5 Sample Street", "Col", first.reference, "0161 496 0000"):
        assert words in ada.words
    late = await booked(setting, "Late", "post", ADDRESS)
    await ada.follow(await ada.submit('form[action$="/to-post"]'))
    states = {r["state"]: r["told_by"] for r in await Letter.select(Letter.state, Letter.told_by)}
    assert states == {"told": setting.team.ada, "by_hand": None}
    await ada.get(f"{letters_page}/{await letter_to(late)}/print")
    assert "Late 5 Sample Street" in ada.words


@needs_pango
@pytest.mark.once
async def test_a_letter_as_pdf_is_large_tagged_and_in_english(
    ada: PageClient, setting: Setting, letters_page: str
) -> None:
    await ada.get(f"{letters_page}/to-post.pdf", status=303)
    booking = await booked(setting, "Dot Ŵyn", "post", ADDRESS)
    await booked(setting, "Col", "post", ADDRESS)
    answer = await ada.get(f"{letters_page}/{await letter_to(booking)}/letter.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["cache-control"] == "no-store"
    one = PdfReader(io.BytesIO(answer.content))
    text = "\n".join(part.extract_text() for part in one.pages)
    for words in ("Dot Ŵyn", "5 Sample Street", booking.reference, "0161 496 0000", "Hello Dot"):
        assert words in text
    assert "/StructTreeRoot" in one.root_object
    assert str(one.root_object["/Lang"]) == "en-GB"
    sizes: list[float] = []
    one.pages[0].extract_text(
        visitor_text=lambda said, cm, tm, font, size: sizes.append(
            size * cm[0] if said.strip() else 18
        )
    )
    assert min(sizes) == 18
    every = PdfReader(io.BytesIO((await ada.get(f"{letters_page}/to-post.pdf")).content))
    assert len(every.pages) >= 2 * len(one.pages)


async def test_without_pdf_files_a_page_offers_to_print(
    ada: PageClient, setting: Setting, letters_page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def none(html: str) -> bytes:
        raise pdf.NoPdf(pdf.NEEDS_PANGO)

    monkeypatch.setattr("web.pdf_pages.pdf_of", none)
    handle = await letter_to(await booked(setting, "Dot", "post", ADDRESS))
    await ada.get(f"{letters_page}/{handle}/letter.pdf", status=503)
    assert "sudo apt-get install" in ada.words
    assert ada.soup.select_one(f'a[href="{letters_page}/{handle}/print"]') is not None


async def test_reminders_are_switched_on_the_desk(
    ada: PageClient, setting: Setting, letters_page: str
) -> None:
    await ada.get(f"{letters_page}/settings")
    await ada.submit("main form", {"reminders": ["remind_3"]})
    kept = await Gathering.objects().get(Gathering.id == setting.gathering.id)
    assert kept is not None
    assert (kept.remind_14, kept.remind_3, kept.remind_day) == (False, True, False)


async def test_strangers_and_facilitators_see_and_do_nothing(
    client: PageClient, ben: PageClient, dee: PageClient, setting: Setting, letters_page: str
) -> None:
    handle = await letter_to(await booked(setting, "Calpurnia", "post", ADDRESS))
    one = f"{letters_page}/{handle}"
    opened = [letters_page, one, f"{one}/print", f"{one}/letter.pdf", f"{letters_page}/to-post"]
    opened += [f"{letters_page}/{end}" for end in ("to-post.pdf", "settings", "write")]
    pressed = [f"{one}/told", f"{letters_page}/to-post", f"{letters_page}/settings"]
    pressed += [f"{letters_page}/write", f"{letters_page}/write/send"]
    for browser, status in ((client, 401), (ben, 403), (dee, 403)):
        for address in opened:
            await browser.get(address, status=status)
            assert "Calpurnia" not in browser.text
        for address in pressed:
            await browser.post(address, {"letter": handle}, status=status)
    letter = await Letter.objects().first()
    assert letter is not None
    assert letter.state == "by_hand"


async def test_an_access_lead_reads_letters_but_only_organisers_set_reminders(
    ben: PageClient, setting: Setting, letters_page: str
) -> None:
    await write(grant, setting.team.ben, setting.gathering.series, "access_lead")
    await ben.get(letters_page)
    await ben.get(f"{letters_page}/settings", status=403)


async def test_a_letter_of_another_gathering_is_not_found_here(
    ada: PageClient, setting: Setting, letters_page: str
) -> None:
    await ada.get(f"{letters_page}/nothing", status=404)
    await ada.post(f"{letters_page}/nothing/told", status=404)


async def test_a_waiting_letter_says_when_it_is_tried_again(
    ada: PageClient, setting: Setting, letters_page: str
) -> None:
    booking = await booked(setting, "Eve", "email", "eve@people.example")
    soon = datetime.now(UTC) + timedelta(minutes=5)
    handle = await letter_to(booking, tries=2, server_words="451 Later", next_try_at=soon)
    await ada.get(f"{letters_page}/{handle}")
    assert "Tried 2 times. The mail server said: 451 Later." in ada.words
