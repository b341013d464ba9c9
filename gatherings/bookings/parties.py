"""What a booking is made from: a party of people with one contact, as somebody told us."""

from dataclasses import dataclass

from gatherings.access.catalogue import ASK_ME, RATHER_TALK
from gatherings.access.needs import NeedAnswer
from gatherings.bookings.tables import HELP_ANSWERS, PERSON_ROLES, WAYS

ASKS = {"ask": ASK_ME, "talk": RATHER_TALK}


@dataclass(frozen=True)
class PersonAnswer:
    """Somebody who comes. A supporter needs no name; `maybe` means "not sure yet"."""

    name: str = ""
    role: str = "attending"
    maybe: bool = False
    help: str = "not_asked"
    needs: tuple[NeedAnswer, ...] = ()

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


@dataclass(frozen=True)
class Party:
    """People who come together. `consent` is "yes", "no", or "" when there was nothing to ask."""

    people: tuple[PersonAnswer, ...]
    contact_name: str
    contact_way: str
    contact_detail: str
    consent: str = ""

    def check(self) -> None:
        """Refuse what no page of ours can send: at least one person attends."""
        roles = [person.role for person in self.people]
        helps = {person.help for person in self.people}
        sound = (
            "attending" in roles
            and set(roles) <= set(PERSON_ROLES)
            and helps <= set(HELP_ANSWERS)
            and self.contact_way in WAYS
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
