"""Letters reach a real SMTP server: once each, in their time, whatever the server does."""

import asyncio
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gatherings.bookings import bookings
from gatherings.bookings.tables import Booking
from gatherings.letters import sending
from gatherings.letters.mail import Mail, NotAnAddress, message_of
from gatherings.letters.post_office import NOT_AN_ADDRESS, Line
from gatherings.letters.tables import Letter
from gatherings.letters.writing import write_letter
from gatherings.planning.tables import Gathering
from tests.booking_rows import make_gathering, one_person
from tests.letter_rows import booking_of
from tests.self_signed import self_signed
from tests.smtp_server import Letterbox, office_at, smtp_server
from web.bell import Bell
from web.database import DatabaseEngine, write

NOW = datetime.now(UTC)


@pytest.fixture
async def gathering(db: DatabaseEngine) -> Gathering:
    return await make_gathering(contact_email="hello@example.org", capacity=50)


async def booked(gathering: Gathering, address: str = "cal@people.example") -> Booking:
    """A booking with one letter that waits: the one that tells of it."""
    party = one_person(contact_way="email", contact_detail=address)
    made = await write(bookings.book, gathering.id, party, at=NOW)
    booking = await booking_of(made.reference)
    await write(write_letter, "booked", booking.id, NOW)
    return booking


async def one_letter() -> Letter:
    letter = await Letter.objects().first()
    assert letter is not None
    return letter


def at(moment: datetime) -> sending.Clock:
    return lambda: moment


async def test_a_letter_is_sent_once_with_all_that_mail_should_say(gathering: Gathering) -> None:
    booking, box = await booked(gathering), Letterbox()
    async with smtp_server(box) as office:
        for _ in range(2):
            assert await sending.send_what_is_due(office, at(NOW)) is True
    (message,) = box.taken
    letter = await one_letter()
    assert (letter.state, letter.sent_at, letter.server_words) == ("sent", NOW, "")
    assert message["From"] == "Gatherings <letters@gatherings.example>"
    assert message["To"] == "Cal <cal@people.example>"
    assert message["Reply-To"] == "hello@example.org"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"] == f"<{letter.handle}@gatherings.example>"
    assert message["List-Unsubscribe"] is None
    parts = {part.get_content_type(): part for part in message.walk()}
    assert booking.reference in parts["text/plain"].get_content()
    page = parts["text/html"].get_content()
    assert (page.count("<a "), page.count("<img"), page.count("http")) == (1, 0, 2)
    calendar = parts["text/calendar"]
    assert calendar.get_filename() == f"{gathering.slug}.ics"
    assert "BEGIN:VEVENT" in calendar.get_content()
    assert "/b/" not in calendar.get_content()


async def test_a_refused_address_is_not_tried_again(gathering: Gathering) -> None:
    await booked(gathering)
    box = Letterbox()
    box.behave["cal@people.example"] = "refuse"
    async with smtp_server(box) as office:
        for day in (NOW, NOW + timedelta(days=1)):
            assert await sending.send_what_is_due(office, at(day)) is True
    letter = await one_letter()
    assert (letter.state, letter.tries) == ("failed", 1)
    assert letter.server_words == "550 5.1.1 Nobody of that name"


@pytest.mark.parametrize(
    ("how", "words", "goes_on"),
    [
        ("defer", "451 4.7.1 Try again later", True),
        ("drop", "", False),
        ("stall", "The server did not answer in time.", False),
    ],
)
async def test_a_passing_trouble_is_tried_again_later(
    gathering: Gathering, how: str, words: str, goes_on: bool
) -> None:
    await booked(gathering)
    box = Letterbox()
    box.behave["cal@people.example"] = how
    async with smtp_server(box) as office:
        assert await sending.send_what_is_due(office, at(NOW)) is goes_on
        letter = await one_letter()
        assert (letter.state, letter.next_try_at) == ("waiting", NOW + sending.PAUSES[0])
        assert words in letter.server_words
        assert letter.server_words
        box.behave.clear()
        await sending.send_what_is_due(office, at(NOW))
        assert box.taken == []
        await sending.send_what_is_due(office, at(NOW + sending.PAUSES[0]))
    assert box.to() == ["cal@people.example"]


