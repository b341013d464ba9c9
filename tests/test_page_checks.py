"""The test browser itself: each rule notices a breach, and forms are sent as browsers do."""

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from litestar import Litestar, MediaType, Request, Response, get, post
from litestar.response import Redirect

from tests.page_checks import PageClient, check_page, check_part

GOOD = """<!doctype html>
<html lang="en-GB">
<head><title>Book a place - Gatherings</title><script src="/static/page.js" defer></script></head>
<body>
<a href="#main">Skip to the main part</a>
<main id="main"><h1>Book a place</h1>
<form method="post" action="/book" id="book" enctype="multipart/form-data">
<input type="hidden" name="stage" value="one">
<label for="name">Your name</label>
<p id="name-hint">First names are fine.</p>
<input id="name" name="name" value="Cal" aria-describedby="name-hint">
<label for="about">About you</label>
<textarea id="about" name="about">
two
lines</textarea>
<label for="way">How to reach you</label>
<select id="way" name="way"><option>post</option><option value="tel">phone</option></select>
<input type="checkbox" id="needs-1" name="needs" value="loop" checked>
<label for="needs-1">Hearing loop</label>
<input type="checkbox" id="needs-2" name="needs" value="ramp">
<label for="needs-2">Ramp</label>
<input type="radio" id="pay-1" name="pay" value="now" aria-label="Pay now">
<input type="radio" id="pay-2" name="pay" value="then" aria-label="Pay then">
<label>A picture <input type="file" id="picture" name="picture"></label>
<button id="go">Book</button>
<button id="draft" name="keep" value="draft" formaction="/draft">Keep for later</button>
</form>
<form method="get" action="/find?old=1" id="find">
<input id="words" name="words" aria-label="Search"><button id="search">Search</button>
</form>
<h2>Where</h2><h3>By train</h3><h2>When</h2>
<img src="/static/map.svg" alt=""></main>
</body></html>"""


def test_a_good_page_passes() -> None:
    check_page(GOOD, status=200)


BREACHES = [
    ("<h1>Book a place</h1>", "<h2>Book a place</h2>", "The page has 0 h1 headings"),
    ("<h2>When", "<h1>When", "The page has 2 h1 headings"),
    ("<title>Book", "<title>Look", "It should begin with 'Book a place'"),
    ("<title>", "<title>Error: ", "It should begin with 'Book a place'"),
    ("<h1>Book a place</h1>", "<h1> </h1>", "The h1 heading is empty"),
    (' lang="en-GB"', "", "does not say its language"),
    ('id="needs-2"', 'id="needs-1"', "The id 'needs-1' is used 2 times"),
    ('id="needs-2"', 'id="needs 2"', "is empty or has a space"),
    ('<label for="name">Your name</label>', "", "has no label"),
    ('for="name">Your name<', 'for="name"><', "has no label"),
    ('aria-label="Pay now"', "", "has no label"),
    (">Book</button>", "></button>", "has no words on it"),
    ('id="name-hint"', 'id="hint"', "refers to #name-hint, which is not on the page"),
    ('for="about"', 'for="abouts"', "refers to #abouts"),
    ('href="#main"', 'href="#top"', "leads nowhere on the page"),
    (' action="/book"', "", "needs an action and a method"),
    ('method="post" ', "", "needs an action and a method"),
    (' enctype="multipart/form-data"', "", "takes files"),
    ('id="go"', "", "is in a form and has no id"),
    ('<main id="main">', '<main id="main" style="color: red">', "has the attribute style"),
    ("<h2>When", '<h2 onclick="go()">When', "has the attribute onclick"),
    ("<h2>When", '<h2 hx-on:click="go()">When', "has the attribute hx-on:click"),
    ("</head>", "<style>p { color: red }</style></head>", "is inline"),
    ("</head>", "<script>go()</script></head>", "is inline"),
    ("<h3>By train</h3>", "<h4>By train</h4>", "A level is left out"),
    ('<a href="#main">', "<a>", "is a link that leads nowhere"),
    ('<a href="#main">', '<a href="javascript:go()">', "is a link that leads nowhere"),
    (' alt=""', "", "has no alt attribute"),
    ("First names are fine.", " None ", "The page says 'None'"),
    ("First names are fine.", "{{ hint }}", "The page says '{{ hint }}'"),
    ("First names are fine.", "{% if hint %}", "The page says '{% if hint %}'"),
    ('value="Cal"', 'value="None"', "has the value of something that is not there"),
    ('action="/find', 'action="/g/None/find', "has the action of something that is not there"),
]


@pytest.mark.parametrize(("good", "bad", "sentence"), BREACHES)
def test_a_breach_is_told(good: str, bad: str, sentence: str) -> None:
    assert good in GOOD
    with pytest.raises(AssertionError, match=re.escape(sentence)):
        check_page(GOOD.replace(good, bad, 1), status=200)


