"""The cookie that opens a booking's own page on one phone or computer."""

from litestar import Response

from web.cookies import cookie_key, give_cookie
from web.pages import WebRequest

SECONDS = 30 * 24 * 60 * 60


def give_booking_cookie(
    request: WebRequest, answer: Response[object], reference: str, secret: str
) -> None:
    """Open the booking's page on this device for a month; "" for the secret closes it."""
    give_cookie(request, answer, f"booking-{reference}", secret, SECONDS if secret else 0)


def booking_secret(request: WebRequest, reference: str) -> str:
    """The secret that this device has for the booking, or an empty string."""
    return cookie_key(request, f"booking-{reference}")
