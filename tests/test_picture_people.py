"""Nobody is shown in a summary who did not say yes, and a yes that is taken back takes effect."""

from datetime import UTC, datetime, timedelta

import pytest

from gatherings.bookings.tables import USES, Booking, Person
from gatherings.bookings.uses import Said, change_uses, uses_of
from gatherings.personal_data.forgetting import forget
from gatherings.planning.refusals import Refused
from gatherings.planning.tables import Gathering
from sessions.capture.tables import Sheet
from sessions.personal_data.all_rules import ALL_RULES, erase_everywhere
from sessions.summaries import picture_people, points, publishing, shown_pictures
from sessions.summaries.draft import draft_of
from sessions.summaries.picture_people import people_in
from sessions.summaries.publishing import NotReady
from sessions.summaries.tables import PicturePerson
from tests.builders import Setting
from tests.page_checks import PageClient
from tests.sheet_rows import Notes, build_notes
from tests.test_change_pages import enter
from tests.waiting_rows import booked
from web.database import read, write
from web.problems import NotFound

NOW = datetime.now(UTC)
DESK = "/desk/g/spring-gathering/summary"


async def with_picture(setting: Setting) -> Notes:
    """A summary that shows a sheet with people in it, about whom nobody has said anything."""
    here = setting.gathering.id
    notes = await build_notes(here)
    await write(points.bring, here, notes.question, notes.handles)
    await write(shown_pictures.show, here, notes.codes[0], notes.question, "agreed")
    return notes


async def says(booking: Booking, **uses: str) -> None:
    """What the first of a party says to uses of photographs."""
    said = dict.fromkeys(USES, "no") | uses
    await write(change_uses, booking.id, 1, said, Said(own=True), NOW)


async def sees(setting: Setting) -> list[str]:
    """The pictures that readers see."""
    published = await read(publishing.newest_version, setting.gathering.id)
    return published.content.codes if published else []


async def missing(setting: Setting) -> list[str]:
    return [one.words for one in publishing.missing(await read(draft_of, setting.gathering.id))]


async def listed() -> PicturePerson:
    """Whoever was listed last."""
    row = await PicturePerson.objects().order_by(PicturePerson.id, ascending=False).first()
    assert row is not None
    return row


@pytest.mark.parametrize(
    ("recorded", "answer", "agrees"),
    [
        ("yes", "", True),
        ("yes", "no", False),
        ("ask", "", False),
        ("ask", "yes", True),
        ("no", "", False),
        ("no", "yes", False),
        ("", "", False),
        ("", "yes", True),
    ],
)
def test_who_agrees(recorded: str, answer: str, agrees: bool) -> None:
    person = picture_people.InPicture("handle", "Cal", recorded, answer, "day", None)
    assert person.agrees == agrees


async def test_each_who_can_be_recognised_must_have_said_yes(setting: Setting) -> None:
    here, ada = setting.gathering.id, setting.team.ada
    notes = await with_picture(setting)
    code = notes.codes[0]
    assert await missing(setting) == ["List who can be recognised in the sheet “Growing older”"]
    cal = await booked(setting.gathering)
    await says(cal, photo_web="ask")
    await write(picture_people.list_person, here, code, cal.reference)
    await write(picture_people.list_person, here, code, "The woman in the blue coat")
    for twice in (cal.reference, "The woman in the blue coat"):
        with pytest.raises(Refused, match="listed already"):
            await write(picture_people.list_person, here, code, twice)
    asks = "Ask {} whether the sheet “Growing older” may be shown, or take it out"
    assert await missing(setting) == [
        asks.format("Cal 1"),
        asks.format("The woman in the blue coat"),
    ]
    with pytest.raises(NotReady):
        await write(publishing.publish, here, ada)
    for row in await PicturePerson.objects().order_by(PicturePerson.id):
        await write(picture_people.note_answer, here, code, row.handle, "yes", "after", ada, NOW)
    assert await missing(setting) == []
    await write(publishing.publish, here, ada)
    assert await sees(setting) == [code]
    await says(cal)
    assert await sees(setting) == []
    assert await missing(setting) == [asks.format("Cal 1")]
    first = (await PicturePerson.objects().order_by(PicturePerson.id))[0]
    with pytest.raises(Refused, match="Only they can change that"):
        await write(picture_people.note_answer, here, code, first.handle, "yes", "day", ada, NOW)


