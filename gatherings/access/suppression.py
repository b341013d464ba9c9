"""Numbers about people that may be told to everybody.

The rule, for each number on its own: under 5 it is "fewer than 5", also when it is nothing; from
5 it is rounded to the nearest 5. There are no sums, because a sum beside its parts gives away
what was left out. Percentages are made from the rounded numbers alone. One table is told of one
gathering, once: a second one, made later or cut otherwise, could be subtracted from the first.

So every number that is told stands for at least three that it may be, and no adding or
subtracting of such numbers leads to one from 1 to 4. tests/test_suppression.py tries them all.
"""

LEAST = 5
FEWER = "fewer than 5"


def rounded(number: int) -> int:
    """The number as it may be told: 0 stands for fewer than 5."""
    return 0 if number < LEAST else (number + LEAST // 2) // LEAST * LEAST


def told(cell: int) -> str:
    """A rounded number in words."""
    return f"about {cell}" if cell else FEWER


def share(part: int, whole: int) -> str:
    """How many of 100, made from two rounded numbers; "" where there are too few to say."""
    return f"{round(100 * part / whole)}%" if part and whole else ""
