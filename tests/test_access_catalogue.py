"""The catalogue of access needs is data that people read: its codes, labels and due days."""

import re
from datetime import date

import pytest

from gatherings.access.catalogue import ASK_ME, NOTHING, OWN_WORDS, RATHER_TALK, catalogue

NEVER_SAY = (
    "special need",
    "special requirement",
    "handicap",
    "wheelchair-bound",
    "wheelchair bound",
    "confined to",
    "suffer",
    "victim",
    "afflicted",
    "able-bodied",
    "normal people",
    "the disabled",
    "the blind",
    "the deaf ",
    "mentally ill",
    "vulnerable",
    "hard to reach",
    "low functioning",
    "high functioning",
    "service user",
    "client",
    "disabled toilet",
    "disabled parking",
)
GROUPS = ["travel", "move", "hear", "see", "info", "calm", "food", "people", "money", "safe", "any"]


def test_there_are_68_needs_in_eleven_groups_in_the_order_of_the_form() -> None:
    known = catalogue()
    assert (known.version, len(known.needs)) == (1, 68)
    assert list(known.groups) == GROUPS
    assert {need.group for need in known.needs.values()} == set(GROUPS)


def test_codes_are_unique_and_name_their_group() -> None:
    for code, need in catalogue().needs.items():
        assert re.fullmatch(r"[a-z]+\.[a-z_]+", code)
        assert code.split(".")[0] == need.group


def test_every_need_says_who_acts_and_nothing_needs_nobody() -> None:
    assert [code for code, need in catalogue().needs.items() if not need.act] == [NOTHING]


def test_labels_are_short_and_easy_labels_shorter() -> None:
    for need in catalogue().needs.values():
        assert 0 < len(need.label) <= 90
        assert 0 < len(need.easy.split()) <= 10
    for group in catalogue().groups.values():
        assert len(group.label) <= 40
        assert len(group.easy.split()) <= 4


def test_no_word_is_one_that_we_never_say() -> None:
    known = catalogue()
    texts = [f"{n.label} {n.easy} {n.detail} " for n in known.needs.values()]
    texts += [f"{g.label} {g.hint} {g.easy} " for g in known.groups.values()]
    said = [(word, text) for word in NEVER_SAY for text in texts if word in text.lower()]
    assert said == []


def test_nothing_is_no_box_to_tick() -> None:
    ticks = [need.code for group in GROUPS for need in catalogue().in_group(group)]
    assert len(ticks) == 67
    assert NOTHING not in ticks
    assert ticks[-3:] == [OWN_WORDS, ASK_ME, RATHER_TALK]


@pytest.mark.parametrize(
    ("code", "due"),
    [
        ("hear.bsl", date(2027, 3, 17)),
        ("move.stand", date(2027, 4, 27)),
        ("any.ask_me", date(2027, 3, 31)),
    ],
)
def test_a_need_is_due_its_lead_days_before_the_gathering(code: str, due: date) -> None:
    assert catalogue().need(code).due_on(date(2027, 4, 28)) == due


def test_own_words_are_named_after_their_group_and_unknown_codes_have_words() -> None:
    known = catalogue()
    assert known.label_of("any.other", "hear") == "Hearing and talking together: own words"
    assert known.label_of("any.other", "any") == "Something else"
    assert known.label_of("gone.for_ever") == "Something else"
    assert known.label_of("hear.loop", "hear") == "A working hearing loop"
