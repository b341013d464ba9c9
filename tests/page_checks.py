"""A test browser that checks every page it opens: `PageClient`. The rules are in page_rules.py."""

from collections.abc import Mapping
from typing import Any, Self, cast
from urllib.parse import urlencode, urljoin

import httpx
from bs4 import BeautifulSoup, Tag
from litestar.types import ASGIApp
from lxml.html import HtmlElement, document_fromstring

from tests.page_forms import BOUNDARY, Filling, Submission, Upload, Value, multipart_body, press
from tests.page_rules import check_page, check_part, words_of

__all__ = ["PageClient", "Upload", "check_page", "check_part", "in_process", "text_of"]

HOME = "http://testserver"
AS_A_BROWSER = {"accept": "text/html", "sec-fetch-site": "same-origin"}
FORM = "application/x-www-form-urlencoded"


def text_of(tag: Tag) -> str:
    """What a tag says, with single spaces."""
    return " ".join(tag.get_text().split())


ADDRESSES = (f"10.{a}.{b}.{c}" for a in range(256) for b in range(256) for c in range(1, 255))


def in_process(app: ASGIApp) -> httpx.ASGITransport:
    """The app without a network; each browser has an address of its own."""
    return httpx.ASGITransport(cast(Any, app), client=(next(ADDRESSES), 50_000))


class PageClient:
    """One person's browser: keeps cookies and the page it is on, and states what it expects."""

    def __init__(self, app: ASGIApp, base_url: str = HOME) -> None:
        self._http = httpx.AsyncClient(
            transport=in_process(app), base_url=base_url, headers=AS_A_BROWSER
        )
        self._origin = {"origin": base_url}
        self._answer: httpx.Response | None = None
        self._page: httpx.Response | None = None
        self._tree: HtmlElement | None = None
        self._soup: BeautifulSoup | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *why: object) -> None:
        await self._http.aclose()

    async def get(
        self, path: str, status: int = 200, headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        """Open an address."""
        return self._checked(await self._http.get(path, headers=headers), status)

    async def post(
        self,
        path: str,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        status: int = 303,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """Send what no form may offer. To press a button of the page, use `submit`."""
        sent = {**self._origin, **(headers or {})}
        answer = await self._http.post(path, data=data, files=files, headers=sent)
        return self._checked(answer, status)

    async def follow(
        self, answer: httpx.Response | None = None, status: int = 200
    ) -> httpx.Response:
        """Go where a redirect leads: the given answer's, or the last one's."""
        redirect = answer or self._answer
        assert redirect is not None, "Nothing was opened yet."
        place = redirect.headers.get("location", "")
        assert place, f"{redirect.url.path} leads nowhere: it answered {redirect.status_code}."
        return await self.get(urljoin(str(redirect.url), place), status)

    async def submit(
        self,
        form: str,
        changes: Mapping[str, Value] | None = None,
        *,
        files: Mapping[str, Upload | list[Upload]] | None = None,
        button: str = "",
        status: int = 303,
    ) -> httpx.Response:
        """Fill the form of the page that a selector finds, and press its (first) button.

        A change is a text, a list for several ticked boxes, or None to untick or leave out.
        """
        sent = press(self.tree, form, Filling(changes or {}, files or {}, button))
        target = urljoin(str(self.page.url), sent.action)
        if sent.method == "get":
            return await self.get(f"{target.partition('?')[0]}?{_encoded(sent)}", status)
        body = multipart_body(sent.pairs) if sent.multipart else _encoded(sent).encode()
        kind = f"multipart/form-data; boundary={BOUNDARY}" if sent.multipart else FORM
        headers = {**self._origin, "content-type": kind}
        answer = await self._http.post(target, content=body, headers=headers)
        return self._checked(answer, status)

    @property
    def page(self) -> httpx.Response:
        """The last page that was shown; a redirect or a file does not replace it."""
        assert self._page is not None, "No page was opened yet."
        return self._page

    @property
    def tree(self) -> HtmlElement:
        """The last page, for forms and words: reading it as `soup` takes thirty times as long."""
        assert self._tree is not None, "No page was opened yet."
        return self._tree

    @property
    def soup(self) -> BeautifulSoup:
        """The last page, to look things up in."""
        if self._soup is None:
            self._soup = BeautifulSoup(self.page.text, "html.parser")
        return self._soup

    @property
    def text(self) -> str:
        """The last page as it was sent."""
        return self.page.text

    @property
    def words(self) -> str:
        """What the last page says."""
        return words_of(self.tree)

    def one(self, selector: str) -> Tag:
        """The first element of the last page that a selector finds; there must be one."""
        found = self.soup.select_one(selector)
        assert found is not None, f"Nothing on the page is {selector!r}."
        return found

    def error_at(self, field: str) -> str:
        """What the last page says beside a field."""
        beside = self.tree.get_element_by_id(f"{field}-error", None)
        assert beside is not None, f"The page says nothing beside {field!r}."
        said: str = beside.text_content()
        return said

    def cookie(self, name: str) -> str:
        """A cookie's value, which must be there."""
        value = self._http.cookies.get(name)
        assert value is not None, f"There is no cookie {name!r}, but {list(self._http.cookies)}."
        return value

    def set_cookie(self, name: str, value: str) -> None:
        """Plant a cookie, as an attacker or an older version might."""
        host = self._http.base_url.host
        domain = host if "." in host else f"{host}.local"  # as Python's own cookie jar has it
        self._http.cookies.set(name, value, domain=domain, path="/")

    def forget_cookies(self) -> None:
        """Become somebody else's browser."""
        self._http.cookies.clear()

    def _checked(self, answer: httpx.Response, status: int) -> httpx.Response:
        self._answer = answer
        assert answer.status_code == status, _instead(answer, status)
        if _is_html(answer) and answer.text:
            self._check_html(answer)
        return answer

    def _check_html(self, answer: httpx.Response) -> None:
        if "hx-request" in answer.request.headers:
            check_part(answer.text)
            return
        self._tree = check_page(answer.text, status=answer.status_code)
        self._page, self._soup = answer, None


def _is_html(answer: httpx.Response) -> bool:
    kind: str = answer.headers.get("content-type", "")
    return kind.startswith("text/html")


def _instead(answer: httpx.Response, status: int) -> str:
    """What came instead of the status a test expects, with the words of the page."""
    said = words_of(document_fromstring(answer.text)) if _is_html(answer) else ""
    what = f"{answer.request.method} {answer.url.path} answered {answer.status_code}"
    return f"{what}, not {status}. {said[:400]}"


def _encoded(sent: Submission) -> str:
    """Without multipart, a browser sends of a file its name alone."""
    return urlencode([(n, v if isinstance(v, str) else v[0]) for n, v in sent.pairs])
