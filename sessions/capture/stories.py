"""Whether written words name somebody or tell their story, as whoever types them up says.

A sheet may also hold points of both kinds ("some"). Each of its points is then asked about.
"""

QUESTION = "Does this name somebody, or tell their story?"
POINT_STORIES = {
    "nobody": "No",
    "agreed": "Yes, and each of them said that we may publish it",
}
SHEET_STORIES = {
    **POINT_STORIES,
    "some": "Yes, and somebody has not said so",
}
STORY_HINTS = {"some": "We then ask about each point before it is published."}
OF_A_SHEET = [(value, words, STORY_HINTS.get(value, "")) for value, words in SHEET_STORIES.items()]
OF_ARTWORK = [(value, words, "") for value, words in SHEET_STORIES.items()]
OF_A_POINT = list(POINT_STORIES.items())
