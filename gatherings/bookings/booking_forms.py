"""The forms of the booking pages: who comes, how to reach them, and may we keep it."""

from collections.abc import Callable

from gatherings.access.catalogue import catalogue
from gatherings.access.consent import EASY, PLAIN
from gatherings.bookings.answers import SUPPORTER_ANSWERS
from gatherings.bookings.day_forms import DAY_FORM
from gatherings.bookings.journey import GROUP_STEP, split_step
from gatherings.bookings.need_forms import NEED_FORMS
from gatherings.bookings.people_forms import PEOPLE_FORM
from gatherings.bookings.step_forms import LONGEST_NAME, Asking, StepForm, Values
from gatherings.bookings.tables import FOR_WHOM, WAYS
from web.forms import Form

LONGEST_ADDRESS, LONGEST_ASKER, LONGEST_HELPED_BY = 500, 120, 120
FEWEST_DIGITS, MOST_DIGITS = 5, 20


def form_of(step: str) -> StepForm | None:
    """The form of a step; None for an address that is not a page."""
    key, page = split_step(step)
    if page.startswith(GROUP_STEP):
        known = page.removeprefix(GROUP_STEP) in catalogue().groups
        return NEED_FORMS["group"] if known and key else None
    if page in ("help", "needs", "matters"):
        return NEED_FORMS[page] if key else None
    return FORMS.get(step)


def _who_values(asking: Asking) -> Values:
    answers = asking.answers
    fields = ("for_whom", "name", "asker_is", "supporter", "supporter_name")
    return {field: getattr(answers, field) for field in fields}


def _read_who(form: Form, asking: Asking) -> Values:
    """What the first page asks depends on its first answer; the rest is kept as it was typed."""
    for_whom = form.choice("for_whom", "who you are booking for", FOR_WHOM)
    found = {
        "for_whom": for_whom,
        "name": form.line("name", "your full name", most=LONGEST_NAME),
        "asker_is": form.line(
            "asker_is", "who you are to them", most=LONGEST_ASKER, optional=for_whom != "other"
        ),
        "supporter_name": form.line(
            "supporter_name", "your supporter’s name", most=LONGEST_NAME, optional=True
        ),
    }
    if for_whom == "me":
        label = "whether a supporter is coming"
        found["supporter"] = form.choice("supporter", label, SUPPORTER_ANSWERS)
    return found


def _reach_values(asking: Asking) -> Values:
    answers = asking.answers
    return {"way": answers.way, f"detail-{answers.way}": answers.detail}


def _read_reach(form: Form, asking: Asking) -> Values:
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


def _consent_values(asking: Asking) -> Values:
    answers = asking.answers
    return {
        "consent": answers.consent,
        "variant": answers.variant,
        "helped_by": answers.helped_by,
    }


def _read_consent(form: Form, asking: Asking) -> Values:
    """To which words they answered counts as much as the answer."""
    return {
        "consent": form.choice("consent", "yes or no", ("yes", "no")),
        "variant": EASY if form.typed("variant") == EASY else PLAIN,
        "helped_by": form.line(
            "helped_by", "who helped them to decide", most=LONGEST_HELPED_BY, optional=True
        ),
    }


FORMS = {
    "who": StepForm("booking/who.html", _who_values, _read_who),
    "people": PEOPLE_FORM,
    "reach": StepForm("booking/reach.html", _reach_values, _read_reach),
    "consent": StepForm("booking/consent.html", _consent_values, _read_consent),
    "day": DAY_FORM,
}
