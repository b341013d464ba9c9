"""What every page must be, whatever it shows. The test browser holds each page to it."""

import re
from collections import Counter
from collections.abc import Callable, Iterator

from lxml.html import HtmlElement, document_fromstring, fragment_fromstring, tostring

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
CONTROLS = ("input", "select", "textarea", "button")
NEED_NO_LABEL = ("hidden", "submit", "button", "reset", "image")
REFERENCES = ("aria-describedby", "aria-labelledby", "aria-controls", "for", "form", "list")
UNSEEN = ("script", "style", "template")
FOR_PROGRAMS = re.compile(r"\{\{|\{%|^\s*None\s*$")
NOTHING_THERE = re.compile(r"(^|/)None(/|$)")


class Opened:
    """A page or a part, read once for all rules: its tags in order, and its ids."""

    def __init__(self, tree: HtmlElement, *, whole: bool) -> None:
        self.whole = whole
        # A comment has a function for its name.
        self.tags: list[HtmlElement] = [tag for tag in tree.iter() if isinstance(tag.tag, str)]
        self.texts = list(_texts(tree))
        self.ids = [tag.attrib["id"] for tag in self.tags if "id" in tag.attrib]

    def named(self, *names: str) -> list[HtmlElement]:
        """Every tag with one of these names."""
        return [tag for tag in self.tags if tag.tag in names]

    def has_class(self, name: str) -> bool:
        """Whether some tag has this class."""
        return any(name in tag.get("class", "").split() for tag in self.tags)


Rule = Callable[[Opened], Iterator[str]]


def check_page(html: str, *, status: int) -> HtmlElement:
    """The page, read. Raise AssertionError with a plain sentence for each fault of it."""
    tree = document_fromstring(html)
    page = Opened(tree, whole=True)
    faults = [fault for rule in (*OF_A_PAGE, *OF_A_PART) for fault in rule(page)]
    if status == 200 and page.has_class("problem"):
        faults.append("A page with an error summary answered 200. It should answer 422.")
    assert not faults, "\n".join(faults)
    return tree


def check_part(html: str) -> None:
    """The same for a part of a page, which a script puts into a page that is there."""
    page = Opened(fragment_fromstring(html, create_parent="part"), whole=False)
    faults = [fault for rule in OF_A_PART for fault in rule(page)]
    assert not faults, "\n".join(faults)


def one_heading_and_its_title(page: Opened) -> Iterator[str]:
    headings = page.named("h1")
    if len(headings) != 1:
        yield f"The page has {len(headings)} h1 headings. It needs exactly one."
        return
    title = "".join(words_of(tag) for tag in page.named("title")[:1])
    wanted = ("Error: " if page.has_class("problem") else "") + words_of(headings[0])
    if not title.startswith(wanted):
        yield f"The title is {title!r}. It should begin with {wanted!r}."
    if not words_of(headings[0]):
        yield "The h1 heading is empty."


def language(page: Opened) -> Iterator[str]:
    if not any(tag.get("lang") for tag in page.named("html")):
        yield "The html tag does not say its language."


def references(page: Opened) -> Iterator[str]:
    known = set(page.ids)
    for tag in page.tags:
        for name in REFERENCES:
            for target in tag.get(name, "").split():
                if target not in known:
                    yield f"{_short(tag)} refers to #{target}, which is not on the page."
    for link in page.named("a"):
        href = link.get("href", "")
        if href.startswith("#") and href[1:] not in known:
            yield f"{_short(link)} leads nowhere on the page."


def ids(page: Opened) -> Iterator[str]:
    for name, times in Counter(page.ids).items():
        if times > 1:
            yield f"The id {name!r} is used {times} times."
        if not name or " " in name:
            yield f"The id {name!r} is empty or has a space in it."


def heading_levels(page: Opened) -> Iterator[str]:
    # An error summary with its h2 may stand before the h1; a part goes below headings of its page.
    before = 1 if page.whole else 6
    for heading in page.named(*HEADINGS):
        level = int(heading.tag[1])
        if level > before + 1:
            yield f"{_short(heading)} follows a heading of level {before}. A level is left out."
        before = level


def labels(page: Opened) -> Iterator[str]:
    labelled = {tag.get("for") for tag in page.named("label") if words_of(tag)}
    for control in page.named("input", "select", "textarea"):
        if control.get("type") in NEED_NO_LABEL:
            continue
        wrapped = any(True for _ in control.iterancestors("label"))
        if not (control.get("id") in labelled or wrapped or _named(control)):
            yield f"{_short(control)} has no label."
    for button in page.named("button"):
        if not (words_of(button) or any(_named(tag) for tag in button.iter())):
            yield f"{_short(button)} has no words on it."


def forms(page: Opened) -> Iterator[str]:
    for form in page.named("form"):
        if form.get("method", "").lower() not in ("get", "post") or not form.get("action"):
            yield f"{_short(form)} needs an action and a method."
        controls = list(form.iter(*CONTROLS))
        for control in controls:
            if control.get("type") != "hidden" and not control.get("id"):
                yield f"{_short(control)} is in a form and has no id."
        takes_files = any(control.get("type") == "file" for control in controls)
        if takes_files and form.get("enctype") != "multipart/form-data":
            yield f"{_short(form)} takes files, so its enctype must be multipart/form-data."


def nothing_inline(page: Opened) -> Iterator[str]:
    for tag in page.tags:
        for name in tag.attrib:
            if name == "style" or name.startswith(("on", "hx-on")):
                yield f"{_short(tag)} has the attribute {name}. The browser will refuse it."
        if tag.tag == "style" or (tag.tag == "script" and not tag.get("src")):
            yield f"{_short(tag)} is inline. The browser will refuse it."


def links_and_pictures(page: Opened) -> Iterator[str]:
    for link in page.named("a"):
        if not link.get("href") or link.get("href").lower().startswith("javascript:"):
            yield f"{_short(link)} is a link that leads nowhere."
    for picture in page.named("img"):
        if "alt" not in picture.attrib:
            yield f"{_short(picture)} has no alt attribute."


def leaks(page: Opened) -> Iterator[str]:
    for text in page.texts:
        if FOR_PROGRAMS.search(text):
            yield f"The page says {text.strip()!r}, which is for programs and not for people."
    for tag in page.tags:
        for name in ("href", "src", "action", "value", "alt", "content"):
            if NOTHING_THERE.search(tag.get(name, "")):
                yield f"{_short(tag)} has the {name} of something that is not there."


OF_A_PAGE: tuple[Rule, ...] = (one_heading_and_its_title, language, references)
OF_A_PART: tuple[Rule, ...] = (
    ids,
    heading_levels,
    labels,
    forms,
    nothing_inline,
    links_and_pictures,
    leaks,
)


def words_of(tag: HtmlElement) -> str:
    """What a tag says, with single spaces."""
    return " ".join(tag.text_content().split())


def _texts(tree: HtmlElement) -> Iterator[str]:
    """Every text that people may see, as it stands between two tags."""
    for tag in tree.iter():
        if isinstance(tag.tag, str) and tag.tag not in UNSEEN:
            yield tag.text or ""
        parent = tag.getparent()
        if parent is not None and parent.tag not in UNSEEN:
            yield tag.tail or ""


def _named(tag: HtmlElement) -> bool:
    return bool(tag.get("aria-label") or tag.get("aria-labelledby"))


def _short(tag: HtmlElement) -> str:
    """The opening tag and the first words, to find the place by."""
    opening = tostring(tag, encoding="unicode").partition(">")[0] + ">"
    return " ".join(f"{opening[:100]} {words_of(tag)[:40]}".split())
