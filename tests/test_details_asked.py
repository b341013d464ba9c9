"""Where names and contacts are kept by consent, whoever tells it to one of us is asked, too."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from litestar import Litestar

from app import create_app
from gatherings.access.consent import (
    DETAILS,
    ToDetails,
    details_question,
    details_wording,
    walk_in_question,
)
from gatherings.access.needs import NeedAnswer
from gatherings.access.tables import Consent
from gatherings.bookings.bookings import book
from gatherings.bookings.changing import Contact, change_contact
from gatherings.bookings.parties import PersonAnswer
from gatherings.bookings.tables import Booking, Person
from gatherings.bookings.walking_in import walk_in
from gatherings.letters.tables import Letter
from gatherings.people.roles import grant
from gatherings.people.sign_in import open_account
from gatherings.personal_data.due import contacts
from gatherings.personal_data.forgetting import forget
from gatherings.personal_data.held import held_about
from gatherings.personal_data.tables import GatheringNumbers
from gatherings.planning.refusals import Refused
from gatherings.planning.tables import Gathering
from sessions.personal_data.all_rules import ALL_RULES
from sessions.personal_data.kept import kept_of
from tests.booking_rows import one_person, with_needs
from tests.booking_walk import step, walk_to_check
from tests.builders import Setting
from tests.page_checks import PageClient
from tests.people import signed_in_browser
from web.database import DatabaseEngine, read, write
from web.settings import settings

A_SECOND = timedelta(seconds=1)
Said = tuple[str, str, str, int | None]


@pytest.fixture
async def consenting(db: DatabaseEngine) -> Litestar:
    """The product of a host that keeps contacts by consent."""
    return create_app(replace(settings(), legal_basis="consent"))


@pytest.fixture
async def helper(setting: Setting) -> int:
    """Sam, who helps at the door."""
    account = await write(open_account, "sam@example.org", "Sam")
    await write(grant, account, setting.gathering.series, "door")
    return account


@pytest.fixture
async def door(consenting: Litestar, helper: int) -> AsyncIterator[PageClient]:
    """Sam's browser at the door of that host."""
    async with signed_in_browser(consenting, helper) as browser:
        yield browser


@pytest.fixture
async def lead(consenting: Litestar, setting: Setting) -> AsyncIterator[PageClient]:
    """Dee as access lead of that host."""
    await write(grant, setting.team.dee, setting.gathering.series, "access_lead")
    async with signed_in_browser(consenting, setting.team.dee) as browser:
        yield browser


async def what_they_said() -> list[Said]:
    rows = await (
        Consent.select(Consent.answer, Consent.wording.words, Consent.how, Consent.taken_by)
        .where(Consent.purpose == DETAILS)
        .order_by(Consent.id)
    )
    return [tuple(row.values()) for row in rows]


async def contacts_kept() -> list[tuple[str, str, str]]:
    rows = await Booking.objects().order_by(Booking.id)
    return [(row.contact_name, row.contact_detail, row.asker_is) for row in rows]


@pytest.mark.parametrize("answer", ["yes", "no"])
async def test_at_the_door_the_words_are_read_out_before_a_name(
    door: PageClient, setting: Setting, helper: int, answer: str
) -> None:
    words = walk_in_question(setting.gathering)
    await door.get(f"/desk/g/{setting.gathering.slug}/door")
    assert words in door.words
    assert door.soup.select("#walk-in input[type=radio][checked]") == []
    fields = [one["name"] for one in door.soup.select("#walk-in input:not([type=hidden])")]
    assert fields == ["agree", "agree", "name", "supporter"]
    await door.submit("#walk-in", {"name": "Robin"}, status=422)
    assert door.error_at("agree") == "Error: Choose yes or no"
    assert await Booking.count() == 0
    await door.submit("#walk-in", {"agree": answer})
    await door.follow()
    assert "Here since" in door.words
    assert ("They said no to keeping their names" in door.words) == (answer == "no")
    assert await what_they_said() == [(answer, words, "day", helper)]
    assert await contacts_kept() == [("Robin", "", "")]
    told = [one.when for one in await read(kept_of, setting.gathering)]
    assert any("sooner where they said no" in when for when in told) == (answer == "no")