def test_a_page_with_an_error_summary_says_so_in_its_title_and_status() -> None:
    summary = '<div class="problem"><h2>There is a problem</h2></div><h1>'
    wrong = GOOD.replace("<h1>", summary)
    right = wrong.replace("<title>", "<title>Error: ")
    check_page(right, status=422)
    with pytest.raises(AssertionError, match="It should begin with 'Error: Book a place'"):
        check_page(wrong, status=422)
    with pytest.raises(AssertionError, match="It should answer 422"):
        check_page(right, status=200)


def test_words_that_only_hold_none_pass() -> None:
    check_page(
        GOOD.replace("Ramp", "None of these").replace("</main>", "<!-- None --></main>"), status=200
    )


def test_a_part_needs_no_heading_but_is_checked() -> None:
    check_part('<td id="spot-1" hx-swap-oob="outerMorph">Buses</td>')
    with pytest.raises(AssertionError, match="has no alt attribute"):
        check_part('<td id="spot-1"><img src="/a.png"></td>')


@get("/")
async def good_page() -> Response[str]:
    return Response(GOOD, media_type=MediaType.HTML)


@get("/bad")
async def bad_page() -> Response[str]:
    return Response("<p>Not a page</p>", media_type=MediaType.HTML)


@get("/find")
async def find(request: Request[Any, Any, Any]) -> Response[str]:
    return Response(request.url.query)


@post(["/book", "/draft"], status_code=200)
async def echo(request: Request[Any, Any, Any]) -> Response[str]:
    form = await request.form()
    pairs = [f"{name}={getattr(value, 'filename', value)!r}" for name, value in form.multi_items()]
    ours = f"{request.headers.get('sec-fetch-site')} {request.headers.get('origin')}"
    return Response("\n".join([request.url.path, ours, *sorted(pairs)]))


@get("/old")
async def old() -> Redirect:
    return Redirect("/", status_code=303, cookies={"seen": "yes"})


@pytest.fixture
async def browser() -> AsyncIterator[PageClient]:
    app = Litestar([good_page, bad_page, find, echo, old], openapi_config=None)
    async with PageClient(app) as browser:
        yield browser


async def test_every_page_that_is_opened_is_checked(browser: PageClient) -> None:
    await browser.get("/")
    with pytest.raises(AssertionError, match="0 h1 headings"):
        await browser.get("/bad")
    with pytest.raises(AssertionError, match="GET /old answered 303, not 200"):
        await browser.get("/old")


async def test_a_redirect_is_followed_when_asked_and_cookies_are_kept(browser: PageClient) -> None:
    await browser.follow(await browser.get("/old", status=303))
    assert browser.page.url.path == "/"
    assert browser.words.startswith("Book a place")
    assert browser.cookie("seen") == "yes"
    with pytest.raises(AssertionError, match="leads nowhere"):
        await browser.follow()


async def test_a_form_is_sent_with_what_stands_in_it(browser: PageClient) -> None:
    await browser.get("/")
    answer = await browser.submit("#book", status=200)
    assert answer.text.splitlines() == [
        "/book",
        "same-origin http://testserver",
        "about='two\\r\\nlines'",
        "name='Cal'",
        "needs='loop'",
        "picture=''",
        "stage='one'",
        "way='post'",
    ]


async def test_a_form_is_sent_with_what_a_person_changes(browser: PageClient) -> None:
    await browser.get("/")
    answer = await browser.submit(
        "#book",
        {"name": "Dee 🌻", "about": None, "way": "tel", "needs": ["loop", "ramp"], "pay": "then"},
        files={"picture": ("sheet.png", b"\x89PNG", "image/png")},
        button="draft",
        status=200,
    )
    assert answer.text.splitlines() == [
        "/draft",
        "same-origin http://testserver",
        "keep='draft'",
        "name='Dee 🌻'",
        "needs='loop'",
        "needs='ramp'",
        "pay='then'",
        "picture='sheet.png'",
        "stage='one'",
        "way='tel'",
    ]


async def test_a_search_goes_into_the_address(browser: PageClient) -> None:
    await browser.get("/")
    answer = await browser.submit("#find", {"words": "Spring & co"}, status=200)
    assert answer.text == "words=Spring+%26+co"


@pytest.mark.parametrize(
    ("form", "changes", "button", "sentence"),
    [
        ("#cancel", {}, "", "There is no '#cancel' on the page"),
        ("#name", {}, "", "'#name' is not a form"),
        ("#book", {"nam": "Cal"}, "", "The form has no field 'nam'"),
        ("#book", {"way": "pigeon"}, "", "'way' does not offer 'pigeon'"),
        ("#book", {"needs": ["loop", "lift"]}, "", "'needs' does not offer 'lift'"),
        ("#book", {"name": ["Cal", "Dee"]}, "", "name takes one text"),
        ("#book", {}, "cancel", "The form has no button 'cancel'"),
    ],
)
async def test_only_what_is_on_the_page_can_be_pressed(
    browser: PageClient,
    form: str,
    changes: dict[str, str | list[str] | None],
    button: str,
    sentence: str,
) -> None:
    await browser.get("/")
    with pytest.raises(AssertionError, match=re.escape(sentence)):
        await browser.submit(form, changes, button=button)
