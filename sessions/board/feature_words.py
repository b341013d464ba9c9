"""What a room may lack, in words that go on from "has no" or "has"."""

from gatherings.access.room_needs import UNHURRIED
from gatherings.planning.catalogue import FEATURES

FEATURE_WORDS = {
    "step_free": "way in without steps",
    "turning_150cm": "space for a wheelchair to turn round",
    "near_main": "short way from the main room",
    "near_door": "seats close to the door",
    "near_toilet": "toilet close by",
    "near_accessible_toilet": "accessible toilet close by",
    "near_changing_places": "Changing Places toilet close by",
    "evac_route": "way out in an emergency without steps",
    "seat_reserved": "seats that we can keep for people",
    "seat_pair": "seats side by side for a person and their supporter",
    "chair_arms": "chairs with arms",
    "table_height": "table that a wheelchair fits under",
    "rest_space": "space to lie down",
    "quiet_room": "quiet space",
    "private_room": "private space",
    "dog_space": "space for an assistance dog",
    "hearing_loop": "working hearing loop",
    "pa_mic": "microphone and speakers",
    "caption_screen": "screen for captions",
    "interpreter_spot": "well-lit spot for interpreters",
    "front_light": "light on the faces of people who speak",
    "good_light": "good, even light",
    "visual_alarm": "fire alarm that flashes",
    "hybrid_kit": "camera and sound for people who join online",
    "dimmable": "lights that can be dimmed",
    "low_noise": "protection from noise outside",
    "ventilated": "fresh air",
    "power": "sockets for charging",
    "fridge": "fridge for medicine",
}
ROLE_WORDS = {
    "bsl": ("sign language interpreter", "sign language interpreters"),
    "sttr": ("captioner", "captioners"),
    "lipspeaker": ("lipspeaker", "lipspeakers"),
    "deafblind_guide": ("deafblind communicator", "deafblind communicators"),
    "spoken_interpreter": ("interpreter", "interpreters"),
    "notetaker": ("note-taker", "note-takers"),
    "supporter": ("supporter", "supporters"),
    "guide": ("guide", "guides"),
}


def feature_words(code: str) -> str:
    """A feature, without "a" or "the"."""
    return FEATURE_WORDS.get(code) or (FEATURES[code].label if code in FEATURES else code)


def code_words(code: str) -> str:
    """What was missing: a feature, time between two rooms, or somebody of a role."""
    if code == UNHURRIED:
        return "15 minutes between two rooms"
    return ROLE_WORDS[code][0] if code in ROLE_WORDS else feature_words(code)
