"""Pictures of a venue's floors: adding one, its words, and taking it away with its files."""

import asyncio
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from gatherings.planning.refusals import Refused, must_be_as_seen
from gatherings.planning.rows import columns, hold
from gatherings.planning.tables import FloorPlan, Venue
from web.database import write
from web.pictures import Picture, forget, keep
from web.problems import NotFound

FIELDS = ("floor", "described")
MOST_PLANS = 12
LONGEST_FLOOR, LONGEST_DESCRIBED = 60, 1000


@dataclass(frozen=True)
class PlanWords:
    """Which floor it shows, and what, for people who cannot see it."""

    floor: str
    described: str


async def plans_of(venue_id: int) -> list[FloorPlan]:
    """The floor plans of a venue, those without words too, in the order in which they came."""
    return await FloorPlan.objects().where(FloorPlan.venue == venue_id).order_by(FloorPlan.id)


async def shown_plans(venue_id: int) -> list[FloorPlan]:
    """Those that everybody may see: the ones that are described in words."""
    return [plan for plan in await plans_of(venue_id) if plan.described]


async def plan_of(venue_id: int, key: str) -> FloorPlan:
    """The plan of a venue with this picture."""
    plan = await plan_by_picture(key)
    if plan is None or plan.venue != venue_id:
        raise NotFound
    return plan


async def plan_by_picture(key: str) -> FloorPlan | None:
    """The plan with this picture, of any venue."""
    return await FloorPlan.objects().get(FloorPlan.picture == key)


async def send_plan(venue_id: int, upload: bytes, folder: Path, words: PlanWords) -> str:
    """Keep a picture and its words, outside a unit of work. Gives the plan's key.

    The same picture again finds the plan that is there, which keeps the words that it has. Raises
    NotKept and Refused.
    """
    picture = await keep(upload, folder, whiten=False)
    try:
        key = await write(add_plan, venue_id, picture, words)
    except BaseException:
        await asyncio.to_thread(forget, picture.key, folder)
        raise
    if key != picture.key:
        await asyncio.to_thread(forget, picture.key, folder)
    return key


async def add_plan(venue_id: int, picture: Picture, words: PlanWords) -> str:
    """Write down a kept picture. Gives the key of its plan."""
    await hold(Venue, venue_id)
    plans = await plans_of(venue_id)
    there = next((plan for plan in plans if plan.upload_sha256 == picture.sha256), None)
    if there is not None:
        if not there.described:
            await FloorPlan.update(columns(asdict(words))).where(FloorPlan.id == there.id)
        return there.picture
    if len(plans) >= MOST_PLANS:
        raise Refused("plan", f"A venue can have at most {MOST_PLANS} floor plans here")
    await FloorPlan(
        venue=venue_id,
        picture=picture.key,
        upload_sha256=picture.sha256,
        width=picture.width,
        height=picture.height,
        added_at=datetime.now(UTC),
        **asdict(words),
    ).save()
    return picture.key


async def describe_plan(venue_id: int, key: str, words: PlanWords, seen: str = "") -> None:
    """Change the words of a plan."""
    await hold(Venue, venue_id)
    plan = await plan_of(venue_id, key)
    must_be_as_seen(plan, FIELDS, seen)
    await FloorPlan.update(columns(asdict(words))).where(FloorPlan.id == plan.id)


async def take_plan_away(venue_id: int, key: str, folder: Path) -> None:
    """Remove a plan and its files, outside a unit of work. A second press finds it gone."""
    await write(_delete, venue_id, key)
    await asyncio.to_thread(forget, key, folder)


async def _delete(venue_id: int, key: str) -> None:
    plan = await plan_of(venue_id, key)
    await FloorPlan.delete().where(FloorPlan.id == plan.id)
