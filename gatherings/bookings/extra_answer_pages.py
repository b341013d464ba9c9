"""The desk's page of answers to the organisers' own questions: each role sees its own.

What is for access leads alone is opened as needs are: with a button, and a look that is kept.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from gatherings.access.looks import ANSWERS, note_looks, open_for
from gatherings.bookings.extra_questions import (
    AnswerView,
    Question,
    answers_of_gathering,
    questions_of,
)
from gatherings.people.roles import Viewer, need_role, signed_in
from gatherings.people.tables import ROLES
from gatherings.planning.lookup import gathering_by_slug
from web.database import read, write
from web.pages import Page, WebRequest, go, page

CLOSED = "access_lead"
READERS = {
    "team": ROLES,
    "access_lead": ("access_lead",),
    "kitchen": ("organiser", "access_lead"),
    "door": ("door",),
}
HEADINGS = {
    "team": "For the team",
    "access_lead": "For access leads",
    "kitchen": "For the kitchen",
    "door": "For the door",
}


@get("/desk/g/{slug:str}/answers", name="extra_answers")
async def show_answers(
    request: WebRequest, slug: FromPath[str], viewer: NamedDependency[Viewer | None]
) -> Page:
    """What people answered, question by question, as far as the viewer may read it."""
    signed_in(viewer)
    gathering = await read(gathering_by_slug, slug)
    person = need_role(viewer, gathering.series, *ROLES)
    mine = [who for who, roles in READERS.items() if person.may(gathering.series, *roles)]
    now, account = datetime.now(UTC), person.account_id
    opened = await read(open_for, account, gathering.id, ANSWERS, now)
    told = await read(answers_of_gathering, gathering.id, mine)
    answers = [one for one in told if one.audience != CLOSED or one.booking_id in opened]
    asked = await read(questions_of, gathering.id)
    return page(
        request,
        "booking/answers.html",
        g=gathering,
        sections=[(HEADINGS[who], _by_question(asked, answers, who)) for who in mine],
        hidden=sum(question.audience not in mine for question in asked),
        closed=len({o.booking_id for o in told if o.audience == CLOSED} - opened),
        asked=len(asked),
        organises=person.may(gathering.series, "organiser"),
    )


@post("/desk/g/{slug:str}/answers/open", name="open_answers")
async def open_now(viewer: NamedDependency[Viewer | None], slug: FromPath[str]) -> Redirect:
    """Write down that this person looks at what is for access leads, and show it."""
    signed_in(viewer)
    gathering = await read(gathering_by_slug, slug)
    person = need_role(viewer, gathering.series, CLOSED)
    told = await read(answers_of_gathering, gathering.id, [CLOSED])
    about = {one.booking_id for one in told}
    await write(note_looks, about, person.account_id, ANSWERS, datetime.now(UTC))
    return go(f"/desk/g/{slug}/answers#for-access-leads")


@dataclass(frozen=True)
class Answered:
    """One question with its answers, and how often each choice was made."""

    asks: str
    counts: list[tuple[str, int]]
    rows: list[list[str]]


def _by_question(asked: list[Question], answers: list[AnswerView], audience: str) -> list[Answered]:
    """The questions of one audience that somebody answered, in their order."""
    found = []
    for question in asked:
        mine = [one for one in answers if one.question_id == question.id]
        if mine and question.audience == audience:
            chosen = Counter(line for one in mine for line in one.lines)
            counts = [(option, chosen[option]) for option in question.options]
            rows = [[_who(one), one.booking, "; ".join(one.lines)] for one in mine]
            found.append(Answered(question.asks, counts, rows))
    return found


def _who(one: AnswerView) -> str:
    if not one.person:
        return f"{one.contact}, for all"
    return one.person if one.person == one.contact else f"{one.person}, booked by {one.contact}"


routes = [show_answers, open_now]
