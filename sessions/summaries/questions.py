"""The questions of a summary: its headings."""

from gatherings.planning.refusals import Refused, must_be_as_seen, seen_of
from sessions.summaries.ordering import moved, put_in_order
from sessions.summaries.summaries import held_summary, summary_of
from sessions.summaries.tables import Question, SummaryPicture, SummaryPoint
from web.crypto import hash_of
from web.problems import NotFound

LONGEST_HEADING, LONGEST_INTRODUCTION, MOST_QUESTIONS = 160, 2000, 30
FIELDS = ("heading", "introduction")
GONE = "This question is not here any more. Somebody may have removed it."
NOT_EMPTY = "Move or remove its points and pictures first. Then you can remove the question"


async def add(gathering_id: int, heading: str, introduction: str, form_token: str) -> str:
    """Add a question at the end, and give its handle. The same form again adds nothing."""
    summary = await held_summary(gathering_id)
    handle = hash_of(f"{summary.id} {form_token} {heading}")[:24]
    there = await questions_of(summary.id)
    if handle in {question.handle for question in there}:
        return handle
    if len(there) >= MOST_QUESTIONS:
        raise Refused("heading", f"A summary has at most {MOST_QUESTIONS} questions")
    await Question(
        summary=summary.id,
        handle=handle,
        position=len(there) + 1,
        heading=heading,
        introduction=introduction,
    ).save()
    return handle


async def rename(
    gathering_id: int, handle: str, heading: str, introduction: str, seen: str = ""
) -> None:
    """Change the words of a question; Stale when somebody else did meanwhile."""
    await held_summary(gathering_id)
    question = await find_question(gathering_id, handle)
    if (question.heading, question.introduction) == (heading, introduction):
        return
    must_be_as_seen(question, FIELDS, seen)
    await Question.update({Question.heading: heading, Question.introduction: introduction}).where(
        Question.id == question.id
    )


async def move(gathering_id: int, handle: str, step: str) -> None:
    """Move a question a place up or down."""
    summary = await held_summary(gathering_id)
    question = await find_question(gathering_id, handle)
    order = [other.id for other in await questions_of(summary.id)]
    await put_in_order(Question, moved(order, question.id, step))


async def remove(gathering_id: int, handle: str) -> None:
    """Remove a question that has neither points nor pictures. Removing it twice is no matter."""
    summary = await held_summary(gathering_id)
    questions = await questions_of(summary.id)
    question = next((q for q in questions if q.handle == handle), None)
    if question is None:
        return
    if not await is_empty(question.id):
        raise Refused("", NOT_EMPTY)
    await Question.delete().where(Question.id == question.id)
    await put_in_order(Question, [other.id for other in questions if other.id != question.id])


async def is_empty(question_id: int) -> bool:
    """Whether a question has neither points nor pictures."""
    points = await SummaryPoint.exists().where(SummaryPoint.question == question_id)
    pictures = await SummaryPicture.exists().where(SummaryPicture.question == question_id)
    return not points and not pictures


async def find_question(gathering_id: int, handle: str) -> Question:
    """The question of this gathering's summary with this handle, or NotFound."""
    summary = await summary_of(gathering_id)
    question = await Question.objects().get(
        (Question.summary == summary.id) & (Question.handle == handle)
    )
    if question is None:
        raise NotFound(GONE)
    return question


async def questions_of(summary_id: int) -> list[Question]:
    """The questions of a summary in order."""
    return await (
        Question.objects().where(Question.summary == summary_id).order_by(Question.position)
    )


def question_mark(question: Question) -> str:
    """A mark of what the form shows."""
    return seen_of(question, FIELDS)
