"""Every page of the whole journey, by who looks at it. A button after the address is pressed.

Words in braces are parts of addresses that the example makes up anew each time.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

COMING, TODAY, PAST = "/g/what-we-do-next", "/g/talking-about-care", "/g/words-that-work"
DESK_COMING = "/desk/g/what-we-do-next"
DESK, DESK_PAST = "/desk/g/talking-about-care", "/desk/g/words-that-work"
SERIES, HOUSE = "changing-the-story", "/desk/venues/friends-meeting-house"


@dataclass(frozen=True)
class Stop:
    """One page. `press` is the id of a button there, `expect` the status of what then shows."""

    address: str
    press: str = ""
    expect: int = 200


def plain(*addresses: str) -> tuple[Stop, ...]:
    return tuple(Stop(address) for address in addresses)


def wrong(*addresses_and_buttons: tuple[str, str]) -> tuple[Stop, ...]:
    """Pages that show what is wrong after the button of an empty form."""
    return tuple(Stop(address, button, 422) for address, button in addresses_and_buttons)


MOVED = (
    f"on_day=6&on_month=3&on_year={datetime.now(UTC).year + 1}"
    "&starts=9%3A30&ends=17%3A00&venue=friends-meeting-house&zone=Europe%2FLondon"
)

PUBLIC = (
    *plain("/", f"/series/{SERIES}", COMING, TODAY, PAST, "/g/who-tells-the-story"),
    *plain(f"{COMING}/access", f"{TODAY}/access", "/sign-in", "/sign-in/password/{password}"),
    *plain(f"{TODAY}/today", f"{TODAY}/rooms"),
    *plain("/privacy", "/accessibility", "/security", "/complaints"),
    *wrong(("/sign-in", "sign-in"), ("/sign-in/password/{password}", "keep")),
    Stop("/nothing-here", expect=404),
    Stop("/desk", expect=401),
)
BOARD = (
    *plain(f"{TODAY}/board", f"{TODAY}/offer", f"{TODAY}/sessions/1", f"{TODAY}/sessions/20"),
    *plain(f"{TODAY}/wall", f"{TODAY}/wall?round=next", f"{TODAY}/wall?size=8"),
    *plain(f"{TODAY}/calendar"),
    Stop(f"{TODAY}/calendar", "make"),
    *plain(f"{COMING}/board", f"{COMING}/offer", f"{PAST}/board", f"{COMING}/wall"),
    *plain(f"{TODAY}/board/news"),
    *wrong((f"{TODAY}/offer", "offer-now"), (f"{COMING}/book/who", "continue")),
)
SUMMARY = (
    *plain(f"{PAST}/summary", f"{TODAY}/summary"),
    *wrong((f"{PAST}/summary", "send-comment")),
)
BOOKING = (
    *plain(*(f"{COMING}/book/{step}" for step in ("who", "reach", "help", "needs"))),
    *plain(f"{COMING}/book/need/hear", f"{COMING}/book/need/move"),
    *plain(f"{COMING}/book/matters", f"{COMING}/book/consent", f"{COMING}/book/day"),
    Stop(f"{COMING}/book/consent?easy=yes"),
    *plain(f"{COMING}/book/check", f"{COMING}/book/back"),
    *wrong((f"{COMING}/book/back", "go-on")),
    Stop(f"{COMING}/book/check", "save"),
)
PARTY = (
    *plain(f"{COMING}/book/people", f"{COMING}/book/reach", f"{COMING}/book/help"),
    *plain(f"{COMING}/book/person/3/help", f"{COMING}/book/person/4/help"),
    *plain(f"{COMING}/book/day", f"{COMING}/book/check"),
    Stop(f"{COMING}/book/people", "add"),
)
OWN = (
    *plain("/b/again", "/b/again/sent"),
    Stop("/b/{booked}", expect=401),
    *plain("/b/{booked}/{booked_secret}", "/b/{booked}/people/1", "/b/{booked}/people/2"),
    *plain("/b/{booked}/people/1/uses", "/b/{booked}/pictures"),
    *plain("/b/{booked}/calendar"),
    *plain("/b/{booked}/people/2/remove", "/b/{booked}/add", "/b/{booked}/contact"),
    *plain("/b/{booked}/cancel", "/b/{booked}/undo", "/b/{cancelled}/{cancelled_secret}"),
    *plain("/b/{offered}/{offered_secret}", "/b/{offered}/offer", "/b/{waiting}/{waiting_secret}"),
    *plain("/b/{waiting}/fewer", "/b/{waiting}/cancel", "/b/{lapsed}/{lapsed_secret}"),
    *plain("/b/{lapsed}/join-again"),
    *wrong(("/b/{booked}/add", "add"), ("/b/{offered}/offer", "yes"), ("/b/again", "send")),
)
STRANGER = (Stop("/desk"), Stop(DESK, expect=403))
FACILITATOR = (
    *plain(f"{TODAY}/board", f"{TODAY}/arrange", f"{TODAY}/sessions/1", f"{TODAY}/sessions/20"),
    *plain(f"{TODAY}/sessions/1/move", f"{TODAY}/sessions/20/move", f"{TODAY}/sessions/1/words"),
    *plain(f"{TODAY}/arrange?card=1", f"{TODAY}/arrange/history", f"{TODAY}/arrange/morning"),
    *plain(f"{TODAY}/arrange/support", f"{TODAY}/arrange/clashes", f"{TODAY}/arrange/ahead"),
    *plain(f"{TODAY}/sessions/1/stay", f"{TODAY}/sessions/1/ask", f"{TODAY}/arrange/helpers"),
    *plain(f"{TODAY}/sessions/1/hosts"),
    *plain(f"{TODAY}/arrange/paper", f"{TODAY}/arrange/from-paper"),
    *plain(
        *(f"{TODAY}/arrange/paper?kind={kind}" for kind in ("cards", "board", "doors", "badges"))
    ),
    *wrong((f"{TODAY}/arrange/from-paper", "offer-them")),
    *wrong((f"{TODAY}/sessions/20/move", "put"), (f"{TODAY}/arrange/morning", "add-corner")),
)
NOTE_KEEPER = (
    *plain(f"{PAST}/capture", f"{TODAY}/capture", f"{PAST}/capture/{{sheet}}"),
    *plain(f"{PAST}/capture/artwork", f"{PAST}/capture/{{drawing}}/credit"),
    *plain(f"{PAST}/capture/{{sheet}}/remove", f"{DESK_PAST}/summary", f"{DESK}/summary"),
    *plain(f"{DESK_PAST}/summary/words", f"{DESK_PAST}/summary/questions/{{question}}"),
    *plain(f"{DESK_PAST}/summary/points/{{point}}", f"{DESK_PAST}/summary/bring"),
    *plain(
        f"{DESK_PAST}/summary/pictures",
        f"{DESK_PAST}/summary/pictures/{{sheet}}/people",
        f"{DESK_PAST}/summary/preview",
    ),
    *wrong((f"{PAST}/capture/artwork", "keep-artwork"), (f"{PAST}/capture", "keep-pictures")),
)
PLANNING = (
    *plain("/desk", "/desk/start-series", f"/desk/series/{SERIES}"),
    *plain(f"/desk/series/{SERIES}/helpers", f"/desk/series/{SERIES}/plan-gathering"),
    *plain(f"/desk/series/{SERIES}/glossary"),
    *plain(HOUSE, f"{HOUSE}/about", f"{HOUSE}/add-room", f"{HOUSE}/rooms/1", f"{HOUSE}/facts"),
    *wrong((f"{HOUSE}/floor-plans", "keep")),
    *plain(f"{HOUSE}/rooms/1/about", DESK, f"{DESK}/about", f"{DESK}/places", f"{DESK}/plan"),
    *plain(f"{DESK}/plan/3", f"{DESK}/publish", f"{DESK}/cancel"),
    *plain(f"{DESK}/move?{MOVED}", f"{DESK}/told/{{told}}", f"{DESK}/copy", "/desk/calendar"),
    Stop("/desk/g/{copied}/copied"),
    *wrong(("/desk/start-series", "keep"), (f"{DESK}/plan", "add"), (f"{HOUSE}/add-room", "keep")),
    *wrong((f"/desk/series/{SERIES}/plan-gathering", "keep")),
)
REPORTS = (
    *plain(f"{DESK}/reports", f"{DESK}/room-cards", f"{DESK}/room-cards/print", f"{DESK}/badges"),
    *plain(f"{DESK}/promises", f"{DESK_PAST}/promises", f"{HOUSE}/facts/arriving"),
    *plain(f"{DESK}/promises/print", f"{DESK}/reports/people/caterer/print"),
    *plain(f"{DESK}/reports/numbers/venue/print"),
    *wrong((f"{DESK}/reports", "make-brief")),
)
RUNNING = (
    *plain(f"{DESK}/bookings", f"{DESK}/bookings/{{reference}}", f"{DESK}/needs"),
    *plain(f"{DESK_COMING}/waiting", f"{DESK_COMING}/bookings", f"{DESK}/waiting"),
    *plain(*(f"{DESK_COMING}/bookings/{{{state}}}" for state in ("offered", "waiting", "lapsed"))),
    *plain(f"{DESK_COMING}/bookings/{{waiting}}/book-in", f"{DESK_COMING}/bookings/{{booked}}"),
    *plain(f"{DESK}/bookings?words=nobody", f"{PAST}/summary", f"{COMING}/book/who"),
    *plain(f"{DESK}/questions", f"{DESK}/questions/add", f"{DESK}/questions/1"),
    *plain(f"{DESK}/questions/1/remove", f"{DESK}/answers"),
    *wrong((f"{DESK}/questions/add", "keep")),
    *plain(f"{DESK}/numbers", f"{DESK_PAST}/numbers", f"{DESK}/door/{{late}}"),
)
NEEDS = (
    *plain("/desk", DESK, f"{DESK}/needs", f"{DESK}/needs/{{need}}"),
    Stop(f"{DESK}/needs", "open-needs"),
    *plain(f"{DESK}/needs?whose=mine", f"{DESK}/needs?stage=agreed", f"{DESK}/needs/{{need}}"),
    *plain(f"{DESK}/needs/{{need}}/{{need_to}}", f"{DESK}/needs/{{need}}/cannot"),
    *plain(f"{DESK}/arrangements", f"{DESK}/arrangements/{{arrangement}}"),
    *plain(f"{DESK}/support", f"{DESK}/support/{{interpreter}}", f"{DESK}/deputies"),
    *wrong((f"{DESK}/needs/{{need}}/cannot", "keep"), (f"{DESK}/arrangements/add", "keep")),
    *wrong((f"{DESK}/support/add", "keep")),
    *plain(f"{DESK}/needs/ask/{{reference}}", f"{DESK}/needs/ask/{{reference}}/consent"),
    *plain(f"{DESK}/needs/ask/{{reference}}/share"),
    *wrong((f"{DESK}/needs/ask/{{reference}}", "keep")),
    *wrong((f"{DESK}/needs/ask/{{allergic}}/people/1/caterer", "keep-naming")),
)
OWN_NEEDS = (
    *plain("/b/{needing}/{needing_secret}", "/b/{needing}/needs", "/b/{needing}/looks"),
    *plain(
        "/b/{needing}/needs/add", "/b/{needing}/needs/add/hear", "/b/{needing}/needs/{own_need}"
    ),
    *plain("/b/{needing}/needs/consent?group=hear", "/b/{needing}/next-time"),
    *wrong(("/b/{needing}/needs/add/hear", "keep"), ("/b/{needing}/next-time", "keep-answer")),
    *plain("/b/{was_there}/{was_there_secret}", "/b/{was_there}/needs"),
    *plain("/b/{allergic}/{allergic_secret}", "/b/{allergic}/needs"),
    *wrong(("/b/{allergic}/needs/people/1/caterer", "keep-naming")),
)
DOOR = (
    *plain("/desk", f"{DESK}/door", f"{DESK}/door?words=an", f"{DESK}/door?words=nobody"),
    *plain(f"{DESK}/door/{{late}}", f"{DESK}/door/{{here}}", f"{DESK}/door/list"),
)
LETTERS = f"/desk{COMING}/letters"
OUTBOX = (
    *plain(
        LETTERS, f"{LETTERS}?show=by-hand", f"{LETTERS}?show=waiting", f"{LETTERS}?words=no-one"
    ),
    *plain(
        f"{LETTERS}/{{letter_failed}}",
        f"{LETTERS}/{{letter_put_off}}",
        f"{LETTERS}/{{letter_told}}",
    ),
    *plain(
        f"{LETTERS}/{{letter_posted}}", f"{LETTERS}/{{letter_posted}}/print", f"{LETTERS}/to-post"
    ),
    *plain(f"{LETTERS}/settings", f"{LETTERS}/write", f"{DESK}/letters/to-post"),
    *wrong((f"{LETTERS}/write", "preview")),
)
MY_DATA = (
    *plain("/b/{agreed}/{agreed_secret}", "/b/{agreed}/my-data", "/b/{agreed}/consent"),
    *plain("/b/{agreed}/delete", "/privacy?easy=yes", "/complaints/thank-you"),
    *wrong(("/b/{agreed}/delete", "delete"), ("/complaints", "complain")),
)
KEPT = (
    *plain(f"{DESK}/kept", f"{DESK_PAST}/kept", f"/desk/series/{SERIES}/kept", "/desk/complaints"),
    *plain(f"{DESK_COMING}/bookings/{{agreed}}/consent"),
    *plain("/desk/requests", "/desk/requests/{data_request}"),
    *wrong(("/desk/requests/new", "keep"), ("/desk/requests/{data_request}", "answered-now")),
    *wrong((f"{DESK_COMING}/bookings/{{agreed}}/delete", "delete")),
)
GROUPS = {
    "public": ("", PUBLIC),
    "board": ("", BOARD),
    "summary": ("", SUMMARY),
    "own": ("", OWN),
    "stranger": ("dee", STRANGER),
    "facilitator": ("ben", FACILITATOR),
    "note-keeper": ("noor", NOTE_KEEPER),
    "planning": ("ada", PLANNING),
    "running": ("ada", RUNNING),
    "needs": ("ada", NEEDS),
    "own-needs": ("", OWN_NEEDS),
    "reports": ("ada", REPORTS),
    "door": ("sam", DOOR),
    "letters": ("ada", OUTBOX),
    "my-data": ("", MY_DATA),
    "kept": ("ada", KEPT),
}
