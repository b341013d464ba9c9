"""What is arranged in the example, and for whom outside the team reports were made."""

from datetime import UTC, datetime, timedelta

from gatherings.access.arrangements import ArrangementWords, add_arrangement, serve
from gatherings.access.making_reports import make_report
from gatherings.access.needs import needs_of_gathering
from gatherings.access.support import SupportWords, add_support
from gatherings.planning.lookup import rounds_of
from gatherings.planning.tables import Gathering

SIGNS, CAPTIONS = "Northern Signs", "Words on Screen"
REPORTS = (("venue", "The caretaker of the house"), ("caterer", "The Long Table kitchen"))


async def arrange_support(gathering_id: int, at: datetime) -> None:
    """Two interpreters for the whole day, a captioner who keeps it free, and a hearing loop."""
    rounds = tuple(part.number for part in await rounds_of(gathering_id) if part.kind != "break")
    bsl = ArrangementWords("bsl", "Two interpreters for the day", SIGNS, "NS-1", 64000, "confirmed")
    handle = await add_arrangement(gathering_id, bsl, at)
    loop = ArrangementWords("hearing_loop", "Hire of a loop", "Hear Here", "", 9000, "asked")
    await _serve(gathering_id, handle, "hear.bsl")
    await _serve(gathering_id, await add_arrangement(gathering_id, loop, at), "hear.loop")
    first = ""
    for name in ("Imogen", "Rhodri"):
        words = SupportWords(
            *("bsl", name, SIGNS, "01632 960 411", "British Sign Language", 30, "confirmed"),
            pair_with=first,
            arrangement=handle,
            rounds=rounds,
        )
        first = await add_support(gathering_id, words, at)
    captioner = SupportWords("sttr", "Odette", CAPTIONS, longest_minutes=90, state="held")
    await add_support(gathering_id, captioner, at)
    host = SupportWords("quiet_host", "Beth", state="confirmed", rounds=rounds)
    await add_support(gathering_id, host, at)


async def _serve(gathering_id: int, arrangement: str, code: str) -> None:
    """It meets every need of this kind."""
    needs = [n.handle for n in await needs_of_gathering(gathering_id) if n.code == code]
    await serve(arrangement, gathering_id, shown=needs, ticked=needs)


async def hand_on(gathering: Gathering, account_id: int) -> None:
    """Reports that an access lead made for the venue and the kitchen, on the day at the latest."""
    at = min(datetime.now(UTC), gathering.ends_at - timedelta(hours=1))
    for report, recipient in REPORTS:
        await make_report(gathering.id, report, account_id, recipient, at)
