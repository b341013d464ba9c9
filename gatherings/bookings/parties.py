"""What a booking is made from: a party of people with one contact, as somebody told us."""

from dataclasses import dataclass, replace

from gatherings.access.catalogue import ASK_ME, RATHER_TALK
from gatherings.access.needs import NeedAnswer
from gatherings.bookings.tables import (
    FIRST_TIME,
    FOR_WHOM,
    HELP_ANSWERS,
    PERSON_ROLES,
    USE_ANSWERS,
    USES,
    WAYS,
)

ASKS = {"ask": ASK_ME, "talk": RATHER_TALK}
Extra = tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True)
class PersonAnswer:
    """Somebody who comes. A supporter needs no name; `maybe` means "not sure yet".

    Each use of USES is "yes", "no" or "ask"; `first_time` "yes", "no" or "unknown".
    `extra` holds (question id, lines of the answer) for questions asked of each.
    """

    name: str = ""
    role: str = "attending"
    maybe: bool = False
    help: str = "not_asked"
    needs: tuple[NeedAnswer, ...] = ()
    badge: str = ""
    photo: str = "no"
    photo_web: str = "no"
    photo_social: str = "no"
    photo_print: str = "no"
    named: str = "no"
    quoted: str = "no"
    first_time: str = "unknown"
    extra: Extra = ()

    def answered_help(self) -> str:
        """Whoever told us a need has said yes."""
        return "yes" if self.needs else self.help

    def needs_to_keep(self, consent: str) -> tuple[NeedAnswer, ...]:
        """Only with consent is a need kept; without it we keep just that we should ask."""
        answered = self.answered_help()
        if answered in ASKS:
            return (NeedAnswer(ASKS[answered]),)
        if answered != "yes":
            return ()
        return self.needs if self.needs and consent == "yes" else (NeedAnswer(ASK_ME),)

    def is_sound(self) -> bool:
        """Whether every answer is one that we know."""
        return (
            self.role in PERSON_ROLES
            and self.help in HELP_ANSWERS
            and {getattr(self, use) for use in USES} <= set(USE_ANSWERS)
            and self.first_time in FIRST_TIME
        )


@dataclass(frozen=True)
class Party:
    """People who come together. `consent` is "yes", "no", or "" when there was nothing to ask.

    `variant` says which of our words they answered, "plain" or "easy", and `helped_by` who
    helped them to decide.
    The contact of a party "other" does not come: `asker_is` says who they are to the people.
    `fewer` is the smallest number of places they would also come with; 0 means all or none.
    """

    people: tuple[PersonAnswer, ...]
    contact_name: str
    contact_way: str
    contact_detail: str
    consent: str = ""
    for_whom: str = "me"
    asker_is: str = ""
    fewer: int = 0
    extra: Extra = ()
    variant: str = "plain"
    helped_by: str = ""

    def without_contact(self) -> "Party":
        """The same people by their names alone: nobody beside them, no number and no address."""
        named = next((one.name for one in self.people if one.name), "Somebody")
        return replace(
            self, contact_name=named, contact_way="phone", contact_detail="", asker_is=""
        )

    def check(self) -> None:
        """Refuse what no page of ours can send: at least one person attends."""
        sound = (
            self.attending > 0
            and all(person.is_sound() for person in self.people)
            and self.contact_way in WAYS
            and self.for_whom in FOR_WHOM
            and 0 <= self.fewer < max(len(self.people), 1)
        )
        if not sound:
            raise ValueError("a party needs somebody who attends, and answers that we know")

    @property
    def attending(self) -> int:
        """How many attend, without supporters."""
        return sum(person.role == "attending" for person in self.people)

    def places(self, supporters_count: bool) -> int:
        """How many places the party takes."""
        return len(self.people) if supporters_count else self.attending
