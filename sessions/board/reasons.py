"""Why a session cannot go into a spot: in plain words, and by kind for the pages."""

from collections.abc import Iterable
from dataclasses import dataclass

GO_AHEAD = ("feature", "gap", "helpers", "enter")


@dataclass(frozen=True)
class Reason:
    """One reason. `other` is the number of the session in its way.

    `codes` say what is missing: features of the room, or a role of which too few are there.
    """

    kind: str
    words: str
    other: int = 0
    codes: tuple[str, ...] = ()

    @property
    def may_go_ahead(self) -> bool:
        """Whether a facilitator may put the session there all the same, and say why."""
        return self.kind in GO_AHEAD


def missing_codes(reasons: Iterable[Reason]) -> tuple[str, ...]:
    """Everything that is missing, each once."""
    return tuple(sorted({code for reason in reasons for code in reason.codes}))
