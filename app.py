"""The sitemap: every route, and what stands around them. Read the product from here inward."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from litestar import Litestar
from litestar.config.compression import CompressionConfig
from litestar.datastructures import State
from litestar.di import Provide
from litestar.logging import LoggingConfig

from gatherings.people import sign_in_pages
from web import answers
from web.crowds import Ceiling
from web.database import close_database, open_database
from web.headers import Ring
from web.origin import OwnForms
from web.pages import Pages
from web.schema import migrate
from web.settings import Settings, settings
from web.static_files import StaticFiles

LONGEST_FORM = 1_000_000

ROUTES = [
    *sign_in_pages.routes,
]


@asynccontextmanager
async def running(app: Litestar) -> AsyncIterator[None]:
    """Open the database and bring it up to date; close it at the end."""
    await open_database()
    await migrate()
    try:
        yield
    finally:
        await close_database()


def create_app(chosen: Settings | None = None) -> Litestar:
    """The whole product as one ASGI app."""
    chosen = chosen or settings()
    static = StaticFiles()
    app = Litestar(
        route_handlers=[*ROUTES, static.handler],
        lifespan=[running],
        state=State({"pages": Pages(chosen, static), "settings": chosen}),
        before_request=sign_in_pages.find_viewer,
        dependencies={"viewer": Provide(sign_in_pages.viewer_of, sync_to_thread=False)},
        middleware=[Ceiling(), OwnForms()],
        exception_handlers=answers.handlers,
        compression_config=CompressionConfig(
            backend="gzip", exclude=["/static/", "/changes$", "/pictures/"]
        ),
        logging_config=LoggingConfig(
            root={"level": logging.getLevelName(logging.INFO), "handlers": ["console"]},
            formatters={"standard": {"format": "%(message)s"}},
            log_exceptions="never",
        ),
        openapi_config=None,
        request_max_body_size=LONGEST_FORM,
    )
    app.asgi_handler = Ring(app.asgi_handler, secure=chosen.secure)
    return app


app = create_app()
