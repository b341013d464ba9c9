"""Why the organisers may keep personal data, as each page and paper says it.

`LEGAL_BASIS` chooses. Access needs always need an explicit yes as well: article 9(2)(a).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Basis:
    """One basis: its article, its name, and what it says to people and to whoever fills papers.

    `rights` says what somebody can do about it; `weigh` is what the impact assessment asks for.
    """

    article: str
    name: str
    words: str
    easy: str
    rights: str
    weigh: tuple[str, ...]


SPECIAL = "article 9(2)(a)"
BASES = {
    "duty": Basis(
        "article 6(1)(c)",
        "legal duty: adjustments under the Equality Act 2010",
        "The law asks us to make our gatherings open to disabled people (the Equality Act). "
        "For that we must keep who comes and what they need.",
        "The law says: disabled people must be able to take part.",
        "You can ask us at any time to delete it.",
        ("The Equality Act applies to us: we offer a service to the public.",),
    ),
    "interest": Basis(
        "article 6(1)(f)",
        "legitimate interest: running the gatherings that people book",
        "We need it to run the gatherings that you book (legitimate interest).",
        "We need it to run the gathering.",
        "You can object at any time. We then stop, or say why we must go on.",
        (
            "Our interest is real: *[what would not be possible without it]*.",
            "We keep no more than that takes, and there is no gentler way.",
            "We weighed it against what people expect and what could hurt them: *[result]*.",
            "Somebody who objects is heard, and the objection is noted on the desk.",
        ),
    ),
    "consent": Basis(
        "article 6(1)(a)",
        "consent: people agree when they book",
        "You agreed to it when you booked (consent). If you said no, we keep only the names of "
        "who comes, until the gathering is over.",
        "You said yes when you booked.",
        "You can take your yes back at any time: delete it all on the page of your booking, or "
        "ask us to. What we did before stays right.",
        (
            "Agreeing is free: whoever does not want to book here can ring us or walk in, say no, "
            "and come. Then only names are kept, until the gathering is over.",
            "Whoever books ticks a box of its own; the words are kept with the day.",
            "Whoever only walks in on the day is asked at the door before a name is typed.",
            "Taking the yes back is as easy as giving it, and we delete then.",
        ),
    ),
}
