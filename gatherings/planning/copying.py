"""Planning the next gathering like one before: everything at the same distance from its start."""

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from gatherings.bookings.tables import BookingQuestion
from gatherings.people.roles import Viewer
from gatherings.planning.day_plan import same_clock
from gatherings.planning.gathering_words import first_day
from gatherings.planning.history import note_event
from gatherings.planning.lookup import gathering_of, rounds_of
from gatherings.planning.refusals import Refused
from gatherings.planning.rows import hold
from gatherings.planning.slugs import free_slug
from gatherings.planning.tables import Gathering, Round

# What is recorded is said anew each time: it is a promise to those who come on one day, and depends
# on who brings a camera. One that nobody looked at again would be broken without being noticed.
TAKEN_ALONG = (
    *("series", "venue", "about", "zone", "all_day", "capacity", "supporters_count"),
    *("cost_pence", "cost_words", "pays", "contact_phone", "contact_email", "postal_address"),
    "go_word",
    *("fill_stops_days", "remind_14", "remind_3", "remind_day", "keep_needs_days"),
)
QUESTION_FIELDS = ("position", "kind", "asks", "why", "choices", "each_person", "audience")
TIME_LEFT_OUT = "Clocks go forward on that day and leave out a time of the plan. Choose another day"


@dataclass(frozen=True)
class Shift:
    """From one date to another on the gathering's clocks: 10am stays 10am in summer and winter."""

    days: timedelta
    zone: ZoneInfo

    def moment(self, moment: datetime) -> datetime:
        """The moment so many days later on the clock, in UTC."""
        return same_clock(moment, self.days, self.zone, self.zone)

    def span(self, starts_at: datetime, ends_at: datetime) -> tuple[datetime, datetime]:
        """Two moments, the second after the first as before. Raises Refused."""
        begins, ends = self.moment(starts_at), self.moment(ends_at)
        if begins >= ends:
            raise Refused("on", TIME_LEFT_OUT)
        return begins, ends


async def copy_gathering(viewer: Viewer, gathering_id: int, name: str, on: date) -> str:
    """A draft like this gathering on another date, with its plan, questions, cost and words.

    Bookings stay where they are. The same name and date again find the same copy.
    """
    await hold(Gathering, gathering_id)
    old = await gathering_of(gathering_id)
    shift = Shift(on - first_day(old), ZoneInfo(old.zone))
    starts_at, ends_at = shift.span(old.starts_at, old.ends_at)
    same = await Gathering.objects().get(
        (Gathering.copied_from == old.id)
        & (Gathering.name == name)
        & (Gathering.starts_at == starts_at)
    )
    if same is not None:
        return same.slug
    new = Gathering(
        slug=await free_slug(Gathering, Gathering.slug, name),
        name=name,
        starts_at=starts_at,
        ends_at=ends_at,
        copied_from=old.id,
        uid=f"{uuid.uuid4()}@gatherings",
        **{field: getattr(old, field) for field in TAKEN_ALONG},
    )
    await new.save()
    await _copy_rounds(old.id, new.id, shift)
    await _copy_questions(old.id, new.id, shift)
    await note_event(new.id, viewer.account_id, "copied")
    return new.slug


async def _copy_rounds(old: int, new: int, shift: Shift) -> None:
    for part in await rounds_of(old):
        starts_at, ends_at = shift.span(part.starts_at, part.ends_at)
        await Round(
            gathering=new,
            number=part.number,
            name=part.name,
            kind=part.kind,
            about=part.about,
            point=part.point,
            starts_at=starts_at,
            ends_at=ends_at,
        ).save()


async def _copy_questions(old: int, new: int, shift: Shift) -> None:
    """The answers to them go as many days after the new gathering as after the old one."""
    for asked in await BookingQuestion.objects().where(
        (BookingQuestion.gathering == old) & BookingQuestion.removed_at.is_null()
    ):
        kept = {field: getattr(asked, field) for field in QUESTION_FIELDS}
        await BookingQuestion(gathering=new, forget_on=asked.forget_on + shift.days, **kept).save()


def usual_next(gathering: Gathering, today: date | None = None) -> date:
    """A quarter later on the same day of the week, and not in the past."""
    day = first_day(gathering) + timedelta(weeks=13)
    earliest = today or datetime.now(UTC).date()
    weeks_behind = max(0, -((day - earliest).days // 7))
    return day + timedelta(weeks=weeks_behind)
