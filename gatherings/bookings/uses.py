"""What may be done with photographs, names and words of somebody: each use is asked by itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from gatherings.access.consent import PLAIN, keep_consent, take_back
from gatherings.bookings.booking_history import note
from gatherings.bookings.tables import USE_ANSWERS, USES, Person
from gatherings.planning.rows import columns
from web.problems import NotFound

PHOTO_USES = USES[:4]
QUESTIONS: Mapping[str, tuple[str, str]] = {
    "photo": (
        "May we photograph you, for our own records?",
        "May we photograph them, for our own records?",
    ),
    "photo_web": (
        "May photographs of you be in the summary on the web?",
        "May photographs of them be in the summary on the web?",
    ),
    "photo_social": (
        "May we put photographs of you on social media?",
        "May we put photographs of them on social media?",
    ),
    "photo_print": (
        "May we print photographs of you?",
        "May we print photographs of them?",
    ),
    "named": (
        "May we write your name in the summary?",
        "May we write their name in the summary?",
    ),
    "quoted": ("May we quote what you say?", "May we quote what they say?"),
}
SHORT: Mapping[str, str] = {
    "photo": "Photographs for our records",
    "photo_web": "Photographs in the summary on the web",
    "photo_social": "Photographs on social media",
    "photo_print": "Photographs in print",
    "named": "Name published",
    "quoted": "Words published",
}
PURPOSES = {use: words.lower() for use, words in SHORT.items()}


@dataclass(frozen=True)
class Said:
    """How an answer came. `own` is whether they answered about themselves, and were asked so."""

    own: bool
    how: str = "web"
    taken_by: int | None = None
    variant: str = PLAIN
    helped_by: str = ""


def about_themselves(for_whom: str, position: int) -> bool:
    """Whether the one at this position is the one who books: they come first in their party."""
    return for_whom != "other" and position == 1


def questions(*, own: bool) -> list[tuple[str, str]]:
    """Each use with its question as it is shown. A yes is kept with exactly these words."""
    return [(use, QUESTIONS[use][0 if own else 1]) for use in USES]


def uses_of(row: object) -> dict[str, str]:
    """What somebody said to each use: "yes", "no" or "ask"."""
    return {use: getattr(row, use) for use in USES}


def at_the_door(row: object) -> str:
    """What a camera in the room goes by: yes, no or ask. It promises no more than each answer."""
    answers = {getattr(row, use) for use in PHOTO_USES}
    return answers.pop() if len(answers) == 1 else "ask"


def lines_of(row: object) -> list[str]:
    """What was said to each use, a line each; one line where no photograph may be used."""
    words = {"yes": "yes", "no": "no", "ask": "ask first"}
    told = [f"{SHORT[use]}: {words[answer]}" for use, answer in uses_of(row).items()]
    if at_the_door(row) == "no":
        return ["Photographs: no", *told[len(PHOTO_USES) :]]
    return told


async def change_uses(
    booking_id: int, position: int, uses: Mapping[str, str], said: Said, at: datetime
) -> None:
    """Keep what somebody says now, also after the gathering: a yes can always be taken back."""
    if set(uses) != set(USES) or not set(uses.values()) <= set(USE_ANSWERS):
        raise ValueError("each use is yes, no or ask")
    person = await Person.objects().get(
        (Person.booking == booking_id) & (Person.position == position)
    )
    if person is None:
        raise NotFound
    before = uses_of(person)
    if before == dict(uses):
        return
    await Person.update(columns(dict(uses))).where(Person.id == person.id)
    for use, answer in uses.items():
        setattr(person, use, answer)
    await keep_uses(person, before, said, at)
    await note(booking_id, "uses changed", said.taken_by, at, person_id=person.id)


async def keep_uses(person: Person, before: Mapping[str, str], said: Said, at: datetime) -> None:
    """Keep each new yes as a consent to its words, and take back each yes that is none now."""
    asked = dict(questions(own=said.own))
    for use, answer in uses_of(person).items():
        was = before.get(use, "no")
        if was == "yes" and answer != "yes":
            await take_back(person.booking, PURPOSES[use], at, of_person=person.position)
        if answer == "yes" and was != "yes":
            await keep_consent(
                *(person.booking, "yes", asked[use], said.how, said.taken_by),
                variant=said.variant,
                helped_by=said.helped_by,
                at=at,
                purpose=PURPOSES[use],
                of_person=person.position,
            )
