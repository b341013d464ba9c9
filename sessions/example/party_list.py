"""Who books a place in the example: first names only, in parties, with what would help them."""

from gatherings.access.needs import NeedAnswer
from gatherings.bookings.parties import Party, PersonAnswer

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
    "Winston": (NeedAnswer("move.dog"), NeedAnswer("see.guide", strength="must")),
    "Leila": (NeedAnswer("calm.low_noise"), NeedAnswer("calm.own_way")),
}
WITH_SUPPORTER = {"Josie": "Kath", "Len": "", "Edith": "Marcus", "Winston": "", "Leila": "Ines"}
ASKS = {"Stan": "ask", "Moira": "talk", "Doreen": "ask"}


def party_of(place: int) -> tuple[Party, str]:
    """The party at this place of the list, and how its booking reached us."""
    name = NAMES[place]
    needs = NEEDS.get(name, ())
    people = [
        PersonAnswer(
            name=name,
            help=_help(name),
            needs=needs,
            photo=PHOTOS[place % len(PHOTOS)],
            first_time=FIRST_TIMES[place % len(FIRST_TIMES)],
        )
    ]
    if name in WITH_SUPPORTER:
        people.append(PersonAnswer(role="supporting", name=WITH_SUPPORTER[name]))
    way = WAYS[place % len(WAYS)]
    party = Party(
        contact_name=name,
        contact_way=way,
        contact_detail=_detail(way, name, place),
        people=tuple(people),
        consent="yes" if needs else "",
    )
    return party, SOURCES[place % len(SOURCES)]


def _help(name: str) -> str:
    return ASKS.get(name) or ("yes" if name in NEEDS else "no")


def _detail(way: str, name: str, place: int) -> str:
    """An address that nobody has: example domains, and numbers kept free for stories."""
    if way == "email":
        return f"{name.lower()}@people.example"
    if way == "post":
        return f"{place + 1} Sample Street, Manchester"
    return f"07700 900{place:03}"
