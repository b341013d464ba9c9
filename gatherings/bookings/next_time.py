"""The next booking begun with what is known of the last: who comes, and what would help them."""

from collections.abc import Collection, Mapping
from typing import Any

from gatherings.access.catalogue import ASK_ME, OWN_WORDS, RATHER_TALK, catalogue
from gatherings.access.needs import NeedAnswer
from gatherings.bookings.answers import FIRST_OTHER, HELPER, ME
from gatherings.bookings.booking_list import BookingView, PersonView
from gatherings.bookings.someone import Someone

ASKS = {ASK_ME: "ask", RATHER_TALK: "talk"}


def draft_of(booking: BookingView, needs: Mapping[int, Collection[NeedAnswer]]) -> dict[str, Any]:
    """The first answers of a draft for the same party. `needs` are by position, still right."""
    people = list(booking.people)
    said = {one.position: said_about(needs.get(one.position, ())) for one in people}
    changes: dict[str, Any] = {
        "name": booking.contact_name,
        "way": booking.contact_way,
        "detail": booking.contact_detail,
    }
    if booking.for_whom == "other":
        changes |= {"for_whom": "other", "asker_is": booking.asker_is}
        return changes | _others(people, {}, said)
    first, rest = people[0], people[1:]
    mine = {ME: said[first.position]}
    if not rest or (len(rest) == 1 and rest[0].supporting):
        return changes | {"for_whom": "me"} | _with_helper(rest, mine, said)
    return changes | {"for_whom": "us"} | _others(rest, mine, said)


def said_about(needs: Collection[NeedAnswer]) -> dict[str, Any]:
    """What a draft holds about somebody who still needs this; nothing when nothing is left."""
    asks = [ASKS[need.code] for need in needs if need.code in ASKS]
    telling = [need for need in needs if need.code not in ASKS]
    if not telling:
        return {"help": asks[0]} if asks else {}
    ticked: dict[str, list[str]] = {}
    words: dict[str, list[str]] = {}
    for need in telling:
        group = _group(need)
        codes = ticked.setdefault(group, [])
        if need.code not in codes and (need.code != OWN_WORDS or group == "any"):
            codes.append(need.code)
        if need.words:
            words.setdefault(group, []).append(need.words)
    someone = Someone(
        ME,
        help="yes",
        groups=list(ticked),
        ticked=ticked,
        words={group: "\n".join(lines) for group, lines in words.items()},
    )
    keys = someone.needs()
    strong = {(need.code, _group(need)) for need in telling if need.strength == "must"}
    must = [key for key, one in keys.items() if (one.code, one.group) in strong]
    return {
        "help": "yes",
        "groups": someone.groups,
        "ticked": someone.ticked,
        "words": someone.words,
        "must": must,
        "weighed": list(keys),
    }


def _group(need: NeedAnswer) -> str:
    if need.code == OWN_WORDS:
        return need.group if need.group in catalogue().groups else "any"
    return catalogue().need(need.code).group


def _with_helper(
    rest: list[PersonView], people: dict[int, Any], said: dict[int, Any]
) -> dict[str, Any]:
    if not rest:
        return {"supporter": "no", "people": people}
    helper = rest[0]
    return {
        "supporter": "maybe" if helper.maybe else "yes",
        "supporter_name": helper.name,
        "people": people | {HELPER: said[helper.position]},
    }


def _others(rest: list[PersonView], people: dict[int, Any], said: dict[int, Any]) -> dict[str, Any]:
    rows, told = [], dict(people)
    for key, person in enumerate(rest, FIRST_OTHER):
        choice = "maybe" if person.supporting and person.maybe else person.role
        rows.append({"key": key, "name": person.name, "choice": choice})
        told[key] = said[person.position]
    return {"others": rows, "all_named": True, "people": told}
