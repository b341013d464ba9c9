"""The forms about what would help: asked of each person, one after the other."""

from gatherings.access.arrival_forms import read_arrival
from gatherings.access.catalogue import catalogue
from gatherings.bookings.journey import heading_of_need
from gatherings.bookings.someone import Someone
from gatherings.bookings.step_forms import LONGEST_WORDS, Asking, StepForm, Values
from web.forms import Form

HELP_CHOICES, SUPPORTER_CHOICES = ("no", "yes", "ask", "talk"), ("no", "yes", "ask")
NOTHING_HERE = "none"


def _help_values(asking: Asking) -> Values:
    return {"help": asking.person.help}


def _read_help(form: Form, asking: Asking) -> Values:
    choices = SUPPORTER_CHOICES if asking.person.supporting else HELP_CHOICES
    return asking.about_person({"help": form.choice("help", "one of the answers", choices)})


def _needs_values(asking: Asking) -> Values:
    return {"groups": asking.person.groups}


def _read_needs(form: Form, asking: Asking) -> Values:
    groups = form.some("groups", catalogue().groups)
    if not groups:
        form.error("groups", "Choose at least one. If you are not sure, choose “Something else”")
    return asking.about_person({"groups": groups})


def _group_values(asking: Asking) -> Values:
    person, group = asking.person, asking.group
    return {
        "codes": person.ticked.get(group, []),
        "words": person.words.get(group, ""),
        "arrives": person.arrives,
    }


def _read_group(form: Form, asking: Asking) -> Values:
    group = asking.group
    codes = form.some("codes", [need.code for need in catalogue().in_group(group)])
    words = form.text("words", "what you wrote", most=LONGEST_WORDS, optional=True)
    changes: Values = {"ticked": {group: codes}, "words": {group: words}}
    if catalogue().asks_time(group):
        changes["arrives"] = read_arrival(form, asking.called or "you")
    return asking.about_person(changes)


def _matters_values(asking: Asking) -> Values:
    person = asking.person
    asked = set(person.weighed) >= set(person.needs())
    nothing = asked and not set(person.must) & set(person.needs())
    return {"must": [NOTHING_HERE] if nothing else person.must}


def _read_matters(form: Form, asking: Asking) -> Values:
    keys = list(asking.person.needs())
    chosen = form.some("must", [*keys, NOTHING_HERE])
    if not chosen:
        who = asking.called or "you"
        form.error("must", f"Choose what {who} cannot come without, or choose the last answer")
    elif NOTHING_HERE in chosen and len(chosen) > 1:
        form.error("must", "Choose from the list, or choose the last answer, but not both")
    must = [key for key in chosen if key != NOTHING_HERE]
    return asking.about_person({"must": must, "weighed": keys})


NEED_FORMS = {
    "help": StepForm("booking/help.html", _help_values, _read_help),
    "needs": StepForm("booking/needs.html", _needs_values, _read_needs),
    "group": StepForm("booking/group.html", _group_values, _read_group),
    "matters": StepForm("booking/matters.html", _matters_values, _read_matters),
}


def matters_options(person: Someone) -> list[tuple[str, str]]:
    """What "What matters most" asks about."""
    return [(key, heading_of_need(key)) for key in person.needs()]
