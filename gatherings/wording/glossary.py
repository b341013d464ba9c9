"""A series' glossary: what letters stand for. Organisers add to it; public pages explain them."""

import re

from gatherings.planning.refusals import Refused
from gatherings.wording.tables import GlossaryWord
from gatherings.wording.wording import rules
from web.database import IntegrityError, write

LONGEST_LETTERS, LONGEST_MEANING = 12, 200
LETTERS = re.compile(r"[A-Z0-9][A-Z0-9&/-]*[A-Z0-9]")


async def glossary_of(series_id: int) -> dict[str, str]:
    """What letters stand for in this series: the words of its organisers before ours."""
    return {**rules().glossary, **await own_words(series_id)}


async def own_words(series_id: int) -> dict[str, str]:
    """What the organisers of this series explained, in alphabetical order."""
    rows = await (
        GlossaryWord.objects()
        .where(GlossaryWord.series == series_id)
        .order_by(GlossaryWord.letters)
    )
    return {row.letters: row.meaning for row in rows}


async def explain(series_id: int, letters: str, meaning: str) -> None:
    """Add letters with their meaning; letters that are there already get the new meaning."""
    if not LETTERS.fullmatch(letters):
        raise Refused("letters", "Enter letters as they are printed, in capitals, such as BSL")
    if letters in meaning.split():
        raise Refused("meaning", f"Say it without {letters}")
    try:
        await write(_add, series_id, letters, meaning)
    except IntegrityError:
        await GlossaryWord.update({GlossaryWord.meaning: meaning}).where(
            (GlossaryWord.series == series_id) & (GlossaryWord.letters == letters)
        )


async def _add(series_id: int, letters: str, meaning: str) -> None:
    await GlossaryWord(series=series_id, letters=letters, meaning=meaning).save()


async def take_out(series_id: int, letters: str) -> None:
    """Remove letters that the organisers explained."""
    await GlossaryWord.delete().where(
        (GlossaryWord.series == series_id) & (GlossaryWord.letters == letters)
    )
