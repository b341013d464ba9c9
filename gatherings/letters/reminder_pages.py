"""Which reminders a gathering sends."""

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from gatherings.letters.reminders import SWITCHES, set_reminders
from gatherings.letters.shared_pages import gathering_for_letters
from gatherings.people.roles import Viewer
from web.database import write
from web.forms import read_form
from web.pages import Page, WebRequest, go, page


@get("/desk/g/{slug:str}/letters/settings", name="reminders")
async def show_reminders(
    request: WebRequest, slug: FromPath[str], viewer: NamedDependency[Viewer | None]
) -> Page:
    """Three reminders, each to be switched on or off."""
    _, gathering = await gathering_for_letters(viewer, slug, "organiser")
    on = {"remind_14": gathering.remind_14, "remind_3": gathering.remind_3}
    on["remind_day"] = gathering.remind_day
    chosen = [name for name, wanted in on.items() if wanted]
    return page(
        request,
        "letters/settings.html",
        g=gathering,
        switches=list(SWITCHES.items()),
        values={"reminders": chosen},
        errors={},
    )


@post("/desk/g/{slug:str}/letters/settings", name="keep_reminders")
async def keep_reminders(
    request: WebRequest, slug: FromPath[str], viewer: NamedDependency[Viewer | None]
) -> Redirect:
    """Keep the choice."""
    person, gathering = await gathering_for_letters(viewer, slug, "organiser")
    chosen = (await read_form(request)).some("reminders", SWITCHES)
    await write(set_reminders, gathering.id, chosen, person.account_id)
    return go(f"/desk/g/{slug}/letters")


routes = [show_reminders, keep_reminders]
