"""The organisers' own questions: adding, changing, moving and removing them."""

from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta

from gatherings.bookings.extra_questions import CHOSEN
from gatherings.bookings.tables import BookingAnswer, BookingQuestion
from gatherings.people.roles import Viewer
from gatherings.planning.history import note_event
from gatherings.planning.lookup import gathering_of
from gatherings.planning.refusals import Refused, must_be_as_seen
from gatherings.planning.rows import columns, hold
from gatherings.planning.tables import Gathering
from web.problems import NotFound
from web.words import local

FIELDS = ("position", "kind", "asks", "why", "choices", "each_person", "audience", "forget_on")
MOST_QUESTIONS = 12
FEWEST_CHOICES, MOST_CHOICES = 2, 15
USUALLY_KEPT, LONGEST_KEPT = timedelta(days=28), timedelta(days=366)


@dataclass(frozen=True)
class QuestionWords:
    """A question as an organiser describes it. `choices` has one on each line."""

    kind: str
    asks: str
    why: str
    choices: str
    each_person: bool
    audience: str
    forget_on: date


def usual_forget_on(gathering: Gathering) -> date:
    """The day on which answers go unless an organiser says another."""
    return local(gathering.ends_at, gathering.zone).date() + USUALLY_KEPT


async def question_rows(gathering_id: int) -> list[BookingQuestion]:
    """The questions that are asked now, in their order."""
    return await (
        BookingQuestion.objects()
        .where(BookingQuestion.gathering == gathering_id, BookingQuestion.removed_at.is_null())
        .order_by(BookingQuestion.position, BookingQuestion.id)
    )


async def question_at(gathering_id: int, number: int) -> BookingQuestion:
    """The question with this number, counted from 1. Raises NotFound."""
    rows = await question_rows(gathering_id)
    if not 1 <= number <= len(rows):
        raise NotFound
    return rows[number - 1]


async def answer_counts(gathering_id: int) -> dict[int, int]:
    """How many answers each question has, by its id. Opens none."""
    questions = BookingQuestion.select(BookingQuestion.id).where(
        BookingQuestion.gathering == gathering_id
    )
    rows = await BookingAnswer.select(BookingAnswer.question).where(
        BookingAnswer.question.is_in(questions)
    )
    ids = [row["question"] for row in rows]
    return {one: ids.count(one) for one in set(ids)}


async def add_question(viewer: Viewer, gathering_id: int, words: QuestionWords) -> None:
    """Ask one more thing, last. The same question again is the same question."""
    await hold(Gathering, gathering_id)
    gathering, rows = await gathering_of(gathering_id), await question_rows(gathering_id)
    _must_be_sound(gathering, words)
    if any(row.asks.casefold() == words.asks.casefold() for row in rows):
        return
    if len(rows) >= MOST_QUESTIONS:
        raise Refused("asks", f"A gathering can have at most {MOST_QUESTIONS} questions")
    await BookingQuestion(gathering=gathering_id, position=len(rows) + 1, **asdict(words)).save()
    await note_event(gathering_id, viewer.account_id, "question added")


async def change_question(
    viewer: Viewer, gathering_id: int, number: int, words: QuestionWords, seen: str = ""
) -> None:
    """Change a question. What people were promised when they answered stays true."""
    await hold(Gathering, gathering_id)
    gathering, row = await gathering_of(gathering_id), await question_at(gathering_id, number)
    must_be_as_seen(row, FIELDS, seen)
    _must_be_sound(gathering, words)
    if (await answer_counts(gathering_id)).get(row.id):
        _must_keep_promises(row, words)
    await BookingQuestion.update(columns(asdict(words))).where(BookingQuestion.id == row.id)
    changed = tuple(f for f, value in asdict(words).items() if getattr(row, f) != value)
    await note_event(gathering_id, viewer.account_id, "question changed", changed)


async def move_question(
    viewer: Viewer, gathering_id: int, number: int, *, up: bool, seen: str = ""
) -> None:
    """Change places with the question before or after; the first and last stay."""
    await hold(Gathering, gathering_id)
    rows = await question_rows(gathering_id)
    row = await question_at(gathering_id, number)
    must_be_as_seen(row, FIELDS, seen)
    other = number - 1 if up else number + 1
    if 1 <= other <= len(rows):
        rows[number - 1], rows[other - 1] = rows[other - 1], rows[number - 1]
        await _number_in_order(rows)
        await note_event(gathering_id, viewer.account_id, "question moved")


async def remove_question(viewer: Viewer, gathering_id: int, number: int, seen: str = "") -> None:
    """Ask it no more, and delete its answers."""
    await hold(Gathering, gathering_id)
    row = await question_at(gathering_id, number)
    must_be_as_seen(row, FIELDS, seen)
    await BookingAnswer.delete().where(BookingAnswer.question == row.id)
    await BookingQuestion.update({BookingQuestion.removed_at: datetime.now(UTC)}).where(
        BookingQuestion.id == row.id
    )
    await _number_in_order(await question_rows(gathering_id))
    await note_event(gathering_id, viewer.account_id, "question removed")


async def _number_in_order(rows: list[BookingQuestion]) -> None:
    for number, row in enumerate(rows, 1):
        if row.position != number:
            await BookingQuestion.update({BookingQuestion.position: number}).where(
                BookingQuestion.id == row.id
            )


def _must_be_sound(gathering: Gathering, words: QuestionWords) -> None:
    lines = words.choices.splitlines()
    if words.kind in CHOSEN and words.kind != "yes_no":
        if not FEWEST_CHOICES <= len(lines) <= MOST_CHOICES:
            raise Refused("choices", f"Write {FEWEST_CHOICES} to {MOST_CHOICES} choices")
        if len({line.casefold() for line in lines}) < len(lines):
            raise Refused("choices", "Write each choice once")
    day = local(gathering.ends_at, gathering.zone).date()
    if not day < words.forget_on <= day + LONGEST_KEPT:
        raise Refused("forget_on", "Enter a day in the year after the gathering")


def _must_keep_promises(row: BookingQuestion, words: QuestionWords) -> None:
    if words.audience != row.audience:
        raise Refused(
            "audience",
            "People have answered, and were told who sees it. Remove the question to ask anew",
        )
    if words.forget_on > row.forget_on:
        raise Refused(
            "forget_on", "People have answered, and were told when it goes. It can only go earlier"
        )
