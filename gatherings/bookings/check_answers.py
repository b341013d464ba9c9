"""What "Check your answers" and a booking's own page say about a party, in plain words."""

from gatherings.access.catalogue import catalogue
from gatherings.bookings.journey import GROUP_STEP, Answers, heading_of_need

Row = tuple[str, str | list[str], str, str]

SUPPORTER_WORDS = {"no": "No", "yes": "Yes", "maybe": "Not sure yet. We keep a place for them"}
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
CONSENT_WORDS = {
    "yes": "Yes, you may keep what I told you about my access needs",
    "no": "No. Keep none of it, and get in touch with me instead",
}
NOTHING_TICKED = "Nothing ticked"


def rows(answers: Answers, base: str) -> list[Row]:
    """Each answer with the address that changes it."""
    found: list[Row] = [
        ("Full name", answers.name, _change(base, "who"), "the full name"),
        _supporter_row(answers, base),
        (
            WAY_WORDS[answers.way],
            answers.detail.splitlines(),
            _change(base, "reach"),
            "how we reach you",
        ),
        (
            "Would anything help?",
            HELP_WORDS[answers.help],
            _change(base, "help"),
            "what would help",
        ),
    ]
    return found + (_need_rows(answers, base) if answers.help == "yes" else [])


def _supporter_row(answers: Answers, base: str) -> Row:
    lines = [SUPPORTER_WORDS[answers.supporter]]
    if answers.supporter != "no":
        lines.append(answers.supporter_name or "Name not provided")
    return ("Is a supporter coming?", lines, _change(base, "who"), "whether a supporter is coming")


def _need_rows(answers: Answers, base: str) -> list[Row]:
    groups = catalogue().groups
    labels = [groups[group].label for group in answers.groups]
    found: list[Row] = [
        ("What would help you", labels, _change(base, "needs"), "what would help you most"),
        *(_group_row(answers, group, base) for group in answers.groups),
    ]
    return found + _promise_rows(answers, base) if answers.needs() else found


def _group_row(answers: Answers, group: str, base: str) -> Row:
    label = catalogue().groups[group].label
    lines = [catalogue().need(code).label for code in answers.ticked.get(group, [])]
    lines += [words] if (words := answers.words.get(group, "")) else []
    return (label, lines or NOTHING_TICKED, _change(base, GROUP_STEP + group), f"“{label}”")


def _promise_rows(answers: Answers, base: str) -> list[Row]:
    needs = answers.needs()
    must = [heading_of_need(key) for key, need in needs.items() if need.strength == "must"]
    return [
        (
            "I cannot come without",
            must or "I can come without these, but they would help",
            _change(base, "matters"),
            "what you cannot come without",
        ),
        (
            "May we keep this?",
            CONSENT_WORDS[answers.consent],
            _change(base, "consent"),
            "whether we may keep this",
        ),
    ]


def _change(base: str, step: str) -> str:
    return f"{base}/{step}?change=yes"
