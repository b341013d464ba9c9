"""A crowd at one board: two facilitators race, 100 phones open it, and 500 people star.

It ends with 1 when a race lost a card, put one into two places, or met an error.
"""

import asyncio
import json
import statistics
import sys
import time
from collections import Counter
from collections.abc import Coroutine
from typing import Any

import httpx

from bench.board_site import BoardSite, board_site, must_be

RACES, PART, PHONES, STARRERS, SECONDS = 1000, 250, 100, 500, 10.0
SEEN = 10**6


async def races(site: BoardSite) -> tuple[Counter[int], list[str]]:
    """Ben and Eve press at the same moment: half for one spot, half for one card."""
    answers: Counter[int] = Counter()
    faults: list[str] = []
    for part in range(RACES // PART):
        # From new addresses each time: one that sends so much is slowed down.
        ben = site.browser(site.ben, f"127.0.1.{part + 1}")
        eve = site.browser(site.eve, f"127.0.2.{part + 1}")
        async with ben, eve:
            for number in range(PART):
                both = await asyncio.gather(*_race(site, ben, eve, number))
                answers.update(answer.status_code for answer in both)
            faults += _faults((await ben.get("/board.json")).text)
    faults += [f"answered {status}" for status in answers if status not in (303, 409)]
    return answers, faults


def _race(
    site: BoardSite, ben: httpx.AsyncClient, eve: httpx.AsyncClient, number: int
) -> list[Coroutine[Any, Any, httpx.Response]]:
    """Two cards for one spot, or one card for two spots."""
    first, other = site.free[number % 10], site.free[(number + 5) % 10]
    if number % 2:
        return [_place(ben, 1, first), _place(eve, 2, first)]
    return [_place(ben, 1, first), _place(eve, 1, other)]


async def _place(who: httpx.AsyncClient, card: int, spot: tuple[int, int]) -> httpx.Response:
    values = {"round": spot[0], "room": spot[1], "seen": SEEN}
    return await who.post(f"/sessions/{card}/place", data=values)


def _faults(board: str) -> list[str]:
    sessions = json.loads(board)["sessions"]
    spots = Counter((s["round"], s["room"]) for s in sessions if s["round"])
    lost = [] if len(sessions) == 60 else [f"{len(sessions)} cards of 60"]
    return lost + [f"{many} cards in {spot}" for spot, many in spots.items() if many > 1]


async def phones(site: BoardSite) -> tuple[float, float]:
    """All open the board in one moment, without script. Gives the last and the median, in s."""
    async with asyncio.TaskGroup() as group:
        opened = [group.create_task(_open(site)) for _ in range(PHONES)]
    waits = sorted(task.result() for task in opened)
    return waits[-1], statistics.median(waits)


async def _open(site: BoardSite) -> float:
    async with site.browser() as phone:
        begin = time.monotonic()
        must_be(200, await phone.get("/board"))
        return time.monotonic() - begin


async def stars(site: BoardSite) -> tuple[list[float], int]:
    """Everybody stars one session within ten seconds while Ben moves. Gives waits and errors."""
    begin = time.monotonic()
    moves: list[float] = []

    async def starring(number: int) -> int:
        await asyncio.sleep(SECONDS * number / STARRERS)
        async with site.browser() as phone:
            answer = await phone.post(f"/sessions/{number % 60 + 1}/star", data={"star": "on"})
            return answer.status_code

    async with asyncio.TaskGroup() as group:
        people = [group.create_task(starring(number)) for number in range(STARRERS)]
        async with site.browser(site.ben) as ben:
            while time.monotonic() - begin < SECONDS:
                pressed = time.monotonic()
                must_be(303, await _place(ben, 1, site.free[len(moves) % 10]))
                moves.append(time.monotonic() - pressed)
                await asyncio.sleep(0.3)
    errors = sum(task.result() != 303 for task in people)
    return moves, errors


async def main() -> int:
    """All three on one board, one after the other."""
    async with board_site() as site:
        last, median = await phones(site)
        sys.stdout.write(
            f"{PHONES} phones open the board: last {last:.2f} s, median {median:.2f} s\n"
        )
        moves, errors = await stars(site)
        sys.stdout.write(
            f"{STARRERS} stars in {SECONDS:.0f} s: {errors} errors; a move beside them"
            f" {statistics.median(moves) * 1e3:.0f} ms, the slowest {max(moves) * 1e3:.0f} ms\n"
        )
        answers, faults = await races(site)
        sys.stdout.write(f"{RACES} races: {dict(answers)}, {len(faults)} faults\n")
        sys.stdout.writelines(f"{fault}\n" for fault in faults)
        return 1 if faults or errors else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
