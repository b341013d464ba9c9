"""Whether anything is recorded at a gathering, in plain words. A blank is never told as a "no"."""

from gatherings.planning.tables import Gathering

NOT_SAID = "We have not said yet whether anything is recorded. Please ask us."
SAY_AGAIN = "Not said yet. Say it again: it holds for one day."
LONGEST_RECORDED = 300
ONLY_WITH_A_YES = "We use a photograph of you only if you say yes."
# What is said before the day, and after it.
SAYS = {
    "nothing": (
        "Nothing is recorded: no photographs or drawings of people, no sound and no video. "
        "We keep what is on the flipcharts.",
        "Nothing was recorded: no photographs or drawings of people, no sound and no video. "
        "We kept what was on the flipcharts.",
    ),
    "pictures": (
        "We make photographs and drawings for the summary. We record no sound and no video. "
        + ONLY_WITH_A_YES,
        "We made photographs and drawings for the summary. We recorded no sound and no video. "
        + ONLY_WITH_A_YES,
    ),
    "sound": (
        "We record sound, so what you say may be kept. We may make photographs and drawings too. "
        "We record no video. " + ONLY_WITH_A_YES,
        "We recorded sound, and may have made photographs and drawings. We recorded no video. "
        + ONLY_WITH_A_YES,
    ),
    "video": (
        "We record video and sound, so you may be seen and heard. "
        "We may make photographs and drawings too. " + ONLY_WITH_A_YES,
        "We recorded video and sound, and may have made photographs and drawings. "
        + ONLY_WITH_A_YES,
    ),
}
RECORDED_CHOICES = [
    ("nothing", "No, nothing", "No photographs or drawings of people, no sound, no video."),
    ("pictures", "Photographs and drawings", "For the summary. No sound, no video."),
    ("sound", "Sound too", "What people say is recorded. No video."),
    ("video", "Video too", "People can be seen and heard."),
    ("", "We do not know yet", "Its page says that you have not said it yet."),
]


def recorded_says(choice: str, *, over: bool = False) -> str:
    """What a choice means, for those who come. After the day a blank says nothing at all."""
    if choice in SAYS:
        return SAYS[choice][over]
    return "" if over else NOT_SAID


def what_is_recorded(gathering: Gathering, *, over: bool = False) -> str:
    """What is recorded, and on a line of its own what the organisers add."""
    lines = recorded_says(gathering.recorded, over=over), gathering.recorded_words
    return "\n".join(filter(None, lines))
