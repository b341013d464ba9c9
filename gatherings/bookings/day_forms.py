"""The form about the day: badges, photographs, first visits and the organisers' own questions."""

from collections.abc import Sequence

from gatherings.bookings.extra_questions import CHOSEN, Question
from gatherings.bookings.step_forms import LONGEST_WORDS, Asking, StepForm, Values
from gatherings.bookings.tables import FIRST_TIME, USE_ANSWERS, USES
from web.forms import Form

LONGEST_BADGE, LONGEST_LINE = 60, 200
NO_ANSWER = "-"


def name_of(question: Question, key: int = 0) -> str:
    """The name of a question's field; 0 is for the party as a whole."""
    return f"q{question.id}-{key}" if key else f"q{question.id}"


def once(questions: Sequence[Question]) -> list[Question]:
    """What is asked once of a party."""
    return [question for question in questions if not question.each_person]


def of_each(questions: Sequence[Question]) -> list[Question]:
    """What is asked of each person."""
    return [question for question in questions if question.each_person]


def _values(asking: Asking) -> Values:
    values: Values = {}
    for question in once(asking.questions):
        _show(values, question, 0, asking.answers.extra)
    for person in asking.answers.coming():
        key = person.key
        values[f"badge-{key}"], values[f"first_time-{key}"] = person.badge, person.first_time
        values |= {f"{use}-{key}": getattr(person, use) for use in USES}
        for question in of_each(asking.questions):
            _show(values, question, key, person.extra)
    return values


def _show(values: Values, question: Question, key: int, kept: dict[str, list[str]]) -> None:
    lines = kept.get(str(question.id), [])
    if question.kind == "some":
        values[name_of(question, key)] = lines
    else:
        values[name_of(question, key)] = lines[0] if lines else ""


def _read(form: Form, asking: Asking) -> Values:
    coming = asking.answers.coming()
    people = {person.key: _read_person(form, asking, person.key) for person in coming}
    extra = {str(one.id): _read_extra(form, one) for one in once(asking.questions)}
    return {"people": people, "extra": asking.answers.extra | extra}


def _read_person(form: Form, asking: Asking, key: int) -> Values:
    found: Values = {use: _one_of(form, f"{use}-{key}", USE_ANSWERS, "no") for use in USES}
    label = "the name on the badge"
    found["badge"] = form.line(f"badge-{key}", label, most=LONGEST_BADGE, optional=True)
    found["first_time"] = _one_of(form, f"first_time-{key}", FIRST_TIME, "unknown")
    questions = of_each(asking.questions)
    found["extra"] = {str(one.id): _read_extra(form, one, key) for one in questions}
    return found | {"seen": True}


def _read_extra(form: Form, question: Question, key: int = 0) -> list[str]:
    field, label = name_of(question, key), f"your answer to “{question.asks}”"
    if question.kind == "some":
        return form.some(field, question.options)
    if question.kind in CHOSEN:
        return list(question.tidy([form.typed(field)]))
    if question.kind == "long":
        typed = form.text(field, label, most=LONGEST_WORDS, optional=True)
    else:
        typed = form.line(field, label, most=LONGEST_LINE, optional=True)
    return [typed] if typed else []


def _one_of(form: Form, field: str, choices: Sequence[str], otherwise: str) -> str:
    """What was chosen; what nobody chose is what we keep to on our side."""
    typed = form.typed(field)
    return typed if typed in choices else otherwise


DAY_FORM = StepForm("booking/day.html", _values, _read)
