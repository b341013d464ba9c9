"""Numbers of a gathering afterwards, without persons. Small numbers of answers are not told."""

from collections.abc import Iterable
from dataclasses import dataclass

from gatherings.bookings.booking_list import WAY_WORDS
from gatherings.bookings.tables import FIRST_TIME, WAYS, Booking, Person
from web.tables_out import Cell, TableOut

FEWEST = 5
FEWER = f"fewer than {FEWEST}"
AT_LEAST = f"{FEWEST} or more"
FIRST_TIME_WORDS = {
    "yes": "Their first time",
    "no": "Had been before",
    "unknown": "Did not say, or were not asked",
}
NOT_HERE = {True: "Had booked and are not here yet", False: "Had booked and did not come"}
STILL_WAITED = {True: "On the waiting list", False: "On the waiting list to the end"}
HEADS = ("What", "Number")


@dataclass(frozen=True)
class Group:
    """Lines that belong together: words and a number, or words in place of one."""

    title: str
    about: str
    lines: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True)
class Counted:
    """One person as far as numbers go."""

    booking: int
    state: str
    source: str
    way: str
    supporting: bool
    first_time: str
    here: bool
    cancelled: bool

    @property
    def walk_in(self) -> bool:
        """Whether they came without a booking."""
        return self.source == "day"

    @property
    def expected(self) -> bool:
        """Whether they had a place before the day, and kept it."""
        return self.state == "booked" and not self.cancelled and not self.walk_in

    @property
    def came(self) -> bool:
        """Whether they were noted at the door."""
        return self.here and self.state == "booked" and not self.cancelled


async def attendance_of(gathering_id: int, *, so_far: bool = False) -> list[Group]:
    """Who had booked, who came, whose first time it was, and how we were in touch.

    `so_far`: the gathering is not over, and somebody who is not here may still come.
    """
    people = await _people_of(gathering_id)
    expected = [one for one in people if one.expected]
    came = [one for one in people if one.came]
    return [
        Group("Who came", "", _who_came(people, expected, came, so_far=so_far)),
        Group(
            "Was it their first time?",
            "Of those who came.",
            tuple(
                (FIRST_TIME_WORDS[answer], number)
                for answer, number in _told(FIRST_TIME, [one.first_time for one in came])
            ),
        ),
        Group(
            "How we were in touch",
            "People who had booked, without walk-ins.",
            tuple(
                (WAY_WORDS[way], number)
                for way, number in _told(WAYS, [one.way for one in expected])
            ),
        ),
    ]


def attendance_table(groups: list[Group]) -> TableOut:
    """The same as a table."""
    rows = [(f"{group.title} {words}", number) for group in groups for words, number in group.lines]
    return TableOut("Numbers", HEADS, rows)


def _who_came(
    people: list[Counted], expected: list[Counted], came: list[Counted], *, so_far: bool
) -> tuple[tuple[str, Cell], ...]:
    walk_ins = [one for one in came if one.walk_in]
    away = [one for one in people if one.cancelled or one.state == "cancelled"]
    waiting = [
        one for one in people if one.state in ("waiting", "offered", "lapsed") and not one.cancelled
    ]
    return (
        ("People who had booked", len(expected)),
        ("People who came", len(came)),
        ("Of these, walk-ins", len(walk_ins)),
        ("Of these, supporters", sum(one.supporting for one in came)),
        (NOT_HERE[so_far], len(expected) - sum(one.came for one in expected)),
        ("Cancelled", len([one for one in away if not one.walk_in])),
        (STILL_WAITED[so_far], len(waiting)),
    )


def _told(answers: Iterable[str], given: list[str]) -> list[tuple[str, Cell]]:
    """How often each answer was given. Small numbers stay untold.

    Taking the others from the whole would leave what the small ones are together. That gives away
    one alone, and two that are 8 together. So the next smallest stays untold, too: always, because
    otherwise it would tell by itself which of these it is.
    """
    counted = {answer: given.count(answer) for answer in answers}
    small = [answer for answer, number in counted.items() if number < FEWEST]
    told: dict[str, Cell] = {a: FEWER if a in small else n for a, n in counted.items()}
    others = [answer for answer in counted if answer not in small]
    if small and others:
        told[min(others, key=lambda answer: counted[answer])] = AT_LEAST
    return list(told.items())


async def _people_of(gathering_id: int) -> list[Counted]:
    bookings = {
        booking.id: booking
        for booking in await Booking.objects().where(Booking.gathering == gathering_id)
    }
    people = await Person.objects().where(Person.booking.is_in([0, *bookings]))
    return [_counted(bookings[person.booking], person) for person in people]


def _counted(booking: Booking, person: Person) -> Counted:
    return Counted(
        booking=booking.id,
        state=booking.state,
        source=booking.source,
        way=booking.contact_way,
        supporting=person.role == "supporting",
        first_time=person.first_time,
        here=person.arrived_at is not None,
        cancelled=person.cancelled_at is not None,
    )
