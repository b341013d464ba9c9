"""The desk's page about needs: opened for access leads, counted for organisers."""

from datetime import UTC, date, datetime

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from gatherings.access.need_states import DESK_STATE_WORDS, STEPS, TEAM_HOW
from gatherings.access.needs import NeedCount, need_counts, needs_of_gathering
from gatherings.access.openers import opens_needs, sees_counts
from gatherings.access.promises import move_need
from gatherings.people.roles import Viewer, signed_in
from gatherings.planning.lookup import gathering_by_slug
from gatherings.planning.refusals import Refused, Stale
from gatherings.planning.tables import Gathering
from web.database import read, write
from web.forms import read_form
from web.pages import WebRequest, go, page
from web.problems import NotAllowed, Overtaken
from web.words import day_of, local

MOVE_WORDS = {
    "asked": "Back to the start",
    "talking": "We are talking",
    "arranged": "We have arranged it",
    "agreed": "They said it is right",
}


@get("/desk/g/{slug:str}/needs", name="desk_needs")
async def show_needs(
    request: WebRequest, slug: FromPath[str], viewer: NamedDependency[Viewer | None]
) -> Response[str]:
    """Each need with its state. Organisers who are not access leads see numbers alone."""
    person = signed_in(viewer)
    gathering = await read(gathering_by_slug, slug)
    if not sees_counts(person, gathering):
        raise NotAllowed
    today = local(datetime.now(UTC), gathering.zone).date()
    if not opens_needs(person, gathering):
        counts = await read(need_counts, gathering.id)
        rows = [_count_row(one, today) for one in counts]
        return page(request, "access/need_counts.html", g=gathering, rows=rows)
    return page(
        request,
        "access/needs.html",
        g=gathering,
        needs=await read(needs_of_gathering, gathering.id),
        today=today,
        state_words=DESK_STATE_WORDS,
        moves={state: _moves_from(state) for state in STEPS},
    )


@post("/desk/g/{slug:str}/needs/{handle:str}/state", name="move_need")
async def move_now(
    request: WebRequest,
    slug: FromPath[str],
    handle: FromPath[str],
    viewer: NamedDependency[Viewer | None],
) -> Redirect:
    """Move a need on, if nobody has moved it since the page was drawn."""
    person = signed_in(viewer)
    gathering: Gathering = await read(gathering_by_slug, slug)
    if not opens_needs(person, gathering):
        raise NotAllowed
    form = await read_form(request)
    try:
        await write(
            move_need,
            handle,
            gathering.id,
            seen=form.typed("seen"),
            to=form.choice("to", "the state", STEPS),
            how=form.choice("how", "how they told you", TEAM_HOW),
            account_id=person.account_id,
            at=datetime.now(UTC),
        )
    except (Refused, Stale) as error:
        raise Overtaken("Somebody moved this need while you were looking.") from error
    return go(f"/desk/g/{slug}/needs#need-{handle}")


def _moves_from(state: str) -> list[tuple[str, str]]:
    """The next step first, then the others, to jump ahead after a call or to correct a slip."""
    here = STEPS.index(state)
    others = (*STEPS[here + 1 :], *STEPS[:here][::-1])
    return [(step, MOVE_WORDS[step]) for step in others]


def _count_row(one: NeedCount, today: date) -> list[str]:
    return [
        day_of(one.due_on),
        DESK_STATE_WORDS[one.state],
        str(one.number),
        "Late" if one.late(today) else "In time",
    ]


routes = [show_needs, move_now]