async def test_a_full_house_forgets_nothing_of_what_they_said(
    door: PageClient, setting: Setting, helper: int
) -> None:
    await write(_fill, setting.gathering.id)
    await door.get(f"/desk/g/{setting.gathering.slug}/door")
    await door.submit("#walk-in", {"name": "Robin", "agree": "no"}, status=409)
    await door.submit("form.door-all")
    assert [said[0] for said in await what_they_said()] == ["no"]
    await door.post(f"/desk/g/{setting.gathering.slug}/door/walk-in", {"name": "Wren"}, status=422)
    assert await Booking.count() == 1


async def _fill(gathering_id: int) -> None:
    await Gathering.update({Gathering.taken: Gathering.capacity}).where(
        Gathering.id == gathering_id
    )


async def test_a_second_press_keeps_one_answer(setting: Setting) -> None:
    for answer in ("no", "yes"):
        said, at = ToDetails("Words", answer), setting.gathering.starts_at
        form = (setting.gathering.id, "Robin", 1, at)
        await write(walk_in, *form, form_token="same", details=said)
    assert [said[0] for said in await what_they_said()] == ["no"]


@pytest.mark.parametrize("source", ["phone", "paper", "day"])
async def test_a_no_by_phone_or_on_paper_keeps_names_alone(
    lead: PageClient, setting: Setting, source: str
) -> None:
    slug, words = setting.gathering.slug, details_question(setting.gathering)
    await walk_to_check(lead, slug)
    assert words in lead.words
    assert details_wording(setting.gathering) not in lead.words
    assert lead.soup.select("input[checked]") == [lead.one("#source")]
    await lead.submit("main form", {"source": source}, status=422)
    assert lead.error_at("agree") == "Error: Choose yes or no"
    assert await step(lead, {"agree": "no", "source": source}) == "Your place is booked"
    assert "We have no number and no address" in lead.words
    assert await what_they_said() == [("no", words, source, setting.team.dee)]
    assert await contacts_kept() == [("Cal", "", "")]
    assert [row.name for row in await Person.objects()] == ["Cal"]
    assert await Letter.count() == 0
    reference = (await Booking.objects())[0].reference
    await lead.get(f"/desk/g/{slug}/bookings/{reference}")
    assert "They said no to keeping how to reach them." in lead.words


async def test_a_yes_by_phone_keeps_it_all_with_who_took_it(
    lead: PageClient, setting: Setting
) -> None:
    await walk_to_check(lead, setting.gathering.slug)
    await step(lead, {"agree": "yes", "source": "phone"})
    words = details_question(setting.gathering)
    assert await what_they_said() == [("yes", words, "phone", setting.team.dee)]
    assert await contacts_kept() == [("Cal", "01632 960 002", "")]
    assert await Letter.count() == 1


async def test_with_another_basis_nobody_is_asked(
    app: Litestar, setting: Setting, helper: int, ada: PageClient
) -> None:
    async with signed_in_browser(app, helper) as sam:
        await sam.get(f"/desk/g/{setting.gathering.slug}/door")
        assert sam.soup.select("#walk-in [name=agree]") == []
        await sam.submit("#walk-in", {"name": "Robin"})
    await walk_to_check(ada, setting.gathering.slug)
    assert ada.soup.select("[name=agree]") == []
    await step(ada, {"source": "phone"})
    assert await what_they_said() == []
    assert [kept[:2] for kept in await contacts_kept()] == [("Robin", ""), ("Cal", "01632 960 002")]


async def test_whoever_is_no_helper_of_the_door_learns_nothing_of_it(
    consenting: Litestar, setting: Setting
) -> None:
    address = f"/desk/g/{setting.gathering.slug}/door/walk-in"
    async with PageClient(consenting) as stranger:
        await stranger.post(address, {"name": "Robin", "agree": "yes"}, status=401)
    async with signed_in_browser(consenting, setting.team.ben) as ben:
        await ben.post(address, {"name": "Robin", "agree": "yes"}, status=403)
    assert (await Booking.count(), await what_they_said()) == (0, [])


