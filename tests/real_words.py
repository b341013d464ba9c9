"""A real gathering in our own words: its sessions, and what its flipcharts said."""

SERIES = "Social Care Future"
SERIES_ABOUT = (
    "A movement for a better future of social care. We met to ask what future we want, and how "
    "to win it. Now we gather every three months."
)
NAME = "How do we win it? Birmingham"
ABOUT = (
    "The morning is about changing the story that people hear about social care. Then come "
    "sessions about what people have already started. Then open space: bring and share ideas."
)
RECORDED_WORDS = "An artist draws while people talk. Sit where you like."

SESSIONS = (
    ("Framing: how people hear us", "A partner opens with what research says.", "Kate"),
    ("What we have already started", "People show what they have begun.", "Neil"),
    ("What we plan to build", "Bring a plan, large or small.", "Julie"),
    ("A national coffee morning", "How would it begin, and where?", "Anna"),
    ("Families and self-advocates together", "Rebuilding it, with peers.", "Simon"),
)

QUESTIONS = {
    "What is the big change we want to see?": (
        "It begins with dreaming.",
        "Care is described as a one-way service done to people. Leave that picture behind.",
        "Start from what people care about.",
        "Support helps a person to lead a life they value, and to give to others.",
        "Identity and strengths come first.",
        "Getting support carries no more shame than seeing a doctor.",
        "A web of formal and informal help, like a scaffold that nobody sees.",
    ),
    "What are the main obstacles?": (
        "Narrow definitions: talk is about houses and bills.",
        "The press does not quite get it.",
        "Low expectations: people are worn down and accept the mediocre.",
        "Buying and rules that suffocate. Reorganising in place of changing.",
        "Support is seen as a gift, not as a right.",
    ),
    "Whom must we persuade?": (
        "Leaders, and people who buy services.",
        "People who come to work in it.",
        "The press, and a public without a good story.",
        "Politicians who hear only the sector.",
    ),
    "How do we win the change?": (
        "Tell of lives, not of services: an older man who eats lunch at a school.",
        "Build the movement: local, regional, national.",
        "Use the law: know your rights, have them enforced.",
        "Rebuild self-advocacy, with families and peers.",
        "A wide lens: homes, health, learning and places, not an annexe of hospitals.",
    ),
}
THANKS = "Special thanks and good wishes to the artist for two drawings made while people talked."
