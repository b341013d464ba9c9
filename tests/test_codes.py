"""References that can be said over a telephone, and QR codes that another program can read."""

import re
from itertools import combinations

from markupsafe import Markup

from web.codes import EASY_WORDS, qr_svg, spoken_reference

SOUND_LIKE_OTHERS = """
flour flower pair pear plain plane whole hole wait weight sail sale tail tale week weak
bear bare berry bury boulder bolder cellar seller cereal serial coral choral currant current
deer dear desert dessert flea flee hair hare herd heard hoarse horse knight night mail male
maize maze medal meddle morning mourning mussel muscle peace piece peal peel peddle pedal
petal poll pole prince prints profit prophet quay key root route sauce source stair stare
steak stake storey story sundae sunday symbol cymbal thyme time tyre tire waist waste
weather whether wood would yoke yolk carat carrot lilly lily bridal bridle board bored
bowl bole bread bred bell belle blue blew cheap cheep colonel kernel ceiling sealing
council counsel draft draught fairy ferry dairy diary leek leak lightning lightening
"""


def test_there_are_512_short_words_in_plain_letters() -> None:
    assert len(EASY_WORDS) == len(set(EASY_WORDS)) == 512
    assert [word for word in EASY_WORDS if not re.fullmatch("[a-z]{4,8}", word)] == []


def test_no_word_sounds_like_one_that_is_spelt_otherwise() -> None:
    assert set(SOUND_LIKE_OTHERS.split()).isdisjoint(EASY_WORDS)


def test_no_two_words_are_one_letter_apart() -> None:
    near = [pair for pair in combinations(EASY_WORDS, 2) if one_letter_apart(*pair)]
    assert near == []
    assert one_letter_apart("coffee", "toffee")
    assert one_letter_apart("pepper", "peppers")
    assert not one_letter_apart("maple", "apple")


def one_letter_apart(one: str, other: str) -> bool:
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) <= 1
    short, long = sorted((one, other), key=len)
    return len(long) - len(short) == 1 and any(
        long[:i] + long[i + 1 :] == short for i in range(len(long))
    )


def test_a_reference_is_two_words_and_two_digits() -> None:
    made = {spoken_reference() for _ in range(200)}
    assert len(made) > 190
    for reference in made:
        first, second, number = reference.split("-")
        assert {first, second} <= set(EASY_WORDS)
        assert re.fullmatch("[1-9][0-9]", number)


def test_a_qr_code_has_a_white_ground_and_escapes_its_label() -> None:
    code = qr_svg("https://example.org/b/maple-river-42", 'The "link" <b>')
    assert isinstance(code, Markup)
    assert 'fill="#fff"' in code
    assert "&lt;b&gt;" in code
    assert "<b>" not in code


def test_the_dark_squares_of_a_qr_code_say_the_same_as_its_matrix() -> None:
    """The three corner marks that a camera looks for stand where they belong."""
    code = str(qr_svg("https://example.org", "A link"))
    size = int(re.findall(r'viewBox="0 0 (\d+)', code)[0])
    bars = re.findall(r"M(\d+) (\d+)h(\d+)v1", code.split("#000")[1])
    rows = {(int(x), int(y)): int(width) for x, y, width in bars}
    assert rows[(4, 4)] == rows[(size - 11, 4)] == rows[(4, size - 11)] == 7
