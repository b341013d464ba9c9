"""The states of a need: their words, and which may follow which."""

STATE_WORDS = {
    "asked": "You told us",
    "talking": "We are talking to you",
    "arranged": "We have arranged it",
    "agreed": "You said this is right",
    "cannot": "We cannot do this",
    "withdrawn": "You no longer need this",
}
DESK_STATE_WORDS = {
    "asked": "They told us",
    "talking": "We are talking to them",
    "arranged": "Arranged, not yet agreed",
    "agreed": "They said it is right",
    "cannot": "We cannot do this",
    "withdrawn": "No longer needed",
}
TONES = {
    "asked": "wait",
    "talking": "wait",
    "arranged": "wait",
    "agreed": "good",
    "cannot": "bad",
    "withdrawn": "plain",
}
OUTCOME_WORDS = {
    "met": "Yes, I got what I needed",
    "partly": "Partly",
    "not_met": "No",
    "not_needed": "I did not need it after all",
}
OUTCOME_SAID = {
    "met": "They said: met",
    "partly": "They said: partly met",
    "not_met": "They said: not met",
    "not_needed": "They said: not needed after all",
}
WENT_WRONG_WORDS = {
    "late": "It came late",
    "missing": "It was not there",
    "broken": "It did not work",
    "forgotten": "Somebody forgot",
    "other": "Something else",
}
NOT_WELL = ("partly", "not_met")
# Why we cannot do something, as it is counted. NOT_TOLD is the one that no number ever tells.
NOT_TOLD = "other"
WHY_NOT = {
    "nobody": "Nobody who does this was free",
    "venue": "The venue has not got it",
    "late": "We knew too late to arrange it",
    "money": "It costs more than we have",
    NOT_TOLD: "Another reason",
}
HOW_WORDS = {
    "phone": "By phone",
    "letter": "By letter",
    "email": "By e-mail",
    "in_person": "In person",
    "page": "On their own page",
}
TEAM_HOW = ("phone", "letter", "email", "in_person")
STEPS = ("asked", "talking", "arranged", "agreed")
OPEN_STATES = ("asked", "talking", "arranged")

# What the team may do. Whatever was withdrawn can only be asked for again.
TEAM_MOVES = {
    "asked": ("talking", "arranged", "agreed", "cannot", "withdrawn"),
    "talking": ("arranged", "agreed", "cannot", "withdrawn", "asked"),
    "arranged": ("agreed", "talking", "cannot", "withdrawn", "asked"),
    "agreed": ("arranged", "talking", "cannot", "withdrawn", "asked"),
    "cannot": ("talking", "agreed", "arranged", "withdrawn", "asked"),
    "withdrawn": ("asked",),
}
# What the person may do: agree, ask again or change (asked), and no longer need it.
PERSON_MOVES = {
    "asked": ("asked", "withdrawn"),
    "talking": ("asked", "withdrawn"),
    "arranged": ("agreed", "asked", "withdrawn"),
    "agreed": ("asked", "withdrawn"),
    "cannot": ("agreed", "asked", "withdrawn"),
    "withdrawn": ("asked",),
}
