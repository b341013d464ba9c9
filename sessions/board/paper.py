"""Cards that were written on paper, as somebody types them: one on each line."""

from collections.abc import Sequence
from dataclasses import dataclass

from sessions.board import offers
from sessions.board.tables import Session
from web.crypto import hash_of

MOST_AT_ONCE = 40


@dataclass(frozen=True)
class PaperCard:
    """What stands on one card. The name may be empty."""

    title: str
    name: str


def cards_in(text: str) -> tuple[list[PaperCard], str]:
    """The cards of a text with one on each line, "title / name"; or what is wrong, in words."""
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    if not lines:
        return [], "Write at least one card"
    if len(lines) > MOST_AT_ONCE:
        return [], f"Write at most {MOST_AT_ONCE} cards at once"
    cards = [_card(line) for line in lines]
    for number, card in enumerate(cards, 1):
        if not card.title:
            return [], f"Write a title before the slash on line {number}"
        if len(card.title) > offers.LONGEST_TITLE:
            return [], f"The title on line {number} has more than {offers.LONGEST_TITLE} characters"
        if len(card.name) > offers.LONGEST_NAME:
            return [], f"The name on line {number} has more than {offers.LONGEST_NAME} characters"
    return cards, ""


async def offer_from_paper(
    gathering_id: int,
    cards: Sequence[PaperCard],
    token: str,
    account_id: int | None,
    written_by: str,
) -> list[Session]:
    """Offer all of them at once. The same form sent again offers none twice."""
    return [
        await offers.offer(
            gathering_id,
            None,
            card.title,
            "",
            card.name,
            hash_of(f"{token} {number} {card.title}"),
            account_id,
            written_by=written_by,
        )
        for number, card in enumerate(cards)
    ]


def _card(line: str) -> PaperCard:
    title, _, name = line.rpartition("/") if "/" in line else (line, "", "")
    return PaperCard(title.strip(), name.strip())
