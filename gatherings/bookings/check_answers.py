"""What "Check your answers" says about a party, in plain words."""

from collections.abc import Sequence
from dataclasses import dataclass

from gatherings.access.catalogue import catalogue
from gatherings.bookings.answers import ME, Answers
from gatherings.bookings.day_forms import of_each, once
from gatherings.bookings.extra_questions import Question
from gatherings.bookings.journey import GROUP_STEP, heading_of_need, step_of
from gatherings.bookings.someone import Someone
from gatherings.bookings.uses import lines_of

Row = tuple[str, str | list[str], str, str]

FOR_WHOM_WORDS = {
    "me": "For me",
    "us": "For me and others",
    "other": "For somebody else",
}
SUPPORTER_WORDS = {"no": "No", "yes": "Yes", "maybe": "Not sure yet. We keep a place for them"}
ROLE_WORDS = {
    "attending": "Takes part",
    "supporting": "Supporter",
    "maybe": "Supporter, not sure yet. We keep a place for them",
}
WAY_WORDS = {
    "email": "By e-mail",
    "phone": "By phone",
    "text": "By text message",
    "post": "By post",
    "supporter": "Through my supporter",
}
HELP_WORDS = {
    "no": "No, nothing",
    "yes": "Yes",
    "ask": "Please ask me",
    "talk": "I would rather talk about it",
}
OTHERS_HELP_WORDS = HELP_WORDS | {"ask": "Not sure. Please ask", "talk": "Please talk about it"}
CONSENT_WORDS = {
    "yes": "Yes, you may keep what I told you about access needs",
    "no": "No. Keep none of it, and get in touch with me instead",
}
FIRST_WORDS = {"yes": "Yes", "no": "No", "unknown": ""}
NOTHING_TICKED = "Nothing ticked"


@dataclass(frozen=True)
class Section:
    """Answers under one heading; the first has none, and a party of one has only that."""

    heading: str
    rows: list[Row]


def sections(answers: Answers, base: str, questions: Sequence[Question]) -> list[Section]:
    """Each answer with the address that changes it, first of the party, then of each person."""
    party = _party_rows(answers, base)
    end = _end_rows(answers, base, questions)
    coming = answers.coming()
    if len(coming) == 1 and answers.for_whom == "me":
        return [Section("", party + _person_rows(answers, coming[0], base, questions) + end)]
    each = [
        Section(_heading(answers, one), _person_rows(answers, one, base, questions))
        for one in coming
    ]
    return [Section("", party), *each, *([Section("Everybody", end)] if end else [])]


def _heading(answers: Answers, person: Someone) -> str:
    called = answers.called(person) or answers.name
    return called[:1].upper() + called[1:]


def _party_rows(answers: Answers, base: str) -> list[Row]:
    who = _change(base, "who")
    found: list[Row] = [
        ("Who are you booking for?", FOR_WHOM_WORDS[answers.for_whom], who, "for whom you book"),
        ("Your full name", answers.name, who, "your full name"),
    ]
    if answers.for_whom == "me":
        found.append(_supporter_row(answers, base))
    if answers.for_whom == "other":
        found.append(("Who you are to them", answers.asker_is, who, "who you are to them"))
    if answers.for_whom != "me":
        people = [_person_line(answers, one) for one in answers.coming()]
        found.append(("Who is coming?", people, _change(base, "people"), "who is coming"))
    reach = _change(base, "reach")
    words = answers.detail.splitlines()
    return [*found, (WAY_WORDS[answers.way], words, reach, "how we reach you")]


def _person_line(answers: Answers, person: Someone) -> str:
    name = answers.name if person.key == ME else person.name or "Somebody, no name given"
    return f"{name}: {ROLE_WORDS[person.choice].partition('.')[0].lower()}"


def _supporter_row(answers: Answers, base: str) -> Row:
    lines = [SUPPORTER_WORDS[answers.supporter]]
    if answers.supporter != "no":
        lines.append(answers.supporter_name or "Name not provided")
    return ("Is a supporter coming?", lines, _change(base, "who"), "whether a supporter is coming")


def _person_rows(
    answers: Answers, person: Someone, base: str, questions: Sequence[Question]
) -> list[Row]:
    mine = person.key == ME
    asks = "Will they need anything?" if person.supporting else "Would anything help?"
    words = HELP_WORDS if mine else OTHERS_HELP_WORDS
    about = "" if mine else f" for {answers.called(person)}"
    change = _change(base, step_of(person.key, "help"))
    found: list[Row] = [(asks, words[person.help], change, f"what would help{about}")]
    if person.help == "yes":
        found += _need_rows(person, base, about)
    return found + _day_rows(person, base, of_each(questions), about)


def _need_rows(person: Someone, base: str, about: str) -> list[Row]:
    groups = catalogue().groups
    labels = [groups[group].label for group in person.groups]
    change = _change(base, step_of(person.key, "needs"))
    found: list[Row] = [("What would help", labels, change, f"what would help most{about}")]
    for group in person.groups:
        found.append(_group_row(person, group, base, about))
    if person.needs():
        found.append(_must_row(person, base, about))
    return found


def _group_row(person: Someone, group: str, base: str, about: str) -> Row:
    label = catalogue().groups[group].label
    lines = [catalogue().need(code).label for code in person.ticked.get(group, [])]
    lines += [words] if (words := person.words.get(group, "")) else []
    if lines and person.arrives and catalogue().asks_time(group):
        lines.append(f"Arrives about {person.arrives}")
    change = _change(base, step_of(person.key, GROUP_STEP + group))
    return (label, lines or NOTHING_TICKED, change, f"“{label}”{about}")


def _must_row(person: Someone, base: str, about: str) -> Row:
    needs = person.needs()
    must = [heading_of_need(key) for key, need in needs.items() if need.strength == "must"]
    return (
        "Cannot come without",
        must or "Can come without these, but they would help",
        _change(base, step_of(person.key, "matters")),
        f"what matters most{about}",
    )


def _day_rows(person: Someone, base: str, questions: list[Question], about: str) -> list[Row]:
    change = _change(base, "day")
    uses = lines_of(person)
    found: list[Row] = [("May we use photographs, names and quotes?", uses, change, "this" + about)]
    if person.badge:
        found.append(("Name on the badge", person.badge, change, f"the badge{about}"))
    if first := FIRST_WORDS[person.first_time]:
        found.append(("First gathering?", first, change, f"whether it is the first one{about}"))
    return found + [_extra_row(one, person.extra, change, about) for one in questions]


def _extra_row(question: Question, kept: dict[str, list[str]], change: str, about: str) -> Row:
    lines = [line for words in kept.get(str(question.id), []) for line in words.splitlines()]
    return (question.asks, lines, change, f"“{question.asks}”{about}")


def _end_rows(answers: Answers, base: str, questions: Sequence[Question]) -> list[Row]:
    change = _change(base, "day")
    found = [_extra_row(one, answers.extra, change, "") for one in once(questions)]
    if answers.asks_consent():
        words, consent = CONSENT_WORDS[answers.consent], _change(base, "consent")
        found.append(("May we keep this?", words, consent, "whether we may keep this"))
    return found


def _change(base: str, step: str) -> str:
    return f"{base}/{step}?change=yes"
