"""Everything that somebody wrote so far of a booking, in the shape that a draft keeps."""

from dataclasses import asdict, dataclass, field, fields
from typing import Any

from gatherings.bookings.parties import Party
from gatherings.bookings.someone import Someone, extra_of

ME, HELPER, FIRST_OTHER = 1, 2, 3
SUPPORTER_ANSWERS = ("no", "yes", "maybe")
ABOUT_ME = ("help", "groups", "ticked", "words", "must", "weighed")


def _me() -> Someone:
    return Someone(ME)


def _helper() -> Someone:
    return Someone(HELPER, role="supporting")


@dataclass
class Answers:
    """Everything that somebody wrote so far.

    `form_token` and `secret` belong to the booking that this will become; `booked` is its
    reference once it has. `me` is whoever writes, `helper` a supporter of theirs alone, and
    `others` the rest of a party; who of them comes, `coming` says. `source` is how the last
    booking reached an organiser who writes several down.
    """

    form_token: str = ""
    secret: str = ""
    booked: str = ""
    source: str = ""
    for_whom: str = ""
    name: str = ""
    asker_is: str = ""
    supporter: str = ""
    supporter_name: str = ""
    way: str = ""
    detail: str = ""
    me: Someone = field(default_factory=_me)
    helper: Someone = field(default_factory=_helper)
    others: list[Someone] = field(default_factory=list)
    all_named: bool = False
    consent: str = ""
    variant: str = "plain"
    helped_by: str = ""
    extra: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._settle()

    @classmethod
    def from_kept(cls, kept: dict[str, Any]) -> "Answers":
        """From what a draft holds; a field of another version is left out."""
        kept = kept if "me" in kept else _of_first_version(kept)
        known = {one.name for one in fields(cls)} - {"me", "helper", "others"}
        return cls(
            me=Someone.from_kept(kept["me"]),
            helper=Someone.from_kept(kept["helper"]),
            others=[Someone.from_kept(one) for one in kept["others"]],
            **{name: value for name, value in kept.items() if name in known},
        )

    def to_keep(self) -> dict[str, Any]:
        """What a draft holds."""
        return asdict(self)

    def with_changes(self, changes: dict[str, Any]) -> "Answers":
        """These answers after another page.

        "people" holds changes by the key of a person, "others" the rows of the page of people.
        """
        after = Answers.from_kept(self.to_keep())
        for name, value in changes.items():
            if name == "people":
                for key, said in value.items():
                    after._change_person(key, said)
            elif name == "others":
                after.others = [after._other(row) for row in value]
            else:
                setattr(after, name, value)
        after._settle()
        return after

    def _settle(self) -> None:
        """Whoever writes, and a supporter of theirs, are named on the first page."""
        self.me.name = self.name
        self.helper.name, self.helper.maybe = self.supporter_name, self.supporter == "maybe"

    def _change_person(self, key: int, said: dict[str, Any]) -> None:
        """Take over what a page said about somebody, if they are still in the party."""
        person = next((one for one in self.everybody() if one.key == key), None)
        if person is not None:
            person.change(said)

    def _other(self, row: dict[str, Any]) -> Someone:
        one = next((one for one in self.others if one.key == row["key"]), Someone(row["key"]))
        one.name = row["name"]
        one.choose(row["choice"])
        return one

    def everybody(self) -> list[Someone]:
        """All that the draft knows, whether they come or not."""
        return [self.me, self.helper, *self.others]

    def coming(self) -> list[Someone]:
        """Who comes, in the order in which they were named."""
        if self.for_whom == "other":
            return self.others
        if self.for_whom == "us":
            return [self.me, *self.others]
        return [self.me, self.helper] if self.supporter in ("yes", "maybe") else [self.me]

    def person(self, key: int) -> Someone | None:
        """Somebody who comes, by their key."""
        return next((one for one in self.coming() if one.key == key), None)

    def next_key(self) -> int:
        """A key for one more person."""
        return max([FIRST_OTHER - 1, *(one.key for one in self.others)]) + 1

    def called(self, person: Someone) -> str:
        """What to call somebody in the middle of a sentence; "" for whoever writes."""
        if person.key == ME:
            return ""
        if person.name:
            return person.name
        if person.key == HELPER:
            return "your supporter"
        alike = [one for one in self.coming() if not one.name and one.role == person.role]
        number = f"person {self.coming().index(person) + 1}"
        if not person.supporting:
            return number
        return "the supporter" if len(alike) == 1 else f"the supporter ({number})"

    def asks_consent(self) -> bool:
        """Whether there is a need that we may keep only with consent."""
        return any(one.needs() for one in self.coming())

    def party(self, fewer: int = 0) -> Party:
        """The party that these answers describe."""
        return Party(
            people=tuple(one.answer() for one in self.coming()),
            contact_name=self.name,
            contact_way=self.way,
            contact_detail=self.detail,
            consent=self.consent if self.asks_consent() else "",
            for_whom=self.for_whom,
            asker_is=self.asker_is,
            fewer=fewer,
            extra=extra_of(self.extra),
            variant=self.variant,
            helped_by=self.helped_by,
        )


def _of_first_version(kept: dict[str, Any]) -> dict[str, Any]:
    """A draft from before there were parties: one person, perhaps with a supporter."""
    about = {name: kept[name] for name in ABOUT_ME if name in kept}
    me, helper = Someone.from_kept({"key": ME} | about), _helper()
    rest = {name: value for name, value in kept.items() if name not in ABOUT_ME}
    for_whom = "me" if kept.get("name") else ""
    return rest | {
        "for_whom": kept.get("for_whom", for_whom),
        "me": asdict(me),
        "helper": asdict(helper),
        "others": [],
    }
