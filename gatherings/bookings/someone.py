"""Somebody in a booking that is being written: what was said about them so far."""

from dataclasses import dataclass, field, fields
from typing import Any

from gatherings.access.catalogue import OWN_WORDS
from gatherings.access.needs import NeedAnswer
from gatherings.bookings.parties import Extra, PersonAnswer

OWN_WORDS_KEY = "words."
ROLE_CHOICES = ("attending", "supporting", "maybe")


@dataclass
class Someone:
    """One person of a draft. `key` is theirs for as long as the draft lives.

    `weighed` is what "matters" was asked about; `seen` says that the page about the day was
    answered for them. `arrives` is about when they come, if a need depends on it. `extra` holds
    the lines of an answer by the id of its question.
    """

    key: int
    name: str = ""
    role: str = "attending"
    maybe: bool = False
    help: str = ""
    groups: list[str] = field(default_factory=list)
    ticked: dict[str, list[str]] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    arrives: str = ""
    must: list[str] = field(default_factory=list)
    weighed: list[str] = field(default_factory=list)
    badge: str = ""
    photo: str = "no"
    photo_web: str = "no"
    photo_social: str = "no"
    photo_print: str = "no"
    named: str = "no"
    quoted: str = "no"
    first_time: str = "unknown"
    extra: dict[str, list[str]] = field(default_factory=dict)
    seen: bool = False

    @classmethod
    def from_kept(cls, kept: dict[str, Any]) -> "Someone":
        """From what a draft holds; a field of another version is left out."""
        known = {one.name for one in fields(cls)}
        return cls(**{name: value for name, value in kept.items() if name in known})

    def change(self, changes: dict[str, Any]) -> None:
        """Take over the answers of a page. What was said about each group stays by group."""
        for name, value in changes.items():
            before = getattr(self, name)
            setattr(self, name, before | value if isinstance(value, dict) else value)

    @property
    def supporting(self) -> bool:
        """Whether they come to support somebody."""
        return self.role == "supporting"

    @property
    def choice(self) -> str:
        """What was chosen for them on the page of people; "" while nothing was."""
        return "maybe" if self.supporting and self.maybe else self.role

    def choose(self, choice: str) -> None:
        """Take over what was chosen for them on the page of people."""
        self.role = "supporting" if choice == "maybe" else choice
        self.maybe = choice == "maybe"

    def needs(self) -> dict[str, NeedAnswer]:
        """What they told us, by a key that stays the same while they change their mind."""
        if self.help != "yes":
            return {}
        found: dict[str, NeedAnswer] = {}
        for group in self.groups:
            found |= self._needs_of_group(group)
        return found

    def _needs_of_group(self, group: str) -> dict[str, NeedAnswer]:
        """Own words belong to the one thing ticked; else they are a need of their own."""
        codes, words = self.ticked.get(group, []), self.words.get(group, "")
        alone = len(codes) == 1
        found = {code: self._need(code, code, words if alone else "", group) for code in codes}
        if words and not alone:
            key = f"{OWN_WORDS_KEY}{group}"
            found[key] = self._need(key, OWN_WORDS, words, group)
        return found

    def _need(self, key: str, code: str, words: str, group: str) -> NeedAnswer:
        strength = "must" if key in self.must else "helps"
        return NeedAnswer(code, words, strength, group, self.arrives)

    def answer(self) -> PersonAnswer:
        """The person as they are booked."""
        return PersonAnswer(
            name=self.name,
            role=self.role,
            maybe=self.maybe,
            help=self.help or "not_asked",
            needs=tuple(self.needs().values()),
            badge=self.badge,
            photo=self.photo,
            photo_web=self.photo_web,
            photo_social=self.photo_social,
            photo_print=self.photo_print,
            named=self.named,
            quoted=self.quoted,
            first_time=self.first_time,
            extra=extra_of(self.extra),
        )


def extra_of(kept: dict[str, list[str]]) -> Extra:
    """Answers to the organisers' own questions, as a booking takes them."""
    return tuple((int(question), tuple(lines)) for question, lines in kept.items() if lines)