async def test_after_a_no_the_names_go_when_the_gathering_is_over(setting: Setting) -> None:
    gathering = setting.gathering
    for name, answer in (("Robin", "no"), ("Wren", "yes")):
        said = ToDetails("Words", answer)
        at = gathering.starts_at
        await write(walk_in, gathering.id, name, 1, at, supporter=True, details=said)
    robin, wren = await Booking.objects().order_by(Booking.id)
    for booking, told in ((robin, "Until the gathering is over"), (wren, "Until 24 months")):
        held = {one.key: one for one in await read(held_about, booking.id)}
        assert held["booking"].kept.startswith(told)
    assert await read(contacts, gathering.ends_at - A_SECOND) == []
    assert await read(contacts, gathering.ends_at) == [robin.id]
    await forget(ALL_RULES, gathering.ends_at)
    people = await Person.objects().order_by(Person.id)
    assert [person.name for person in people] == ["", "", "Wren", ""]
    assert [name for name, _, _ in await contacts_kept()] == ["", "Wren"]
    assert [said[0] for said in await what_they_said()] == ["no", "yes"]


async def test_numbers_wait_for_those_who_may_still_say_how_it_went(setting: Setting) -> None:
    gathering = setting.gathering
    at, said = gathering.starts_at, ToDetails("Words", "no")
    await write(walk_in, gathering.id, "Robin", 1, at, supporter=False, details=said)
    await write(book, gathering.id, with_needs(NeedAnswer("hear.loop")))
    await forget(ALL_RULES, gathering.ends_at)
    assert await GatheringNumbers.count() == 0
    await forget(ALL_RULES, gathering.ends_at + timedelta(days=28))
    assert await GatheringNumbers.count() == 1


async def test_a_no_holds_until_there_is_a_yes(
    consenting: Litestar, lead: PageClient, setting: Setting
) -> None:
    await walk_to_check(lead, setting.gathering.slug)
    await step(lead, {"agree": "no", "source": "phone"})
    booking = (await Booking.objects())[0]
    contact = Contact("Cal", "phone", "01632 960 003")
    with pytest.raises(Refused):
        await write(change_contact, booking.id, contact, booking.created_at)
    page = f"/b/{booking.reference}/contact"
    await lead.get(page)
    await lead.submit("main form", {"detail-phone": "01632 960 003"}, status=422)
    assert lead.error_at("agree").startswith("Error: Tick the box first")
    assert await contacts_kept() == [("Cal", "", "")]
    await lead.submit("main form", {"agree": "yes"})
    assert await contacts_kept() == [("Cal", "01632 960 003", "")]
    assert [said[:3] for said in await what_they_said()] == [
        ("no", details_question(setting.gathering), "phone"),
        ("yes", details_wording(setting.gathering), "web"),
    ]
    assert await read(contacts, setting.gathering.ends_at) == []
    await lead.get(page)
    assert lead.soup.select("[name=agree]") == []


async def test_an_organiser_keeps_a_number_only_after_a_yes_on_the_phone(
    lead: PageClient, ada: PageClient, setting: Setting
) -> None:
    await walk_to_check(lead, setting.gathering.slug)
    await step(lead, {"agree": "no", "source": "paper"})
    reference = (await Booking.objects())[0].reference
    await ada.get(f"/desk/g/{setting.gathering.slug}/bookings/{reference}/contact")
    assert details_question(setting.gathering) in ada.words
    await ada.submit("main form", {"detail-phone": "01632 960 003"}, status=422)
    await ada.submit("main form", {"agree": "yes"})
    words, said = details_question(setting.gathering), await what_they_said()
    assert said[1] == ("yes", words, "phone", setting.team.ada)


def test_after_a_no_whoever_asked_for_somebody_is_not_kept() -> None:
    pim = (PersonAnswer("Pim"), PersonAnswer(role="supporting"))
    party = one_person("Megan", people=pim, for_whom="other", asker_is="A support worker")
    alone = party.without_contact()
    assert (alone.contact_name, alone.contact_detail, alone.asker_is) == ("Pim", "", "")
    assert alone.people == pim
    unnamed = one_person(people=(PersonAnswer(),)).without_contact()
    assert unnamed.contact_name == "Somebody"
