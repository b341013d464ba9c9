"""Whether the caterer may see a name beside a serious allergy: each person's own yes or no."""

from collections.abc import Iterable
from datetime import datetime

from gatherings.access.consent import answers_of_each, keep_consent, may_keep, take_back
from gatherings.access.needs import NeedView, needs_of_booking
from gatherings.bookings.tables import Booking
from gatherings.planning.refusals import Refused
from gatherings.planning.rows import hold

NAME_FOR_CATERER = "name for the caterer"
ALLERGY = "food.allergy"
# The words are kept for years: they name nobody.
OWN_WORDING = (
    "May the caterer see your name beside your allergy? They see it as a number otherwise. "
    "With a yes, they get your first name, for this gathering alone."
)
OTHERS_WORDING = (
    "May the caterer see this person’s name beside their allergy? They see it as a number "
    "otherwise. With a yes, they get the first name, for this gathering alone."
)


async def keep_naming(
    booking_id: int,
    position: int,
    answer: str,
    how: str,
    taken_by: int | None,
    at: datetime,
    *,
    own: bool = False,
    helped_by: str = "",
) -> None:
    """Keep a yes or a no about one of the party. A later one replaces it, and ends a yes.

    `own` says that it is about whoever booked. Raises Refused where there is nothing to say.
    """
    await hold(Booking, booking_id)  # the yes to keeping needs may be taken back just now
    before = await naming_of(booking_id, position)
    takes_back = (before, answer) == ("yes", "no")
    if not takes_back and not await _may_say(booking_id, position):
        raise Refused("", "We keep no serious allergy of this person")
    if takes_back:
        await take_back(booking_id, NAME_FOR_CATERER, at, of_person=position)
    await keep_consent(
        *(booking_id, answer, naming_wording(own=own), how, taken_by),
        helped_by=helped_by,
        at=at,
        purpose=NAME_FOR_CATERER,
        of_person=position,
    )


def naming_wording(*, own: bool) -> str:
    """The question as it is shown or read out, whole."""
    return OWN_WORDING if own else OTHERS_WORDING


async def naming_of(booking_id: int, position: int) -> str:
    """What was said last about one of the party: "yes", "no", or "" when nobody has asked."""
    said = await answers_of_each([booking_id], NAME_FOR_CATERER)
    return said.get((booking_id, position), "")


async def namings_of(booking_id: int) -> dict[int, str]:
    """The same for everybody in the party, by position."""
    said = await answers_of_each([booking_id], NAME_FOR_CATERER)
    return {position: answer for (_, position), answer in said.items()}


async def named_to_caterer(booking_ids: Iterable[int]) -> set[tuple[int, int]]:
    """Who of these parties said yes, each as the party and the position in it."""
    said = await answers_of_each(sorted(set(booking_ids)), NAME_FOR_CATERER)
    return {who for who, answer in said.items() if answer == "yes"}


def is_serious(need: NeedView) -> bool:
    """Whether the caterer sheet holds a line for it: refused or not, it may harm."""
    return (need.code, need.strength) == (ALLERGY, "must") and need.state != "withdrawn"


async def _may_say(booking_id: int, position: int) -> bool:
    if not await may_keep(booking_id):
        return False
    needs = await needs_of_booking(booking_id)
    return any(is_serious(need) and need.position == position for need in needs)
