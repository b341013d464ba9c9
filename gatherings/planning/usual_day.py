"""A sensible plan for a day: opening, talk, rounds of open space, breaks, lunch, closing."""

from datetime import datetime, timedelta

Part = tuple[str, str, datetime, datetime]

LONG_DAY, TALK_DAY = 270, 200
OPENING, TALK, LUNCH, BREAK, CLOSING = 30, 45, 60, 15, 30
USUAL_POINTS = {"Lunch": "meal"}
SHORTEST_ROUND, USUAL_ROUND, MOST_ROUNDS = 10, 45, 4


def usual_day(starts_at: datetime, ends_at: datetime) -> list[Part]:
    """Parts that fill the time from start to end without a gap."""
    total = int((ends_at - starts_at).total_seconds() // 60)
    if total < 3 * SHORTEST_ROUND:
        return [("Round 1", "open_space", starts_at, ends_at)]
    parts, moment = [], starts_at
    for name, kind, minutes in _lengths(total):
        parts.append((name, kind, moment, moment + timedelta(minutes=minutes)))
        moment += timedelta(minutes=minutes)
    name, kind, begins, _ = parts[-1]
    return [*parts[:-1], (name, kind, begins, ends_at)]


def _lengths(total: int) -> list[tuple[str, str, int]]:
    """Names, kinds and minutes. What is left over by rounding goes to the closing."""
    opening, closing = min(OPENING, total // 6), min(CLOSING, total // 6)
    opening -= opening % 5
    before = [("Opening circle", "fixed", opening)]
    if total >= TALK_DAY:
        before += [("Talk", "fixed", TALK), ("Break", "break", BREAK)]
    lunch = LUNCH if total >= LONG_DAY else 0
    rest = total - sum(minutes for _, _, minutes in before) - lunch - closing
    fitting = (rest + BREAK) // (USUAL_ROUND + BREAK)
    rounds = max(2 if lunch else 1, min(MOST_ROUNDS, fitting))
    between = _between(rounds, lunch)
    each = (rest - sum(minutes for _, _, minutes in between if minutes != lunch)) // rounds
    each -= each % 5 if each > SHORTEST_ROUND else 0
    middle: list[tuple[str, str, int]] = []
    for number in range(1, rounds + 1):
        middle.append((f"Round {number}", "open_space", each))
        middle += between[number - 1 : number]
    return [*before, *middle, ("Closing circle", "fixed", closing)]


def _between(rounds: int, lunch: int) -> list[tuple[str, str, int]]:
    """What stands after each round but the last: lunch once, else a break."""
    pauses = [("Break", "break", BREAK)] * (rounds - 1)
    if lunch:
        pauses[(rounds - 2) // 2] = ("Lunch", "break", lunch)
    return pauses
