"""The booking as it is being written: its answers, and which page comes next."""

from dataclasses import asdict, dataclass, field, fields
from typing import Any

from gatherings.access.catalogue import OWN_WORDS, catalogue
from gatherings.access.needs import NeedAnswer
from gatherings.bookings.parties import Party, PersonAnswer

FIRST, LAST = "who", "check"
GROUP_STEP = "need/"
SUPPORTER_ANSWERS = ("no", "yes", "maybe")
HELP_CHOICES = ("no", "yes", "ask", "talk")
OWN_WORDS_KEY = "words."


@dataclass
class Answers:
    """Everything that somebody wrote so far. `weighed` is what "matters" was asked about.

    `form_token` and `secret` belong to the booking that this will become; `booked` is its
    reference once it has.
    """

    form_token: str = ""
    secret: str = ""
    booked: str = ""
    name: str = ""
    supporter: str = ""
    supporter_name: str = ""
    way: str = ""
    detail: str = ""
    help: str = ""
    groups: list[str] = field(default_factory=list)
    ticked: dict[str, list[str]] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    must: list[str] = field(default_factory=list)
    weighed: list[str] = field(default_factory=list)
    consent: str = ""

    @classmethod
    def from_kept(cls, kept: dict[str, Any]) -> "Answers":
        """From what a draft holds; a field of an older version is left out."""
        known = {one.name for one in fields(cls)}
        return cls(**{name: value for name, value in kept.items() if name in known})

    def to_keep(self) -> dict[str, Any]:
        """What a draft holds."""
        return asdict(self)

    def with_changes(self, changes: dict[str, Any]) -> "Answers":
        """These answers after another page. What was said about each group is kept by group."""
        kept = self.to_keep()
        for name, value in changes.items():
            kept[name] = {**kept[name], **value} if isinstance(value, dict) else value
        return Answers.from_kept(kept)

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
        return NeedAnswer(code, words, "must" if key in self.must else "helps", group)

    def party(self) -> Party:
        """The party that these answers describe."""
        needs = tuple(self.needs().values())
        people = [PersonAnswer(name=self.name, help=self.help, needs=needs)]
        if self.supporter in ("yes", "maybe"):
            unsure = self.supporter == "maybe"
            people.append(PersonAnswer(self.supporter_name, "supporting", maybe=unsure))
        return Party(
            people=tuple(people),
            contact_name=self.name,
            contact_way=self.way,
            contact_detail=self.detail,
            consent=self.consent if needs else "",
        )


def path(answers: Answers) -> list[str]:
    """The pages of this booking in their order."""
    steps = [FIRST, "reach", "help"]
    if answers.help == "yes":
        steps += ["needs", *(GROUP_STEP + group for group in answers.groups)]
        if answers.needs():
            steps += ["matters", "consent"]
    return [*steps, LAST]


def is_done(step: str, answers: Answers) -> bool:
    """Whether the page has its answer."""
    if step.startswith(GROUP_STEP):
        return step.removeprefix(GROUP_STEP) in answers.ticked
    return {
        FIRST: bool(answers.name),
        "reach": bool(answers.way),
        "help": bool(answers.help),
        "needs": bool(answers.groups),
        "matters": set(answers.needs()) <= set(answers.weighed),
        "consent": bool(answers.consent),
    }.get(step, False)


def first_missing(answers: Answers) -> str:
    """The first page without an answer; the last page when all have one."""
    return next(step for step in path(answers) if step == LAST or not is_done(step, answers))


def may_open(step: str, answers: Answers) -> bool:
    """Whether the pages before this one have their answers."""
    steps = path(answers)
    return step in steps and steps.index(step) <= steps.index(first_missing(answers))


def step_after(step: str, answers: Answers, *, changing: bool) -> str:
    """Where to go on to. Who changes one answer comes back to the last page."""
    steps = path(answers)
    if changing or step not in steps:
        return first_missing(answers)
    return steps[steps.index(step) + 1]


def step_before(step: str, answers: Answers, *, changing: bool) -> str:
    """Where "Back" leads; "" is the gathering's own page."""
    if changing:
        return LAST
    steps = path(answers)
    before = steps.index(step) - 1 if step in steps else -1
    return steps[before] if before >= 0 else ""


def heading_of_need(key: str) -> str:
    """What a need is called on "What matters most" and on "Check your answers"."""
    if key.startswith(OWN_WORDS_KEY):
        group = catalogue().groups[key.removeprefix(OWN_WORDS_KEY)]
        return f"What you wrote about “{group.label}”"
    return catalogue().need(key).label
