"""The public page about access: what is arranged, what is missing, what nobody has checked."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from gatherings.access.arranged import arranged_for
from gatherings.access.catalogue import catalogue
from gatherings.access.tables import Arrangement, SupportPerson, SupportRound
from gatherings.access.tell_by import tell_by
from gatherings.planning import rooms, venues
from gatherings.planning.lookup import rooms_of, rounds_of
from gatherings.planning.tables import Gathering
from gatherings.planning.venues import Said
from tests.builders import Setting
from tests.page_checks import PageClient
from web.crypto import new_key
from web.database import read, write
from web.words import day_of, local

HERE = "/g/spring-gathering/access"
SECRETS = ("Signs Ltd", "Robin", "for Zebedee")


async def arrangement(gathering_id: int, kind: str, state: str = "confirmed") -> None:
    await Arrangement(
        handle=new_key()[:32],
        gathering=gathering_id,
        kind=kind,
        what=SECRETS[2],
        supplier=SECRETS[0],
        state=state,
        made_at=datetime.now(UTC),
    ).save()


async def helper(gathering_id: int, role: str, rounds: Any = (), state: str = "confirmed") -> None:
    person = SupportPerson(
        handle=new_key()[:32],
        gathering=gathering_id,
        role=role,
        name=SECRETS[1],
        state=state,
        made_at=datetime.now(UTC),
    )
    await person.save()
    for part in rounds:
        await SupportRound(support_person=person.id, round=part.id).save()


async def arrange_all(gathering_id: int) -> None:
    """What is sure and for everybody, and what is not, or points at one person."""
    rounds = [part for part in await rounds_of(gathering_id) if part.kind != "break"]
    await helper(gathering_id, "bsl", rounds)
    await helper(gathering_id, "bsl", rounds[:2])
    await helper(gathering_id, "sttr", rounds[:2])
    await helper(gathering_id, "lipspeaker", state="held")
    await helper(gathering_id, "evac_buddy", rounds)
    await arrangement(gathering_id, "bsl")
    await arrangement(gathering_id, "hearing_loop")
    await arrangement(gathering_id, "quiet_host")
    await arrangement(gathering_id, "pa_mic", state="asked")
    await arrangement(gathering_id, "minibus_or_taxi")


async def test_what_is_arranged_is_told_as_facts(client: PageClient, setting: Setting) -> None:
    await write(arrange_all, setting.gathering.id)
    rounds = [p.name for p in await read(rounds_of, setting.gathering.id) if p.kind != "break"]
    assert await read(arranged_for, setting.gathering.id) == [
        "Two British Sign Language interpreters, all day",
        f"One person who types live captions, in {rounds[0]} and {rounds[1]}",
        "People who look after the quiet room",
        "A working hearing loop",
    ]
    await client.get(HERE)
    shown = [line.get_text() for line in client.soup.select("#arranged + ul li")]
    assert shown[0] == "Two British Sign Language interpreters, all day"
    assert (len(shown), "lipspeaker" in " ".join(shown)) == (4, False)
    for hidden in (*SECRETS, "minibus", "to get out"):
        assert hidden not in client.words


async def test_what_is_missing_stands_apart_and_whom_to_ask(
    client: PageClient, setting: Setting
) -> None:
    facts = {
        "lift": Said("no", "Ask us"),
        "height_barrier": Said("no"),
        "steps_at_door": Said("yes", "", 4),
        "door_80cm": Said("no", "", 75),
        "stair_lift": Said("no"),
        "blue_badge_bays": Said("yes", "", 3),
    }
    await write(venues.set_facts, setting.gathering.venue, facts)
    large, library, upstairs = await read(rooms_of, setting.gathering.venue)
    for room, answer in ((large, "yes"), (upstairs, "no")):
        await write(rooms.set_features, room.id, {"step_free": answer})
    await client.get(HERE)
    missing = client.one("h2#missing + ul").get_text(" ", strip=True)
    assert "without steps: Upstairs room 1" in missing
    assert library.name not in missing
    for words in ("A lift: no . Ask us", "Steps at the main door: 4 steps", "no: 75 centimetres"):
        assert words in missing
    for words in ("height barrier", "stair-lift", "Blue Badge"):
        assert words not in missing
    assert "We have not checked 46 of 52 things yet" in client.words
    assert "Blue Badge parking 3 spaces." in client.words
    assert client.soup.select_one('main a[href="tel:01614960000"]')
    assert "Nothing is sure yet" in client.words


def test_what_takes_long_is_wanted_early() -> None:
    gathering, today = date(2027, 4, 14), date(2027, 3, 4)
    told = tell_by(gathering, today)
    assert [(one.day, one.late) for one in told] == [
        (date(2027, 3, 3), True),
        (date(2027, 3, 17), False),
        (date(2027, 3, 24), False),
    ]
    assert told[0].labels[0] == catalogue().need("hear.bsl").label
    assert sum(len(one.labels) for one in told) == sum(
        need.lead_days >= 21 and need.group != "any" for need in catalogue().needs.values()
    )


async def test_before_booking_people_read_by_when_to_tell_us(
    client: PageClient, setting: Setting
) -> None:
    await client.get(HERE)
    day = local(setting.gathering.starts_at, setting.gathering.zone).date()
    assert f"By {day_of(day - timedelta(days=42))}" in client.words
    assert "When a day is past, tell us all the same" in client.words
    assert "We have not checked anything at" in client.words
    await write(_close, setting.gathering.id)
    await client.get(HERE)
    assert "When to tell us" not in client.words


async def test_letters_of_the_catalogue_are_explained(client: PageClient, setting: Setting) -> None:
    await client.get(HERE)
    short = '<abbr title="British Sign Language">BSL</abbr>'
    assert f"British Sign Language ({short}) interpreters" in client.text
    assert f"Information as audio or a video in {short}<" in client.text


async def test_when_it_is_over_nobody_is_asked_to_tell_us_early(
    client: PageClient, setting: Setting
) -> None:
    await write(_end, setting.gathering.id)
    await client.get(HERE)
    assert "What was arranged Nothing was arranged for everybody." in client.words
    assert "tell us" not in client.one("main").text


async def _end(gathering_id: int) -> None:
    then = datetime.now(UTC) - timedelta(days=9)
    await Gathering.update(
        {Gathering.starts_at: then, Gathering.ends_at: then + timedelta(hours=6)}
    ).where(Gathering.id == gathering_id)


async def _close(gathering_id: int) -> None:
    await Gathering.update({Gathering.state: "cancelled"}).where(Gathering.id == gathering_id)


async def test_what_is_paid_stands_there_before_anybody_books(
    client: PageClient, ada: PageClient, setting: Setting
) -> None:
    await client.get(HERE)
    assert "We have not written down yet what we pay." in client.words
    await ada.get("/desk/g/spring-gathering/places")
    train, car = "Train: the whole fare, cash on the day", "Car: 45p a mile within two weeks"
    await ada.submit("main form", {"pays": f"{train}\n{car}"})
    await client.get("/g/spring-gathering")
    assert client.one('a[href$="access#money"]')
    await client.get(HERE)
    assert f"What we pay {train} {car} Nobody has to be out of pocket." in client.words
    assert "A payment may affect benefits. Please get advice" in client.words
