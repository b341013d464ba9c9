"""The form of an organiser's own question: words of its choices, reading it, filling it in."""

from gatherings.bookings.asking import FIELDS, QuestionWords
from gatherings.bookings.tables import AUDIENCES, QUESTION_KINDS, BookingQuestion
from gatherings.planning.refusals import seen_of
from web.forms import Form

ASKS, WHY, CHOICE, CHOICES = 200, 300, 100, 1500
KINDS = [
    ("short", "A few words"),
    ("long", "A longer answer"),
    ("one", "Choose one", "You write the choices below."),
    ("some", "Choose some", "You write the choices below."),
    ("yes_no", "Yes or no"),
]
WHO_READS = [
    ("team", "All the team"),
    ("access_lead", "Only access leads"),
    ("kitchen", "The kitchen", "Organisers and access leads pass it on."),
    ("door", "The people at the door"),
]
WHOM = [("no", "Once for everybody in the booking"), ("yes", "Each person in the booking")]


def read_question(form: Form) -> QuestionWords | None:
    """What was typed, or None with errors in the form."""
    asks = form.line("asks", "the question", most=ASKS)
    why = form.line("why", "why you ask", most=WHY)
    kind = form.choice("kind", "how people answer", QUESTION_KINDS)
    choices = _read_choices(form, kind)
    each = form.choice("each_person", "who answers", ("yes", "no"))
    audience = form.choice("audience", "who reads the answers", AUDIENCES)
    forget_on = form.day("forget_on", "the day when the answers go")
    if form.errors or forget_on is None:
        return None
    return QuestionWords(kind, asks, why, choices, each == "yes", audience, forget_on)


def _read_choices(form: Form, kind: str) -> str:
    if kind not in ("one", "some"):
        return ""
    typed = form.text("choices", "the choices, one on each line", most=CHOICES)
    lines = [" ".join(line.split()) for line in typed.splitlines() if line.strip()]
    if any(len(line) > CHOICE for line in lines):
        form.error("choices", f"Make each choice shorter: at most {CHOICE} characters")
    return "\n".join(lines)


def shown_question(row: BookingQuestion) -> dict[str, str]:
    """What the form of a question shows when it is opened."""
    return {
        "asks": row.asks,
        "why": row.why,
        "kind": row.kind,
        "choices": row.choices,
        "each_person": "yes" if row.each_person else "no",
        "audience": row.audience,
        "forget_on_day": str(row.forget_on.day),
        "forget_on_month": str(row.forget_on.month),
        "forget_on_year": str(row.forget_on.year),
        "seen": seen_of(row, FIELDS),
    }
