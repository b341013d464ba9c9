"""What may be done with photographs, name and words of one of a party, also after the day."""

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from gatherings.bookings.booking_list import PersonView
from gatherings.bookings.change_pages import person_in
from gatherings.bookings.own_shared_pages import Answer, Look, both, look
from gatherings.bookings.tables import USE_ANSWERS, USES
from gatherings.bookings.uses import Said, about_themselves, change_uses, questions, uses_of
from gatherings.people.roles import Viewer
from gatherings.planning.lookup import is_over
from gatherings.planning.recorded import what_is_recorded
from web.database import write
from web.forms import Form, read_form
from web.pages import Page, WebRequest

EVERYTHING_NO = dict.fromkeys(USES, "no")


@get(both("people/{position:int}/uses"), name="uses")
async def show_uses(
    request: WebRequest, position: FromPath[int], viewer: NamedDependency[Viewer | None]
) -> Answer:
    """The six questions, as they were answered last."""
    seen = await look(request, viewer)
    return _draw(seen, person_in(seen, position), None)


@post(both("people/{position:int}/uses"), name="keep_uses")
async def keep_uses(
    request: WebRequest, position: FromPath[int], viewer: NamedDependency[Viewer | None]
) -> Answer:
    """Keep the answers."""
    seen = await look(request, viewer)
    person = person_in(seen, position)
    form = await read_form(request)
    uses = {use: form.choice(use, "one of the answers", USE_ANSWERS) for use in USES}
    if form.errors:
        return _draw(seen, person, form)
    return await _keep(seen, position, uses)


@post(both("people/{position:int}/uses/withdraw"), name="withdraw_uses")
async def withdraw(
    request: WebRequest, position: FromPath[int], viewer: NamedDependency[Viewer | None]
) -> Answer:
    """Take every yes back, with one press."""
    seen = await look(request, viewer)
    person_in(seen, position)
    return await _keep(seen, position, EVERYTHING_NO)


async def _keep(seen: Look, position: int, uses: dict[str, str]) -> Answer:
    said = Said(_own(seen, position), "phone" if seen.on_desk else "web", seen.account_id)
    await write(change_uses, seen.own.booking.id, position, uses, said, seen.now)
    return seen.back()


def _own(seen: Look, position: int) -> bool:
    """Whether somebody answers about themselves."""
    return not seen.on_desk and about_themselves(seen.own.booking.for_whom, position)


def _draw(seen: Look, person: PersonView, form: Form | None) -> Page:
    kept, gathering = uses_of(person), seen.own.gathering
    return seen.draw(
        "uses.html",
        form,
        values=kept,
        person=person,
        recorded=what_is_recorded(gathering, over=is_over(gathering)),
        questions=questions(own=_own(seen, person.position)),
        said_yes=set(kept.values()) != {"no"},
    )


routes = [show_uses, keep_uses, withdraw]
