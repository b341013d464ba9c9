"""Every route with every role: who may, who may not, and what personal fields may show."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from http import HTTPStatus

import httpx
import pytest
from litestar import Litestar

from gatherings.bookings.own_secrets import cookie_of
from gatherings.people.may import FIELDS, rules
from gatherings.people.sign_in import begin_sign_in
from gatherings.people.tables import ROLES
from gatherings.planning.tables import Gathering
from tests.all_routes import MARKERS, OneRoute, Whole, build_whole, every_route, routes_of
from tests.page_checks import AS_A_BROWSER, HOME, in_process
from web.database import write
from web.settings import settings

REFUSED = (401, 403, 404)
USES_UP = ("undo_move", "remove", "cancel", "withdraw", "set_password", "state", "publish")
ENDS_THE_WALK = ("close_booking_page", "sign_out")
SIGNED_IN = {role: {"everybody", "signed_in", role} for role in (*ROLES, "deputy")}
PEOPLE: Mapping[str, set[str]] = SIGNED_IN | {
    "starter": {"everybody", "signed_in", "starter", "organiser", "access_lead"},
    "deputy": SIGNED_IN["note_keeper"] | {"deputy"},
    "dee": {"everybody", "signed_in"},
    "stranger": {"everybody"},
    "attendee": {"everybody", "party"},
}


@asynccontextmanager
async def browsers(app: Litestar, whole: Whole) -> AsyncIterator[dict[str, httpx.AsyncClient]]:
    """A browser for each of the people."""
    async with AsyncExitStack() as stack:
        found = {}
        for name in PEOPLE:
            browser = httpx.AsyncClient(
                transport=in_process(app), base_url=HOME, headers=AS_A_BROWSER
            )
            found[name] = await stack.enter_async_context(browser)
            for cookie, value in (await _cookies(name, whole)).items():
                browser.cookies.set(cookie, value, domain="testserver.local", path="/")
        yield found


async def _cookies(name: str, whole: Whole) -> dict[str, str]:
    if name in whole.accounts:
        return {"sign-in": await write(begin_sign_in, whole.accounts[name])}
    return {cookie_of(whole.reference): whole.secret} if name == "attendee" else {}


def test_every_route_stands_in_the_table_and_nothing_else(one_app: Litestar) -> None:
    there = {one.name for one in every_route(one_app)}
    missing, unknown = there - set(rules()), set(rules()) - there
    assert not missing, f"Say in may.toml who may use {sorted(missing)}."
    assert not unknown, f"No route of may.toml is called {sorted(unknown)}."


@pytest.mark.once
async def test_pages_open_for_those_who_may_and_show_no_more(app: Litestar) -> None:
    whole = await build_whole(settings().pictures)
    reads = [one for one in routes_of(app) if one.method == "GET" and one.name in rules()]
    wrong = []
    async with browsers(app, whole) as found:
        for one in reads:
            for name in who_walks(one):
                answer = await found[name].get(one.address(whole.places))
                wrong += faults(one, name, answer)
    assert not wrong, "\n".join(wrong)


@pytest.mark.once
async def test_buttons_work_for_those_who_may_alone(app: Litestar) -> None:
    whole = await build_whole(settings().pictures)
    buttons = [one for one in routes_of(app) if one.method != "GET" and one.name in rules()]
    wrong = []
    async with browsers(app, whole) as found:
        for allowed in (False, True):
            for one in sorted(buttons, key=how_late):
                for name in who_walks(one):
                    if rules()[one.name].lets(PEOPLE[name]) == allowed:
                        answer = await found[name].request(one.method, one.address(whole.places))
                        wrong += faults(one, name, answer)
    assert not wrong, "\n".join(wrong)


async def test_a_draft_is_there_for_those_who_plan_it_alone(app: Litestar) -> None:
    whole = await build_whole(settings().pictures)
    await write(_unpublish, whole.setting.gathering.id)
    below = [one for one in routes_of(app) if one.template.startswith("/g/{")]
    below = [one for one in below if one.name != "book"]  # it leads on without looking
    wrong = []
    async with browsers(app, whole) as found:
        for one in below:
            for name in ("stranger", "dee", "attendee"):
                answer = await found[name].request(one.method, one.address(whole.places))
                if answer.status_code not in REFUSED:
                    wrong.append(f"{one.method} {one.name} answered {answer.status_code} to {name}")
    assert not wrong, "\n".join(wrong)


async def _unpublish(gathering_id: int) -> None:
    await Gathering.update({Gathering.state: "draft"}).where(Gathering.id == gathering_id)


def who_walks(one: OneRoute) -> list[str]:
    """Everybody, where it matters who it is. What is open to all is opened by the most different.

    A PDF is drawn for one of those who may have it, because that takes a second.
    """
    may = [name for name, audiences in PEOPLE.items() if rules()[one.name].lets(audiences)]
    if len(may) == len(PEOPLE):
        return ["stranger", "attendee", "starter"]
    skipped = may[1:] if one.template.endswith(".pdf") else []
    return [name for name in PEOPLE if name not in skipped]


def how_late(one: OneRoute) -> int:
    """Buttons that take something away come late, those that close the door behind us last."""
    return 2 if one.name in ENDS_THE_WALK else int(uses_up(one))


def uses_up(one: OneRoute) -> bool:
    """Whether what the button is about is gone afterwards."""
    return any(word in one.name for word in USES_UP)


def led_to_a_locked_page(one: OneRoute, answer: httpx.Response) -> bool:
    """Whether a page of a party sends whoever has no secret to the party's own, locked page."""
    back = answer.headers.get("location", "").startswith("/b/")
    return one.template.startswith("/b/") and answer.status_code == 303 and back


def faults(one: OneRoute, name: str, answer: httpx.Response) -> list[str]:
    """What is not as the table says, as sentences."""
    rule, who = rules()[one.name], PEOPLE[name]
    what = f"{one.method} {one.name} answered {answer.status_code} to {name}"
    if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return [what]
    if rule.lets(who):
        gone = uses_up(one) and answer.status_code == 404
        wrong = answer.status_code in REFUSED and not gone
    else:
        wrong = answer.status_code not in REFUSED and not led_to_a_locked_page(one, answer)
    if wrong:
        return [what]
    shown = {field for field in FIELDS if getattr(MARKERS, field) in answer.text}
    return [f"{what} with {field}" for field in sorted(shown - rule.may_show(who))]


@pytest.mark.parametrize("broken", ["to", "shows"])
def test_a_planted_breach_is_noticed(broken: str) -> None:
    """The walk itself fails where a page opens for the wrong one, or says too much."""
    one = OneRoute("door", "GET", "/desk/g/{slug}/door")
    if broken == "to":
        assert faults(one, "dee", httpx.Response(200, text="")) == ["GET door answered 200 to dee"]
        assert faults(one, "door", httpx.Response(403, text="")) == [
            "GET door answered 403 to door"
        ]
    else:
        said = httpx.Response(200, text=f"{MARKERS.names} {MARKERS.words}")
        assert faults(one, "door", said) == ["GET door answered 200 to door with words"]
