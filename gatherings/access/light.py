"""The access light of a gathering: whether what people cannot come without is agreed in time."""

from collections.abc import Iterable
from datetime import date, timedelta

from gatherings.access.needs import coming_to, opened_answer
from gatherings.access.tables import Need
from gatherings.bookings.tables import Person

SOON = timedelta(days=7)
NOT_DONE = ("asked", "talking", "arranged", "cannot")
LIGHT_WORDS = {
    "red": "Late: somebody cannot come without it",
    "amber": "Due within seven days",
    "green": "What people cannot come without is agreed, or not due yet",
}


def light_for(musts: Iterable[tuple[str, date]], today: date) -> str:
    """The light of needs that somebody cannot come without, as (state, due date) pairs.

    Red while one is not agreed on its due date or after it, amber while one is due within seven
    days. A need that we cannot meet stays red until they agree to what we offer, or withdraw it.
    """
    waiting = [due_on for state, due_on in musts if state in NOT_DONE]
    if any(due_on <= today for due_on in waiting):
        return "red"
    return "amber" if any(due_on <= today + SOON for due_on in waiting) else "green"


async def light_of(gathering_id: int, today: date) -> str:
    """ "green", "amber" or "red". `today` is the date where the gathering meets."""
    people = Person.select(Person.id).where(coming_to(gathering_id))
    needs = await Need.objects().where(
        Need.person.is_in(people) & Need.state.is_in(list(NOT_DONE)) & (Need.due_on <= today + SOON)
    )
    musts = [need for need in needs if opened_answer(need).strength == "must"]
    return light_for([(need.state, need.due_on) for need in musts], today)
