"""The desk's page of answers to the organisers' own questions: each role sees its own."""

from itertools import groupby

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath

from gatherings.bookings.extra_questions import AnswerView, answers_of_gathering, questions_of
from gatherings.people.roles import Viewer, need_role, signed_in
from gatherings.people.tables import ROLES
from gatherings.planning.lookup import gathering_by_slug
from web.database import read
from web.pages import Page, WebRequest, page

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
    answers = await read(answers_of_gathering, gathering.id, mine)
    asked = await read(questions_of, gathering.id)
    return page(
        request,
        "booking/answers.html",
        g=gathering,
        parts_of=[(HEADINGS[who], _by_question(answers, who)) for who in mine],
        hidden=sum(question.audience not in mine for question in asked),
        asked=len(asked),
        some=bool(answers),
        organises=person.may(gathering.series, "organiser"),
    )


def _by_question(answers: list[AnswerView], audience: str) -> list[tuple[str, list[AnswerView]]]:
    """The answers of one audience, under their questions; they come in the questions' order."""
    wanted = [one for one in answers if one.audience == audience]
    groups = groupby(wanted, key=lambda one: (one.question_id, one.asks))
    return [(asks, list(found)) for (_, asks), found in groups]


routes = [show_answers]