async def test_a_server_that_is_down_makes_one_letter_wait_and_not_all(
    gathering: Gathering,
) -> None:
    for _ in range(3):
        await booked(gathering)
    async with smtp_server(Letterbox()) as office:
        nobody = office_at(office.port)
    assert await sending.send_what_is_due(nobody, at(NOW)) is False
    tries = await Letter.select(Letter.tries, Letter.server_words).order_by(Letter.id)
    assert [row["tries"] for row in tries] == [1, 0, 0]
    assert tries[0]["server_words"].startswith("No connection: ")


async def test_after_two_days_we_stop_trying(gathering: Gathering) -> None:
    await booked(gathering)
    box, clock = Letterbox(), NOW
    box.behave["cal@people.example"] = "defer"
    async with smtp_server(box) as office:
        for pause in (*sending.PAUSES, timedelta()):
            assert await sending.send_what_is_due(office, at(clock)) is True
            clock += pause
    letter = await one_letter()
    assert letter.state == "failed"
    assert letter.server_words == f"{sending.GAVE_UP}451 4.7.1 Try again later"
    assert timedelta(days=1, hours=20) < clock - NOW < timedelta(days=2, hours=4)


async def test_several_senders_at_once_send_each_letter_once(gathering: Gathering) -> None:
    addresses = [f"person{n}@people.example" for n in range(12)]
    for address in addresses:
        await booked(gathering, address)
    box = Letterbox()
    async with smtp_server(box) as office:
        await asyncio.gather(*(sending.send_what_is_due(office) for _ in range(4)))
    assert sorted(box.to()) == sorted(addresses)


async def test_a_sender_that_died_holds_a_letter_for_two_minutes(gathering: Gathering) -> None:
    """It died after the server's yes and before we marked it: the copy has the same name."""
    await booked(gathering)
    box = Letterbox()
    async with smtp_server(box) as office:
        claimed = await write(sending.claim, NOW)
        assert claimed is not None
        async with Line(office) as line:
            answer = await line.send(claimed.mail, NOW)
        soon = NOW + sending.CLAIM_LASTS - timedelta(seconds=1)
        await sending.send_what_is_due(office, at(soon))
        assert len(box.taken) == 1
        await sending.send_what_is_due(office, at(NOW + sending.CLAIM_LASTS))
    assert len(box.taken) == 2
    assert len(set(box.ids())) == 1
    await write(sending.mark, claimed, answer, NOW + timedelta(days=1))
    assert (await one_letter()).sent_at == NOW + sending.CLAIM_LASTS


async def test_what_is_no_longer_true_never_goes(gathering: Gathering) -> None:
    kinds = ("booked", "reminder_14", "reminder_day", "place_for_you")
    booking, box = await booked(gathering), Letterbox()
    for kind in kinds:
        await write(write_letter, kind, booking.id, NOW)
    await write(_cancel_quietly, booking.id)
    await write(write_letter, "cancelled", booking.id, NOW)
    async with smtp_server(box) as office:
        await sending.send_what_is_due(office, at(NOW))
    assert [str(one["Subject"]).split(":")[0] for one in box.taken] == ["Cancelled"]
    states = {row["state"] for row in await Letter.select(Letter.state)}
    assert states == {"sent", "dropped"}


async def _cancel_quietly(booking_id: int) -> None:
    await Booking.update({Booking.state: "cancelled", Booking.held: 0}).where(
        Booking.id == booking_id
    )


async def test_what_was_due_long_ago_is_for_a_person_to_tell(gathering: Gathering) -> None:
    await booked(gathering)
    box = Letterbox()
    async with smtp_server(box) as office:
        await sending.send_what_is_due(office, at(NOW + timedelta(days=2, minutes=1)))
    letter = await one_letter()
    assert (letter.state, letter.server_words) == ("failed", sending.WAITED_TOO_LONG)
    assert box.taken == []


