"""What comes after the example's day: sheets typed up, artwork, a published summary, comments."""

import asyncio
from pathlib import Path

from gatherings.planning.tables import Gathering
from sessions.capture import adding, artwork, sheets, typing_up
from sessions.example import drawing, words
from sessions.summaries import comments, points, publishing, questions, shown_pictures, summaries
from web.crypto import new_key
from web.database import write

ON_A_SHEET = 4
DRAWN_WORDS = (
    ("living", "giving", "asking", "neighbours", "a good day", "home"),
    ("say it", "over the fence", "on the bus", "at the till", "in print", "in films"),
)


async def keep_and_publish(
    gathering: Gathering, pictures: Path, noor: int, ben: int, ada: int
) -> None:
    """Photograph, type up, check and publish, as note-keepers and organisers do."""
    await write(summaries.start, gathering.id, f"What we said: {gathering.name}", words.OPENING)
    for place, question in enumerate(words.QUESTIONS):
        handles, codes = await _sheets_of(gathering.id, pictures, place, question, noor, ben)
        handle = await write(questions.add, gathering.id, question.heading, "", new_key())
        await write(points.bring, gathering.id, handle, handles)
        await write(shown_pictures.show, gathering.id, codes[0], handle, "nobody")
    await _add_artwork(gathering.id, pictures, noor)
    kept = summaries.Words(
        title=f"What we said: {gathering.name}", opening=words.OPENING, thanks=words.THANKS
    )
    await write(summaries.set_words, gathering.id, kept)
    await write(publishing.publish, gathering.id, ada)
    for name, said in words.COMMENTS:
        await write(comments.say, gathering.id, name, said, new_key())


async def _sheets_of(
    gathering_id: int, pictures: Path, place: int, question: words.Answered, noor: int, ben: int
) -> tuple[list[str], list[str]]:
    """The question's sheets: the handles of their points, and the sheets' own codes."""
    halves = (question.points[:ON_A_SHEET], question.points[ON_A_SHEET:])
    drawn = [
        drawing.flipchart(question.heading, said, seed=place * 10 + half)
        for half, said in enumerate(halves)
    ]
    codes = await asyncio.gather(
        *(_photograph(gathering_id, sheet, pictures, noor) for sheet in drawn)
    )
    handles: list[str] = []
    for half, (code, said) in enumerate(zip(codes, halves, strict=True)):
        await write(sheets.file_sheet, gathering_id, code, 2 * place + half + 1)
        handles += await _type_up(gathering_id, code, question.heading, said, noor, ben)
    return handles, codes


async def _photograph(gathering_id: int, sheet: bytes, pictures: Path, noor: int) -> str:
    added = await adding.add_photograph(gathering_id, sheet, pictures, noor)
    return added.code


async def _type_up(
    gathering_id: int, code: str, heading: str, said: tuple[str, ...], noor: int, ben: int
) -> list[str]:
    described = f"A flipchart sheet headed “{heading}”, with {len(said)} points."
    typed = typing_up.Typed(points=said, described=described, story="nobody")
    handles = await write(typing_up.type_up, gathering_id, code, typed, noor)
    await write(typing_up.check, gathering_id, code, ben)
    return handles


async def _add_artwork(gathering_id: int, pictures: Path, noor: int) -> None:
    for place, drawn_words in enumerate(DRAWN_WORDS):
        drawn = drawing.artwork(drawn_words, seed=place + 2)
        added = await adding.add_artwork(gathering_id, drawn, pictures, noor)
        credit = artwork.Credit(
            title=("Circles of a good day", "Where we say it")[place],
            artist="Carys",
            licence="CC BY 4.0",
            described=f"Six coloured circles that touch, with the words {', '.join(drawn_words)}.",
            story="nobody",
        )
        await write(artwork.credit, gathering_id, added.code, credit)
        await write(shown_pictures.show, gathering_id, added.code, "", "nobody")
