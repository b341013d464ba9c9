"""What ties sealed words about needs to their rows, each kind in its own way."""


def note_bound_to(handle: str) -> str:
    """What ties a sealed note in a need's history to its row."""
    return f"need-note:{handle}"


def kept_bound_to(handle: str) -> str:
    """What ties needs that are kept for the next gathering to their row."""
    return f"kept-needs:{handle}"
