"""The sitemap: every route, and what stands around them. Read the product from here inward."""

import gc

if gc.isenabled():
    gc.disable()  # what is made from here on stays; looking through it takes a third of the start

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from litestar import Litestar
from litestar.config.compression import CompressionConfig
from litestar.datastructures import State
from litestar.di import Provide
from litestar.logging import LoggingConfig
from litestar.types import ControllerRouterHandler

from gatherings.access import (
    arrangement_pages,
    asking_pages,
    catering_pages,
    deputy_pages,
    need_pages,
    own_change_pages,
    own_need_pages,
    promise_pages,
    public_access_pages,
    report_pages,
    room_card_pages,
    sharing_pages,
    statistics_pages,
    support_pages,
)
from gatherings.access.catalogue import catalogue
from gatherings.access.digest import write_digests
from gatherings.bookings import (
    answer_pages,
    attendance_pages,
    booking_pages,
    change_pages,
    check_pages,
    code_pages,
    consent_pages,
    desk_booking_pages,
    door_pages,
    door_sheet_pages,
    extra_answer_pages,
    extra_question_pages,
    link_pages,
    next_time_pages,
    own_pages,
    use_pages,
    waiting_pages,
)
from gatherings.bookings.answering import lapse_due
from gatherings.bookings.places import differences, report
from gatherings.calendars import calendar_pages
from gatherings.letters import message_pages, outbox_pages, print_pages, reminder_pages
from gatherings.letters.post_office import PostOffice
from gatherings.letters.reminders import write_due_reminders
from gatherings.letters.sending import sending
from gatherings.people import sign_in_pages
from gatherings.personal_data import complaint_pages, data_request_pages
from gatherings.personal_data.clock_letters import write_clock_letters
from gatherings.personal_data.erasures import agree_with_log, let_old_lines_go
from gatherings.personal_data.forgetting import forget
from gatherings.planning import (
    copy_pages,
    desk_pages,
    fact_pages,
    floor_plan_pages,
    gathering_pages,
    helper_pages,
    move_pages,
    papers_pages,
    plan_pages,
    public_pages,
    room_map_pages,
    room_pages,
    series_pages,
    state_pages,
    today_pages,
    venue_pages,
    word_pages,
)
from gatherings.planning.gathering_words import dates, when
from gatherings.wording import glossary_pages
from sessions.board import (
    arrange_pages,
    board_pages,
    clash_pages,
    day_helper_pages,
    feed_pages,
    history_pages,
    in_hand_pages,
    known_host_pages,
    live_pages,
    merge_pages,
    morning_pages,
    my_calendar_pages,
    needs_pages,
    news_pages,
    offer_pages,
    out_pages,
    paper_pages,
    support_board_pages,
    wall_pages,
    wish_pages,
)
from sessions.board.telling import Teller
from sessions.capture import (
    artwork_pages,
    capture_pages,
    picture_pages,
    sheet_pages,
    typing_pages,
)
from sessions.commands import Commands
from sessions.personal_data import kept_pages, kept_series_pages, my_data_pages, notice_pages
from sessions.personal_data.all_rules import ALL_RULES, SOON, erase_everywhere
from sessions.personal_data.backups import back_up_each_night
from sessions.personal_data.commands import DataCommands
from sessions.summaries import (
    own_picture_pages,
    picture_people_pages,
    point_pages,
    question_pages,
    shown_picture_pages,
    summary_desk_pages,
    summary_pages,
)
from web import answers
from web.addresses import must_name_something
from web.bell import Bell
from web.chores import A_FEW_MINUTES, repeated, until_night
from web.crowds import Ceiling
from web.crypto import key_file
from web.database import close_database, open_database, read, write
from web.headers import Ring
from web.key_file import close_to_others
from web.live import Hub
from web.origin import OwnForms
from web.pages import Pages, WebRequest
from web.schema import migrate
from web.settings import Settings, settings
from web.shutdown import end_streams_at_sigterm
from web.static_files import StaticFiles

LONGEST_FORM = 1_000_000

log = logging.getLogger("gatherings.errors")

ROUTES: list[ControllerRouterHandler] = [
    *public_pages.routes,
    *today_pages.routes,
    *room_map_pages.routes,
    *public_access_pages.routes,
    *report_pages.routes,
    *room_card_pages.routes,
    *statistics_pages.routes,
    *calendar_pages.routes,
    *word_pages.routes,
    *sign_in_pages.routes,
    *desk_pages.routes,
    *series_pages.routes,
    *helper_pages.routes,
    *glossary_pages.routes,
    *venue_pages.routes,
    *floor_plan_pages.routes,
    *room_pages.routes,
    *fact_pages.routes,
    *gathering_pages.routes,
    *plan_pages.routes,
    *papers_pages.routes,
    *state_pages.routes,
    *move_pages.routes,
    *copy_pages.routes,
    *booking_pages.routes,
    *check_pages.routes,
    *consent_pages.routes,
    *code_pages.routes,
    *own_pages.routes,
    *answer_pages.routes,
    *change_pages.routes,
    *use_pages.routes,
    *link_pages.routes,
    *desk_booking_pages.routes,
    *waiting_pages.routes,
    *extra_question_pages.routes,
    *extra_answer_pages.routes,
    *door_pages.routes,
    *door_sheet_pages.routes,
    *attendance_pages.routes,
    *need_pages.routes,
    *promise_pages.routes,
    *asking_pages.routes,
    *sharing_pages.routes,
    *catering_pages.routes,
    *own_need_pages.routes,
    *next_time_pages.routes,
    *own_change_pages.routes,
    *arrangement_pages.routes,
    *support_pages.routes,
    *deputy_pages.routes,
    *outbox_pages.routes,
    *print_pages.routes,
    *message_pages.routes,
    *reminder_pages.routes,
    *my_data_pages.routes,
    *notice_pages.routes,
    *kept_pages.routes,
    *kept_series_pages.routes,
    *complaint_pages.routes,
    *data_request_pages.routes,
    *board_pages.routes,
    *offer_pages.routes,
    *arrange_pages.routes,
    *history_pages.routes,
    *in_hand_pages.routes,
    *news_pages.routes,
    *merge_pages.routes,
    *morning_pages.routes,
    *needs_pages.routes,
    *support_board_pages.routes,
    *clash_pages.routes,
    *day_helper_pages.routes,
    *wish_pages.routes,
    *known_host_pages.routes,
    *wall_pages.routes,
    *live_pages.routes,
    *feed_pages.routes,
    *my_calendar_pages.routes,
    *out_pages.routes,
    *paper_pages.routes,
    *capture_pages.routes,
    *artwork_pages.routes,
    *typing_pages.routes,
    *sheet_pages.routes,
    *picture_pages.routes,
    *summary_desk_pages.routes,
    *question_pages.routes,
    *point_pages.routes,
    *shown_picture_pages.routes,
    *picture_people_pages.routes,
    *own_picture_pages.routes,
    *summary_pages.routes,
]