async def test_a_letter_that_we_cannot_open_holds_up_no_other(gathering: Gathering) -> None:
    await booked(gathering, "first@people.example")
    first = await one_letter()
    await write(_break, first.id)
    await booked(gathering, "second@people.example")
    box = Letterbox()
    async with smtp_server(box) as office:
        await sending.send_what_is_due(office, at(NOW))
    assert box.to() == ["second@people.example"]
    assert (await one_letter()).server_words == sending.NOT_OPENED


async def _break(letter_id: int) -> None:
    await Letter.update({Letter.handle: "another"}).where(Letter.id == letter_id)


async def test_the_background_sends_when_the_bell_rings_and_ends_at_once(
    gathering: Gathering,
) -> None:
    box, bell = Letterbox(), Bell()
    async with smtp_server(box) as office, asyncio.timeout(2):
        async with sending.sending(office, bell):
            await booked(gathering)
            while not box.taken:
                bell.ring()
                await asyncio.sleep(0.01)
        async with sending.sending(None, Bell()):
            pass
    assert (await one_letter()).state == "sent"


def mail(**changes: str) -> Mail:
    kept = {"to": "cal@people.example", "name": "Cal", "subject": "Hello", "text": "Hello\n"}
    kept |= {"link": "", "reply_to": ""} | changes
    return Mail(handle="h", calendar=b"", calendar_name="", **kept)


def test_nothing_that_is_typed_starts_a_header() -> None:
    evil = "Cal\r\nBcc: all@people.example\n"
    message = message_of(mail(name=evil, subject=evil), "a@b.example", evil, NOW)
    lines = message.as_bytes().decode().splitlines()
    assert [line for line in lines if line.lower().startswith("bcc")] == []
    assert message["Bcc"] is None
    assert message["Subject"] == "Cal Bcc: all@people.example"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nobody",
        "a@b.example, c@d.example",
        "a@b.example\r\nBcc: c@d.example",
        "a b@c.example",
        "<a@b.example>",
        "@b.example",
        "siân@b.example",
    ],
)
def test_only_one_address_is_an_address(address: str) -> None:
    with pytest.raises(NotAnAddress):
        message_of(mail(to=address), "a@b.example", "Gatherings", NOW)


async def test_what_is_no_address_is_for_a_person_to_ring(gathering: Gathering) -> None:
    await booked(gathering, "cal at people")
    async with smtp_server(Letterbox()) as office:
        await sending.send_what_is_due(office, at(NOW))
    letter = await one_letter()
    assert (letter.state, letter.server_words) == ("failed", NOT_AN_ADDRESS)


async def test_names_in_any_letters_arrive(gathering: Gathering) -> None:
    party = one_person("Siân Ŵyn 🎈", contact_way="email", contact_detail="sian@gŵyl.example")
    made = await write(bookings.book, gathering.id, party, at=NOW)
    await write(write_letter, "booked", (await booking_of(made.reference)).id, NOW)
    box = Letterbox()
    async with smtp_server(box) as office:
        await sending.send_what_is_due(office, at(NOW))
    (message,) = box.taken
    (to,) = message["To"].addresses
    assert (to.display_name, to.addr_spec) == ("Siân Ŵyn 🎈", "sian@xn--gyl-b2a.example")


async def test_a_server_that_cannot_prove_itself_gets_no_letter(
    gathering: Gathering, tmp_path: Path
) -> None:
    await booked(gathering)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*self_signed(tmp_path))
    box = Letterbox()
    async with smtp_server(box, context) as office:
        assert await sending.send_what_is_due(office, at(NOW)) is False
    letter = await one_letter()
    assert (letter.state, box.taken) == ("waiting", [])
    assert "certificate" in letter.server_words.lower()
