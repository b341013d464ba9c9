"""The forms of the booking pages: what each shows, and how what was typed is read and checked."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gatherings.access.catalogue import catalogue
from gatherings.bookings.journey import (
    GROUP_STEP,
    HELP_CHOICES,
    SUPPORTER_ANSWERS,
    Answers,
    heading_of_need,
)
from gatherings.bookings.tables import WAYS
from web.forms import Form

LONGEST_NAME, LONGEST_ADDRESS, LONGEST_WORDS = 200, 500, 1000
FEWEST_DIGITS, MOST_DIGITS = 5, 20
NOTHING_HERE = "none"

Values = dict[str, Any]


@dataclass(frozen=True)
class StepForm:
    """One page: its template, what to fill in, and how to read what comes back."""

    template: str
    values: Callable[[Answers, str], Values]
    read: Callable[[Form, Answers, str], Values]


def form_of(step: str) -> StepForm | None:
    """The form of a step; None for an address that is not a page."""
    if step.startswith(GROUP_STEP):
        known = step.removeprefix(GROUP_STEP) in catalogue().groups
        return FORMS["group"] if known else None
    return FORMS.get(step) if step != "group" else None


def group_in(step: str) -> str:
    """The group of needs that a page asks about."""
    return step.removeprefix(GROUP_STEP)


def _who_values(answers: Answers, step: str) -> Values:
    return {
        "name": answers.name,
        "supporter": answers.supporter,
        "supporter_name": answers.supporter_name,
    }


def _read_who(form: Form, answers: Answers, step: str) -> Values:
    return {
        "name": form.line("name", "the full name of the person who comes", most=LONGEST_NAME),
        "supporter": form.choice("supporter", "whether a supporter is coming", SUPPORTER_ANSWERS),
        "supporter_name": form.line(
            "supporter_name", "your supporter’s name", most=LONGEST_NAME, optional=True
        ),
    }


def _reach_values(answers: Answers, step: str) -> Values:
    return {"way": answers.way, f"detail-{answers.way}": answers.detail}


def _read_reach(form: Form, answers: Answers, step: str) -> Values:
    way = form.choice("way", "how we can reach you", WAYS)
    return {"way": way, "detail": DETAILS[way](form) if way else ""}


def _read_email(form: Form) -> str:
    typed = form.line("detail-email", "your e-mail address", most=254)
    before, _, after = typed.rpartition("@")
    if typed and not (before and after and " " not in typed):
        form.error(
            "detail-email", "Enter your e-mail address with an @ in it, such as name@example.org"
        )
    return typed


def _read_number(field: str, label: str) -> Callable[[Form], str]:
    def read(form: Form) -> str:
        typed = form.line(field, label, most=60)
        digits = sum(character.isdigit() for character in typed)
        if typed and not FEWEST_DIGITS <= digits <= MOST_DIGITS:
            form.error(field, f"Enter {label} in digits, such as 01632 960 001")
        return typed

    return read


def _read_post(form: Form) -> str:
    return form.text("detail-post", "your postal address", most=LONGEST_ADDRESS)


def _read_supporter(form: Form) -> str:
    label = "your supporter’s name and how to reach them"
    return form.text("detail-supporter", label, most=LONGEST_ADDRESS)


DETAILS: dict[str, Callable[[Form], str]] = {
    "email": _read_email,
    "phone": _read_number("detail-phone", "your phone number"),
    "text": _read_number("detail-text", "the number for text messages"),
    "post": _read_post,
    "supporter": _read_supporter,
}


def _help_values(answers: Answers, step: str) -> Values:
    return {"help": answers.help}


def _read_help(form: Form, answers: Answers, step: str) -> Values:
    return {"help": form.choice("help", "one of the answers", HELP_CHOICES)}


def _needs_values(answers: Answers, step: str) -> Values:
    return {"groups": answers.groups}


def _read_needs(form: Form, answers: Answers, step: str) -> Values:
    groups = form.some("groups", catalogue().groups)
    if not groups:
        form.error("groups", "Choose at least one. If you are not sure, choose “Something else”")
    return {"groups": groups}


def _group_values(answers: Answers, step: str) -> Values:
    group = group_in(step)
    return {"codes": answers.ticked.get(group, []), "words": answers.words.get(group, "")}


def _read_group(form: Form, answers: Answers, step: str) -> Values:
    group = group_in(step)
    codes = form.some("codes", [need.code for need in catalogue().in_group(group)])
    words = form.text("words", "what you wrote", most=LONGEST_WORDS, optional=True)
    return {"ticked": {group: codes}, "words": {group: words}}


def _matters_values(answers: Answers, step: str) -> Values:
    asked = set(answers.weighed) >= set(answers.needs())
    nothing = asked and not set(answers.must) & set(answers.needs())
    return {"must": [NOTHING_HERE] if nothing else answers.must}


def _read_matters(form: Form, answers: Answers, step: str) -> Values:
    keys = list(answers.needs())
    chosen = form.some("must", [*keys, NOTHING_HERE])
    if not chosen:
        form.error("must", "Choose what you cannot come without, or choose the last answer")
    elif NOTHING_HERE in chosen and len(chosen) > 1:
        form.error("must", "Choose what you cannot come without, or the last answer, but not both")
    return {"must": [key for key in chosen if key != NOTHING_HERE], "weighed": keys}


def _consent_values(answers: Answers, step: str) -> Values:
    return {"consent": answers.consent}


def _read_consent(form: Form, answers: Answers, step: str) -> Values:
    return {"consent": form.choice("consent", "yes or no", ("yes", "no"))}


FORMS = {
    "who": StepForm("booking/who.html", _who_values, _read_who),
    "reach": StepForm("booking/reach.html", _reach_values, _read_reach),
    "help": StepForm("booking/help.html", _help_values, _read_help),
    "needs": StepForm("booking/needs.html", _needs_values, _read_needs),
    "group": StepForm("booking/group.html", _group_values, _read_group),
    "matters": StepForm("booking/matters.html", _matters_values, _read_matters),
    "consent": StepForm("booking/consent.html", _consent_values, _read_consent),
}


def matters_options(answers: Answers) -> list[tuple[str, str]]:
    """What "What matters most" asks about, and the answer for "none of these"."""
    needs = [(key, heading_of_need(key)) for key in answers.needs()]
    return [*needs, (NOTHING_HERE, "I can come without these, but they would help")]
