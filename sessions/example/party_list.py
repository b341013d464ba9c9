"""Who books a place in the example: first names only, in parties, with what would help them."""

from collections.abc import Sequence

from gatherings.access.needs import NeedAnswer
from gatherings.bookings.extra_questions import Question
from gatherings.bookings.parties import Extra, Party, PersonAnswer

NAMES = [
    "Maureen",
    "Tariq",
    "Josie",
    "Len",
    "Priya",
    "Gwen",
    "Delroy",
    "Ffion",
    "Bernard",
    "Sunita",
    "Carys",
    "Kofi",
    "Ruth",
    "Danny",
    "Hannah",
    "Olu",
    "Mags",
    "Stan",
    "Nicola",
    "Amina",
    "Joseph",
    "Edith",
    "Rajan",
    "Bridget",
    "Winston",
    "Moira",
    "Yusuf",
    "Pauline",
    "Ivor",
    "Shanice",
    "Glenys",
    "Hamza",
    "Doreen",
    "Patrick",
    "Leila",
    "Norman",
    "Abena",
    "Sylvia",
    "Tomasz",
    "Rosa",
    "Vincent",
    "Mehmet",
    "Jean",
    "Chidi",
    "Angela",
    "Rhys",
]
WAYS = ("email", "phone", "text", "email", "post", "phone")
PHOTOS = ("yes", "no", "yes", "ask", "no")
FIRST_TIMES = ("no", "yes", "no", "yes", "no", "yes", "unknown")
SOURCES = ("web", "phone", "web", "paper", "web", "phone")

NEEDS: dict[str, tuple[NeedAnswer, ...]] = {
    "Carys": (NeedAnswer("hear.bsl", strength="must"), NeedAnswer("hear.front")),
    "Rajan": (NeedAnswer("hear.bsl", strength="must"),),
    "Bridget": (
        NeedAnswer("hear.bsl", strength="must"),
        NeedAnswer("any.other", words="I also read lips, so please face me", group="hear"),
    ),
    "Josie": (
        NeedAnswer("move.step_free", strength="must"),
        NeedAnswer("move.wheelchair", strength="must"),
        NeedAnswer("safe.evacuate", strength="must"),
    ),
    "Len": (NeedAnswer("info.easy_read", strength="must"), NeedAnswer("info.cards")),
    "Bernard": (NeedAnswer("hear.loop", strength="must"), NeedAnswer("move.short_distance")),
    "Edith": (NeedAnswer("see.large"), NeedAnswer("travel.taxi", strength="must")),
    "Mags": (NeedAnswer("calm.quiet_room", strength="must"), NeedAnswer("move.lie_down")),
    "Yusuf": (NeedAnswer("food.diet", words="Halal, please"), NeedAnswer("calm.pray")),
    "Glenys": (NeedAnswer("food.allergy", words="Nuts make me ill", strength="must"),),
    "Tariq": (NeedAnswer("food.diet", words="Halal"),),
    "Gwen": (NeedAnswer("food.diet", words="Vegan"), NeedAnswer("calm.breaks")),
    "Hannah": (NeedAnswer("food.diet", words="I am vegetarian"),),
    "Kofi": (NeedAnswer("food.allergy", words="Peanuts, very serious", strength="must"),),
    "Amina": (NeedAnswer("food.diet", words="Halal, and I do not like mushrooms"),),
    "Pauline": (NeedAnswer("food.allergy", words="Gluten"), NeedAnswer("move.chair")),
    "Joseph": (NeedAnswer("travel.meet", words="From the 9:12 at Piccadilly"),),
    "Winston": (NeedAnswer("move.dog"), NeedAnswer("see.guide", strength="must")),
    "Leila": (NeedAnswer("calm.low_noise"), NeedAnswer("calm.own_way")),
}
WITH_SUPPORTER = {"Josie": "Kath", "Len": "", "Edith": "Marcus", "Winston": "", "Leila": "Ines"}
ASKS = {"Stan": "ask", "Moira": "talk", "Doreen": "ask"}
WITH_OTHERS = {"Priya": ("Arjun", "Meera"), "Danny": ("Tess", ""), "Patrick": ("Niamh",)}
ASKED_BY = {"Ivor": ("Megan", "his support worker"), "Norman": ("Alan", "his son")}
ANSWERS = (
    ("Soup and bread", "By train"),
    ("A wrap", "By train", "I walk"),
    (),
    ("A wrap", "By car"),
    ("A salad",),
    ("Soup and bread", "I walk"),
    ("By car",),
)


def party_of(place: int, questions: Sequence[Question] = ()) -> tuple[Party, str]:
    """The party at this place of the list, and how its booking reached us."""
    name = NAMES[place]
    needs = NEEDS.get(name, ())
    asker, asker_is = ASKED_BY.get(name, (name, ""))
    others = WITH_OTHERS.get(name, ())
    way = WAYS[place % len(WAYS)]
    party = Party(
        contact_name=asker,
        contact_way=way,
        contact_detail=_detail(way, asker, place),
        people=_people(place, questions),
        consent="yes" if needs else "",
        for_whom="other" if asker_is else "us" if others else "me",
        asker_is=asker_is,
        extra=_answers(place, [one for one in questions if not one.each_person]),
    )
    return party, SOURCES[place % len(SOURCES)]


def _people(place: int, questions: Sequence[Question]) -> tuple[PersonAnswer, ...]:
    """Who comes: the first has needs, and all have something to say about photographs."""
    name = NAMES[place]
    each = [one for one in questions if one.each_person]
    people = [_person(name, place, each, help=_help(name), needs=NEEDS.get(name, ()))]
    for number, other in enumerate(WITH_OTHERS.get(name, ()), 1):
        people.append(_person(other, place + number, each, help="no"))
    if name in WITH_SUPPORTER:
        people.append(PersonAnswer(role="supporting", name=WITH_SUPPORTER[name], help="no"))
    return tuple(people)


def _person(
    name: str,
    place: int,
    questions: Sequence[Question],
    *,
    help: str,
    needs: tuple[NeedAnswer, ...] = (),
) -> PersonAnswer:
    return PersonAnswer(
        name=name,
        help=help,
        needs=needs,
        photo=PHOTOS[place % len(PHOTOS)],
        photo_web=PHOTOS[place % len(PHOTOS)],
        photo_social=PHOTOS[(place + 3) % len(PHOTOS)],
        photo_print=PHOTOS[(place + 4) % len(PHOTOS)],
        named=PHOTOS[(place + 1) % len(PHOTOS)],
        quoted=PHOTOS[(place + 2) % len(PHOTOS)],
        first_time=FIRST_TIMES[place % len(FIRST_TIMES)],
        extra=_answers(place, questions),
    )


def _answers(place: int, questions: Sequence[Question]) -> Extra:
    """What they answer to the organisers' own questions; some leave them out."""
    said = ANSWERS[place % len(ANSWERS)]
    return tuple((one.id, lines) for one in questions if (lines := one.tidy(said)))


def _help(name: str) -> str:
    return ASKS.get(name) or ("yes" if name in NEEDS else "no")


def _detail(way: str, name: str, place: int) -> str:
    """An address that nobody has: example domains, and numbers kept free for stories."""
    if way == "email":
        return f"{name.lower()}@people.example"
    if way == "post":
        return f"{place + 1} Sample Street, Manchester"
    return f"07700 900{place:03}"
