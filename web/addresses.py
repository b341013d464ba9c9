"""Parts of an address that no row can have: asking a database for them would be an error."""

from web.pages import WebRequest
from web.problems import NotFound

LARGEST = 2**31 - 1  # of an INTEGER column on PostgreSQL


def must_name_something(request: WebRequest) -> None:
    """NotFound for a number larger than any column holds, and for a zero byte."""
    for part in request.path_params.values():
        too_large = isinstance(part, int) and abs(part) > LARGEST
        if too_large or "\0" in str(part):
            raise NotFound