async def test_two_who_are_called_the_same_are_told_apart(setting: Setting) -> None:
    here = setting.gathering.id
    notes = await build_notes(here)
    one, _ = await booked(setting.gathering), await booked(setting.gathering)
    with pytest.raises(Refused, match="Several people are called that"):
        await write(picture_people.list_person, here, notes.codes[0], "cal 1")
    await write(picture_people.list_person, here, notes.codes[0], one.reference)
    assert (await listed()).words == ""


async def test_a_person_sees_the_picture_first_and_a_no_takes_it_out_at_once(
    client: PageClient, dee: PageClient, ada: PageClient, setting: Setting
) -> None:
    here = setting.gathering.id
    notes = await with_picture(setting)
    code = notes.codes[0]
    cal = await booked(setting.gathering)
    home = await enter(client, cal)
    await client.get(f"{home}/pictures")
    assert "No pictures" in client.words
    await ada.get(f"{DESK}/pictures/{code}/people")
    await ada.submit("main form", {"who": ""}, status=422)
    assert "Enter who it is" in ada.words
    await ada.submit("main form", {"who": "Cal 1"})
    await ada.follow()
    assert "Said no to photographs in the summary" in ada.words
    await client.get(f"{home}/pictures")
    assert "It is not shown unless you say yes" in client.words
    await client.submit("form:has(#yes-1)")
    person = await Person.objects().get(Person.booking == cal.id)
    assert person is not None
    assert uses_of(person) == dict.fromkeys(USES, "no") | {"photo_web": "ask"}
    await write(publishing.publish, here, None)
    assert await sees(setting) == [code]
    row = await listed()
    await dee.get(f"{home}/pictures", status=401)
    await dee.post(f"{home}/pictures/{row.handle}", {"said": "no"}, status=401)
    assert await sees(setting) == [code]
    await client.get(f"{home}/pictures")
    await client.submit("form:has(#no-1)")
    assert await sees(setting) == []
    await client.follow()
    assert "Nobody sees it any more" in client.words
    assert await missing(setting) == ["Take the sheet “Growing older” out. Cal 1 said no"]
    await ada.get(f"{DESK}/pictures/{code}/people")
    assert ada.soup.select("[type=radio]") == []
    await ada.submit(f"form:has(#off-{row.handle})", status=422)
    assert "They asked us not to use it, so they stay listed" in ada.words
    wrong = {f"answer-{row.handle}": "yes", f"how-{row.handle}": "day"}
    await ada.post(f"{DESK}/pictures/{code}/people/{row.handle}", wrong, status=422)
    assert await sees(setting) == []
    await client.submit("form:has(#yes-1)")
    assert await sees(setting) == [code]


async def test_nobody_answers_for_another_party(setting: Setting) -> None:
    notes = await build_notes(setting.gathering.id)
    one, other = await booked(setting.gathering), await booked(setting.gathering)
    await write(picture_people.list_person, setting.gathering.id, notes.codes[0], one.reference)
    row = await listed()
    with pytest.raises(NotFound):
        await write(picture_people.say, other.id, row.handle, "no", NOW)
    assert [seen.answer for seen in await read(people_in, row.sheet)] == [""]


@pytest.mark.parametrize("goes", ["erased", "forgotten"])
async def test_with_a_party_goes_its_yes_and_the_picture(setting: Setting, goes: str) -> None:
    here = setting.gathering.id
    notes = await with_picture(setting)
    cal = await booked(setting.gathering)
    await says(cal, photo_web="yes" if goes == "erased" else "ask")
    await write(picture_people.list_person, here, notes.codes[0], cal.reference)
    if goes == "erased":
        await write(publishing.publish, here, None)
        assert await sees(setting) == [notes.codes[0]]
        await write(erase_everywhere, cal.id, "person", NOW)
    else:
        await write(_long_ago, here)
        await forget(ALL_RULES, NOW)
    assert await PicturePerson.count() == 0
    withheld = await Sheet.select(Sheet.withheld).where(Sheet.code == notes.codes[0])
    assert withheld == [{"withheld": True}]
    assert await sees(setting) == []


async def _long_ago(gathering_id: int) -> None:
    ended = NOW - timedelta(days=900)
    await Gathering.update(
        {Gathering.starts_at: ended - timedelta(hours=6), Gathering.ends_at: ended}
    ).where(Gathering.id == gathering_id)
