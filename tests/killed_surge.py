"""The app in a process of its own, killed while people book, and what is in its file then."""

import asyncio
import json
import random
import signal
import socket
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import httpx

from tests.browser_site import SERVER, answering, environment, run_program
from tests.builders import build_gathering
from web.database import close_database, open_database
from web.schema import migrate

FILE = "gatherings.sqlite"
PLACES = 30
PEOPLE_AT_ONCE = 8
STEPS: tuple[tuple[str, dict[str, str]], ...] = (
    ("who", {"for_whom": "me", "name": "Cal", "supporter": "no", "supporter_name": ""}),
    ("reach", {"way": "email", "detail-email": "cal@people.example"}),
    ("help", {"help": "no"}),
    ("day", {}),
    ("check", {}),
)

FAULTS = {
    "taken is not what bookings hold": """
        SELECT g.id FROM gathering g WHERE g.taken <> (
            SELECT COALESCE(SUM(b.held), 0) FROM booking b WHERE b.gathering = g.id)""",
    "a booking without its letter": """
        SELECT b.reference FROM booking b WHERE NOT EXISTS (
            SELECT 1 FROM letter l WHERE l.booking = b.id AND l.kind = b.state)""",
    "a letter without its booking": """
        SELECT l.id FROM letter l LEFT JOIN booking b ON b.id = l.booking WHERE b.id IS NULL""",
    "a booking with two letters or none": """
        SELECT b.reference FROM booking b LEFT JOIN letter l ON l.booking = b.id
        GROUP BY b.reference HAVING COUNT(l.id) <> 1""",
    "a booking without people": """
        SELECT b.reference FROM booking b WHERE NOT EXISTS (
            SELECT 1 FROM person p WHERE p.booking = b.id)""",
    "a booking without history": """
        SELECT b.reference FROM booking b WHERE NOT EXISTS (
            SELECT 1 FROM booking_event e WHERE e.booking = b.id)""",
    "a place left while people wait": """
        SELECT g.id FROM gathering g WHERE g.taken < g.capacity AND EXISTS (
            SELECT 1 FROM booking b WHERE b.gathering = g.id AND b.state = 'waiting')""",
}


@dataclass
class Surge:
    """What became of many rounds: bookings that people were told of, and faults in the file."""

    confirmed: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    bookings: int = 0
    killed: bool = False
    enough: int = 0
    reached: asyncio.Event = field(default_factory=asyncio.Event)

    def confirm(self, reference: str) -> None:
        """Somebody was told that they are booked."""
        self.confirmed.add(reference)
        if len(self.confirmed) >= self.enough:
            self.reached.set()

    async def more(self, many: int) -> None:
        """Wait until so many more were told."""
        self.enough = len(self.confirmed) + many
        self.reached.clear()
        async with asyncio.timeout(60):
            await self.reached.wait()


async def killed_surges(folder: Path, rounds: int, seed: int) -> Surge:
    """Start the app, look, let people book, and kill it: so many times. Then start and look."""
    chance, surge = random.Random(seed), Surge()  # noqa: S311 (when to kill is no secret)
    slug = json.loads(await run_program(folder, "-m", "tests.killed_surge"))["slug"]
    for _ in range(rounds):
        async with started(folder) as (server, url):
            look(folder, surge)
            surge.killed, book = False, keep_booking
            people = [asyncio.create_task(book(url, slug, surge)) for _ in range(PEOPLE_AT_ONCE)]
            more = asyncio.create_task(surge.more(chance.randint(2, 12)))
            await asyncio.wait([more, *people], return_when=asyncio.FIRST_COMPLETED)
            await asyncio.sleep(chance.random() / 20)
            surge.killed = True
            server.send_signal(signal.SIGKILL)
            await server.wait()
            await asyncio.gather(more, *people)
    async with started(folder):
        look(folder, surge)
    return surge


@asynccontextmanager
async def started(folder: Path) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    """The app on a free port; it has answered once."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    server = await asyncio.create_subprocess_exec(
        *(sys.executable, *SERVER, "--port", str(port), "--log-level", "error"),
        env=environment(folder, url),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        await answering(port)
        yield server, url
    finally:
        with suppress(ProcessLookupError):
            server.kill()
        await server.wait()


async def keep_booking(url: str, slug: str, surge: Surge) -> None:
    """Book again and again, each time as somebody else, until the app is killed."""
    while True:
        try:
            place = await book_once(url, slug)
        except Exception:
            # A client tells a hung-up connection in many ways, not all of them its own errors.
            if surge.killed:
                return
            raise
        if not place.startswith("/b/"):
            surge.faults.append(f"answered with something else: {place}")
            return
        surge.confirm(place.removeprefix("/b/"))


async def book_once(url: str, slug: str) -> str:
    """Press through the whole journey. Gives the address of the booking, or what was said."""
    headers = {"origin": url, "sec-fetch-site": "same-origin"}
    async with httpx.AsyncClient(base_url=url, headers=headers, timeout=30) as browser:
        for step, answers in STEPS:
            answer = await browser.post(f"/g/{slug}/book/{step}", data=answers)
        return answer.headers.get("location") or f"{answer.status_code} {answer.text}"


def look(folder: Path, surge: Surge) -> None:
    """Add what is wrong in the file."""
    with closing(sqlite3.connect(folder / FILE)) as database:
        for fault, sql in FAULTS.items():
            surge.faults += [f"{fault}: {row[0]}" for row in database.execute(sql)]
        found = {row[0] for row in database.execute("SELECT reference FROM booking")}
    surge.faults += [f"confirmed and lost: {one}" for one in surge.confirmed - found]
    surge.bookings = len(found)


async def prepare() -> None:
    """An open gathering with fewer places than people will ask for; prints its address."""
    await open_database()
    await migrate()
    setting = await build_gathering(starts_in=timedelta(days=60), capacity=PLACES)
    await close_database()
    sys.stdout.write(json.dumps({"slug": setting.gathering.slug}))


if __name__ == "__main__":
    asyncio.run(prepare())
