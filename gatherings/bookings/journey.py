"""Which page of a booking comes next, and what has to be answered before it."""

from gatherings.access.catalogue import catalogue
from gatherings.bookings.answers import ME, Answers
from gatherings.bookings.someone import OWN_WORDS_KEY, Someone

FIRST, LAST, DAY = "who", "check", "day"
PERSON_STEP, GROUP_STEP = "person/", "need/"


def step_of(key: int, page: str) -> str:
    """The address of a page about one person; whoever writes has the short one."""
    return page if key == ME else f"{PERSON_STEP}{key}/{page}"


def split_step(step: str) -> tuple[int, str]:
    """Whose page it is, and which: "person/3/need/hear" gives 3 and "need/hear"."""
    if not step.startswith(PERSON_STEP):
        return ME, step
    number, _, page = step.removeprefix(PERSON_STEP).partition("/")
    return (int(number) if number.isascii() and number.isdecimal() else 0), page


def path(answers: Answers) -> list[str]:
    """The pages of this booking in their order."""
    steps = [FIRST, "people", "reach"] if answers.for_whom in ("us", "other") else [FIRST, "reach"]
    for person in answers.coming():
        steps += [step_of(person.key, page) for page in _pages_of(person)]
    if answers.asks_consent():
        steps.append("consent")
    return [*steps, DAY, LAST]


def _pages_of(person: Someone) -> list[str]:
    if person.help != "yes":
        return ["help"]
    pages = ["help", "needs", *(GROUP_STEP + group for group in person.groups)]
    return [*pages, "matters"] if person.needs() else pages


def is_done(step: str, answers: Answers) -> bool:
    """Whether the page has its answer."""
    key, page = split_step(step)
    if page in ("help", "needs", "matters") or page.startswith(GROUP_STEP):
        person = answers.person(key)
        return person is not None and _is_said(page, person)
    return {
        FIRST: _is_known_who(answers),
        "people": answers.all_named and any(not one.supporting for one in answers.coming()),
        "reach": bool(answers.way),
        "consent": bool(answers.consent),
        DAY: all(one.seen for one in answers.coming()),
    }.get(step, False)


def _is_known_who(answers: Answers) -> bool:
    second = {"me": answers.supporter, "us": "yes", "other": answers.asker_is}
    return bool(answers.name and second.get(answers.for_whom))


def _is_said(page: str, person: Someone) -> bool:
    if page.startswith(GROUP_STEP):
        return page.removeprefix(GROUP_STEP) in person.ticked
    return {
        "help": bool(person.help),
        "needs": bool(person.groups),
        "matters": set(person.needs()) <= set(person.weighed),
    }[page]


def first_missing(answers: Answers) -> str:
    """The first page without an answer; the last page when all have one."""
    return next(step for step in path(answers) if step == LAST or not is_done(step, answers))


def may_open(step: str, answers: Answers) -> bool:
    """Whether the pages before this one have their answers."""
    steps = path(answers)
    return step in steps and steps.index(step) <= steps.index(first_missing(answers))


def step_after(step: str, answers: Answers, *, changing: bool) -> str:
    """Where to go on to. Who changes one answer comes back to the last page."""
    steps = path(answers)
    if changing or step not in steps:
        return first_missing(answers)
    return steps[steps.index(step) + 1]


def step_before(step: str, answers: Answers, *, changing: bool) -> str:
    """Where "Back" leads; "" is the gathering's own page."""
    if changing:
        return LAST
    steps = path(answers)
    before = steps.index(step) - 1 if step in steps else -1
    return steps[before] if before >= 0 else ""


def heading_of_need(key: str) -> str:
    """What a need is called on "What matters most" and on "Check your answers"."""
    if key.startswith(OWN_WORDS_KEY):
        group = catalogue().groups[key.removeprefix(OWN_WORDS_KEY)]
        return f"What you wrote about “{group.label}”"
    return catalogue().need(key).label
