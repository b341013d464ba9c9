"""What the example says: a believable series on how people talk about social care."""

from dataclasses import dataclass

SERIES = "Changing the story"
SERIES_ABOUT = (
    "Four times a year we meet to change how people talk about social care. "
    "People who draw on care and support, families, supporters and people who work in it "
    "all come. Nobody needs to be an expert, and everybody is one."
)

OWN_QUESTIONS = (
    (
        "one",
        "Which lunch would you like?",
        "We order from the café a week before.",
        "Soup and bread\nA wrap\nA salad",
        True,
        "kitchen",
    ),
    (
        "some",
        "How will you come?",
        "So that we know how many parking spaces to keep.",
        "By train\nBy car\nI walk",
        False,
        "team",
    ),
)
CONTACT_PHONE = "0161 496 0120"
CONTACT_EMAIL = "hello@story.example"
RECORDED_WORDS = (
    "An artist draws what is said. Tell us at the door to be in no photograph. "
    "We keep them for one year."
)
PAYS = "\n".join(
    (
        "Train and bus: the whole fare. We buy the ticket for you, or pay cash on the day.",
        "Car: 45p a mile, cash on the day or to your bank within two weeks.",
        "A supporter: their travel and up to £15 an hour, to their bank within two weeks.",
    )
)
POSTAL_ADDRESS = "Changing the story\nFriends Meeting House\n6 Mount Street\nManchester M2 5NS"


@dataclass(frozen=True)
class Offered:
    """A session that somebody offers."""

    title: str
    about: str
    host: str


SESSIONS = (
    Offered(
        "What would you tell your neighbour about care?",
        "Bring one sentence that you would say over the fence. We try them on each other.",
        "Maureen",
    ),
    Offered(
        "The words we would like to stop using",
        "We write them on cards, say why, and find better ones together.",
        "Tariq",
    ),
    Offered(
        "My own front door",
        "Two of us moved out of a home for eight people. Ask us anything.",
        "Josie and Len",
    ),
    Offered(
        "Talking to newspapers without being a sad story",
        "What to ask a reporter before you say yes. We practise on each other.",
        "Priya",
    ),
    Offered(
        "A day with no form to fill in",
        "What would you do with the time? We draw that day.",
        "Gwen",
    ),
    Offered(
        "Support workers are people too",
        "What keeps good people in this work, said by those who do it.",
        "Delroy",
    ),
    Offered(
        "How our town began a time bank",
        "What worked, what fell over, and what we would do again.",
        "Ffion",
    ),
    Offered(
        "Growing older, staying curious",
        "A quiet talk for anyone over sixty, and anyone who hopes to be.",
        "Bernard",
    ),
    Offered(
        "Who holds the money?",
        "Personal budgets in plain words. Bring your questions and your cups of tea.",
        "Sunita",
    ),
    Offered(
        "Deaf people in the room from the start",
        "How to plan a meeting so that nobody has to ask on the day. In BSL and English.",
        "Carys",
    ),
    Offered(
        "Films on our phones",
        "We make a one-minute film about a good day. No skill is needed.",
        "Kofi",
    ),
    Offered(
        "When the plan goes wrong",
        "Stories of bad days and who helped. What we say here stays here.",
        "Ruth",
    ),
    Offered(
        "Love, friends and going out",
        "Support that ends at ten at night is no good on a Saturday.",
        "Danny",
    ),
    Offered(
        "Being a brother, being a sister",
        "For people whose brother or sister draws on support.",
        "Hannah",
    ),
    Offered(
        "What councillors need to hear from us",
        "We write a letter of one page together, and sign it.",
        "Olu",
    ),
    Offered(
        "Rest is not a reward",
        "Lie down, listen, talk if you like. There are mats and cushions.",
        "Mags",
    ),
    Offered(
        "Buses, trains and getting there",
        "A map of what stops us, street by street, to send to the people in charge.",
        "Stan",
    ),
    Offered(
        "Easy words for hard things",
        "Bring a letter that you did not understand. We rewrite it in ten lines.",
        "Nicola",
    ),
    Offered(
        "Young and caring for a parent",
        "What school, college and work should know. Led by three young carers.",
        "Amina",
    ),
    Offered(
        "What shall we do before we meet again?",
        "One small thing each, with a name and a date beside it.",
        "Joseph",
    ),
)


@dataclass(frozen=True)
class Answered:
    """A question of the summary, and what the flipcharts said to it."""

    heading: str
    points: tuple[str, ...]


QUESTIONS = (
    Answered(
        "What do we want people to say about social care?",
        (
            "It is about living, not about being looked after.",
            "Everybody gives something, and everybody needs something.",
            "Good support is like scaffolding: you notice the house.",
            "It is as ordinary as seeing a doctor, and no more shameful.",
            "I would want that for my mother, and for me.",
            "It belongs to all of us, like parks and libraries.",
            "It costs money, and it is worth it.",
            "Ask the person. They know.",
        ),
    ),
    Answered(
        "What do people hear now?",
        (
            "That it is broken, and that nothing can be done.",
            "Numbers with nobody in them.",
            "Brave people and burdens, and nothing in between.",
            "Homes and bills, never friends or work.",
            "Letters that stand for things, so that we stop listening.",
            "That it is for other people, until it is not.",
            "Photographs of hands. Why is it always hands?",
            "Good news that sounds like an advertisement.",
        ),
    ),
    Answered(
        "What gets in the way of telling it better?",
        (
            "We are tired when somebody asks for our story.",
            "Nobody pays for the time it takes.",
            "Fear of saying the wrong word.",
            "Rules that let an organisation speak, but not the people in it.",
            "Stories are taken and changed, and we see them in print.",
            "The same three people are always asked.",
            "We talk to each other, and not to our neighbours.",
            "It is hard to say what is good without hiding what is bad.",
        ),
    ),
    Answered(
        "Who could tell it with us?",
        (
            "Hairdressers, bus drivers and people at the till.",
            "Local radio, which is short of people to talk to.",
            "Young people making films on their phones.",
            "Support workers, if their employers let them.",
            "Faith groups that already visit people at home.",
            "Councillors in the week before they vote on money.",
            "Artists who draw what we say while we say it.",
            "Grandparents. Everybody listens to grandparents.",
        ),
    ),
    Answered(
        "What will we do next?",
        (
            "Write ten sentences that work over a garden fence, and try them.",
            "Make a list of words that we no longer use.",
            "Ask the paper for one good day a month.",
            "Pay people for their stories, and let them say no.",
            "Bring one person who has never been to the next gathering.",
            "Print the summary large, and leave it in waiting rooms.",
            "Meet again in three months and say honestly what happened.",
            "Send a drawing to everybody who came.",
        ),
    ),
)

OPENING = (
    "We met to ask how people talk about social care, and how "
    "they could talk about it. This is what the flipcharts say. It is a starting point, and "
    "we would like to hear what you would add."
)
THANKS = (
    "Thank you to everybody who wrote, listened, carried chairs and made tea. "
    "Thank you to Carys for two drawings made while we talked."
)
COMMENTS = (
    ("Maureen", "I said the one about scaffolding to my neighbour. She got it at once."),
    ("Delroy", "Please add that the last bus goes before the meeting ends."),
    ("", "Reading this in large print in the waiting room. It made my day."),
)
