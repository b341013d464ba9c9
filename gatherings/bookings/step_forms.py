"""What every page of a booking has: a template, what to fill in, how to read what comes back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gatherings.bookings.answers import Answers
from gatherings.bookings.extra_questions import Question
from gatherings.bookings.journey import GROUP_STEP, split_step
from gatherings.bookings.someone import Someone
from web.forms import Form

LONGEST_NAME, LONGEST_WORDS = 200, 1000

Values = dict[str, Any]


@dataclass(frozen=True)
class Asking:
    """A page as it is asked of somebody: the answers so far, and the organisers' own questions.

    `glossary` explains the letters in those.
    """

    answers: Answers
    step: str
    questions: Sequence[Question] = field(default_factory=list)
    glossary: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> int:
        """Whose page it is."""
        return split_step(self.step)[0]

    @property
    def person(self) -> Someone:
        """Whom the page is about; a blank person for a page that is not in the journey."""
        return self.answers.person(self.key) or Someone(self.key)

    @property
    def called(self) -> str:
        """Their name or what to call them; "" for whoever writes."""
        person = self.answers.person(self.key)
        return self.answers.called(person) if person else ""

    @property
    def group(self) -> str:
        """The group of needs that the page asks about."""
        return split_step(self.step)[1].removeprefix(GROUP_STEP)

    def about_person(self, changes: Values) -> Values:
        """The changes of a page about one person."""
        return {"people": {self.key: changes}}


@dataclass(frozen=True)
class StepForm:
    """One page. `read` gives the changes to the answers, and notes errors in the form."""

    template: str
    values: Callable[[Asking], Values]
    read: Callable[[Form, Asking], Values]