@asynccontextmanager
async def running(app: Litestar) -> AsyncIterator[None]:
    """Open the database and bring it up to date; close it at the end."""
    catalogue()  # a wrong file of the host stops the start, before anything is done
    mended = close_to_others(key_file())
    if mended:
        log.warning(mended)
    await open_database()
    await migrate()
    await erase_again(app.state.settings.data_dir)
    hub: Hub = app.state.hub
    app.state.bell = Bell()
    as_before = end_streams_at_sigterm(hub)
    gc.freeze()  # what is there from the start stays: looking through it would halt every page
    try:
        async with (
            repeated(forget_and_back_up, until_night),
            repeated(forget_soon, A_FEW_MINUTES),
            repeated(end_offers, A_FEW_MINUTES),
            repeated(count_places_again, until_night),
            repeated(remind, A_FEW_MINUTES),
            repeated(tell_the_team, A_FEW_MINUTES),
            app.state.teller.listening(),
            sending(PostOffice.from_settings(app.state.settings), app.state.bell),
        ):
            yield
    finally:
        hub.close()
        as_before()
        await close_database()


async def erase_again(folder: Path) -> None:
    """A restored copy of the database must not bring back what somebody had deleted."""
    again = await agree_with_log(folder, datetime.now(UTC), erase_everywhere)
    if again:
        log.warning("%s bookings had come back from a backup and were erased again", again)


async def forget_each_night() -> None:
    """Let go of what we said we would not keep, in the database and in the file beside it."""
    now = datetime.now(UTC)
    gone = await forget(ALL_RULES, now)
    let_old_lines_go(settings().data_dir, now)
    if gone:
        log.info("forgot %s", ", ".join(f"{number} {kind}" for kind, number in gone.items()))


async def forget_soon() -> None:
    """The same for what goes within minutes or hours."""
    await forget(SOON, datetime.now(UTC))


async def forget_and_back_up() -> None:
    """In this order, so that a backup holds nothing that was due."""
    await forget_each_night()
    await back_up_each_night(datetime.now(UTC))


async def end_offers() -> int:
    """Take back the places that nobody answered about in time, and offer them to the next."""
    return await write(lapse_due, datetime.now(UTC))


async def remind() -> int:
    """Write the reminders that are due."""
    return await write(write_due_reminders, datetime.now(UTC))


async def tell_the_team() -> int:
    """Write this morning's letters to those who look after needs, requests and complaints."""
    now = datetime.now(UTC)
    return await write(write_digests, now) + await write(write_clock_letters, now)


async def count_places_again() -> None:
    """Say in the log where a gathering's count is not what its bookings hold."""
    report(await read(differences))


async def before_each(request: WebRequest) -> None:
    """An address that can name nothing is answered at once; else we look who asks."""
    must_name_something(request)
    await sign_in_pages.find_viewer(request)


async def after_a_press(request: WebRequest) -> None:
    """There may be a letter to send, and what changed on the desk may show on boards."""
    if request.method == "POST":
        request.app.state.bell.ring()
        if request.url.path.startswith("/desk/"):
            await live_pages.tell_new_plans(request)


def create_app(chosen: Settings | None = None) -> Litestar:
    """The whole product as one ASGI app."""
    chosen = chosen or settings()
    static = StaticFiles()
    pages = Pages(chosen, static, dates_of=dates, when_is=when)
    hub = Hub()
    app = Litestar(
        route_handlers=[*ROUTES, static.handler],
        lifespan=[running],
        state=State(
            {
                "pages": pages,
                "settings": chosen,
                "hub": hub,
                "teller": Teller(hub, pages),
                "bell": Bell(),
            }
        ),
        before_request=before_each,
        after_response=after_a_press,
        dependencies={"viewer": Provide(sign_in_pages.viewer_of, sync_to_thread=False)},
        middleware=[Ceiling(), OwnForms()],
        exception_handlers=answers.handlers,
        compression_config=CompressionConfig(
            backend="gzip", exclude=["/static/", "/changes$", "/pictures/"]
        ),
        logging_config=LoggingConfig(
            root={"level": logging.getLevelName(logging.INFO), "handlers": ["console"]},
            formatters={"standard": {"()": "web.log_lines.LogLines", "format": "%(message)s"}},
            log_exceptions="never",
        ),
        openapi_config=None,
        plugins=[Commands(), DataCommands()],
        request_max_body_size=LONGEST_FORM,
    )
    app.asgi_handler = Ring(app.asgi_handler, secure=chosen.secure)
    return app


app = create_app()
gc.freeze()
gc.enable()
