"""Whatever the team and the person do to a need, in any order: its promise holds."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from gatherings.access import own_needs, promises
from gatherings.access.light import light_of
from gatherings.access.need_history import history_of_need
from gatherings.access.needs import NeedAnswer, NeedView, mark_of, needs_of_gathering
from gatherings.access.tables import Need, NeedEvent
from gatherings.bookings import bookings
from gatherings.planning.refusals import Refused, Stale
from tests.booking_rows import make_gathering, with_needs
from web.database import read, write

# Written out here again, so that the test says what the rules should be.
AFTER = {
    "asked": {"asked", "talking", "arranged", "agreed", "cannot", "withdrawn"},
    "talking": {"asked", "arranged", "agreed", "cannot", "withdrawn"},
    "arranged": {"asked", "talking", "agreed", "cannot", "withdrawn"},
    "agreed": {"asked", "talking", "arranged", "cannot", "withdrawn"},
    "cannot": {"asked", "talking", "arranged", "agreed", "withdrawn"},
    "withdrawn": {"asked"},
}
ROOT = Path(__file__).parent.parent
LETS_GO = {"gatherings/personal_data/letting_go.py"}
Step = tuple[str, str, int, int]


@dataclass
class Story:
    """A need under test: the marks that pages have shown so far, and the clock."""

    gathering: int
    handle: str
    booking: int
    now: datetime
    marks: list[str] = field(default_factory=list)

    async def need(self) -> NeedView:
        found = await read(needs_of_gathering, self.gathering)
        return next(need for need in found if need.handle == self.handle)

    def seen(self, back: int) -> str:
        """What the page showed, as of now or some moves ago."""
        return self.marks[-1 - min(back, len(self.marks) - 1)]


async def by_team(story: Story, to: str, back: int, gaps: int) -> None:
    """A move of the team; `gaps` leaves out what a move to "cannot" or "agreed" needs."""
    told: dict[str, Any] = {
        "how": ("phone", "", "page")[gaps % 3],
        "reason": "" if gaps == 1 else "Nobody is free",
        "alternative": " " if gaps == 2 else "Live captions",
        "told_on": None if gaps == 3 else story.now.date(),
        "why": ("nobody", "late", "", "other")[back],
    }
    seen = story.seen(back)
    await write(
        promises.move_need,
        story.handle,
        story.gathering,
        seen=seen,
        to=to,
        account_id=1,
        at=story.now,
        **told,
    )


async def by_person(story: Story, to: str, back: int, gaps: int) -> None:
    """A button of the person; words and strength come from `gaps`."""
    seen, mine = story.seen(back), (story.handle, story.booking)
    if to == "agreed":
        await write(promises.agree_by_person, *mine, seen=seen, at=story.now)
    elif to == "withdrawn":
        await write(own_needs.withdraw_need, *mine, seen=seen, at=story.now)
    else:
        strength = "must" if gaps % 2 else "helps"
        said: dict[str, Any] = {"words": f"Words {gaps}", "strength": strength}
        await write(own_needs.change_need_by_person, *mine, **said, seen=seen, at=story.now)


WHO: dict[str, Callable[..., Any]] = {"team": by_team, "person": by_person}
HISTORIES = st.lists(
    st.tuples(
        st.sampled_from(["team", "team", "person"]),
        st.sampled_from([*AFTER, "nonsense"]),
        st.sampled_from([0, 0, 0, 1, 2]),
        st.integers(0, 3),
    ),
    min_size=3,
    max_size=12,
)


async def live(steps: list[Step]) -> None:
    """Do the steps to one need, and look at its promise after each."""
    gathering = await make_gathering()
    await write(bookings.book, gathering.id, with_needs(NeedAnswer("hear.bsl", "Words 0", "must")))
    need = (await read(needs_of_gathering, gathering.id))[0]
    now = datetime.now(UTC) + timedelta(minutes=1)
    story = Story(gathering.id, need.handle, need.booking_id, now, [need.mark])
    for who, to, back, gaps in steps:
        before, stale = await story.need(), story.seen(back) != story.marks[-1]
        try:
            await WHO[who](story, to, back, gaps)
        except (Refused, Stale):
            assert await story.need() == before, "a refused move changed something"
        after = await story.need()
        assert not (stale and after != before), "a page that was out of date changed something"
        if after.mark != story.marks[-1]:
            story.marks.append(after.mark)
        await promise_holds(story, before, after)
        story.now += timedelta(minutes=gaps)


async def promise_holds(story: Story, before: NeedView, after: NeedView) -> None:
    """Everything that must be so whatever happened."""
    if after.mark != before.mark:
        assert after.state in AFTER[before.state], f"{before.state} led to {after.state}"
    events = await (
        NeedEvent.objects().where(NeedEvent.need.handle == story.handle).order_by(NeedEvent.id)
    )
    assert len(events) == len(story.marks) - 1, "the history is not complete"
    chain = ["asked", *(event.to_state for event in events)]
    assert [event.from_state for event in events] == chain[:-1], "the history has a gap"
    assert chain[-1] == after.state, "the history ends elsewhere"
    steps = await read(history_of_need, story.handle)
    assert all(one.at < other.at for one, other in pairwise(steps)), "the history is out of order"
    assert [step.state for step in steps] == chain
    for step in steps:
        if step.state == "cannot":
            said = (step.reason.strip(), step.alternative.strip(), step.told_on)
            assert all(said), "we cannot, without a word"
    assert (after.told_on is not None) == (after.state == "cannot"), "nobody was told"
    assert (after.why_not != "") == (after.state == "cannot"), "no kind of reason"
    assert (after.agreed_how in ("phone", "page")) == (after.state == "agreed")
    await light_is_right(story, after)


async def light_is_right(story: Story, need: NeedView) -> None:
    binds = need.strength == "must" and need.state not in ("agreed", "withdrawn")
    for days, waiting in ((8, "green"), (7, "amber"), (0, "red"), (-1, "red")):
        today: date = need.due_on - timedelta(days=days)
        wanted = waiting if binds else "green"
        assert await read(light_of, story.gathering, today) == wanted, "the light is wrong"


quick = settings(
    max_examples=40,
    deadline=None,
    database=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@quick
@given(steps=HISTORIES)
async def test_no_order_of_things_breaks_a_promise(db: object, steps: list[Step]) -> None:
    await live(steps)


async def test_the_same_check_notices_a_cannot_without_a_reason(
    db: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(promises, "_must_be_told", lambda *args: None)
    with pytest.raises(AssertionError):
        await live([("team", "cannot", 0, 1)])


async def test_the_same_check_notices_a_move_under_somebody_elses(
    db: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def blind(need: Need, seen: str, move: promises.Move) -> None:
        await promises_step(need, mark_of(need.state_at), move)

    promises_step = promises.step
    monkeypatch.setattr(promises, "step", blind)
    with pytest.raises(AssertionError):
        await live([("team", "talking", 0, 0), ("team", "arranged", 1, 0)])


async def test_the_same_check_notices_a_change_without_history(
    db: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def silent(need: Need, seen: str, move: promises.Move) -> None:
        await Need.update({"state": move.to, "state_at": move.at}).where(Need.id == need.id)

    monkeypatch.setattr(promises, "step", silent)
    with pytest.raises(AssertionError):
        await live([("team", "talking", 0, 0)])


async def test_the_same_check_notices_a_light_that_forgets(
    db: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gatherings.access.light.NOT_DONE", ("asked", "talking"))
    with pytest.raises(AssertionError):
        await live([("team", "arranged", 0, 0)])


def test_only_forgetting_changes_or_deletes_history() -> None:
    """No rule but those that let go of everything touches a line that was written."""
    found = [
        file.relative_to(ROOT).as_posix()
        for file in sorted((ROOT / "gatherings").rglob("*.py"))
        if any(word in file.read_text() for word in ("NeedEvent.update", "NeedEvent.delete"))
    ]
    assert set(found) <= LETS_GO, "a history is only ever added to"
