"""What can stop a person, raised by rules and pages and shown as a page in plain words."""


class Problem(Exception):
    """Something that stops a person. `words` are shown to them, so they are plain and complete."""

    status = 500
    title = "Sorry, something went wrong"
    words = "It is our fault, not yours. Please try again in a few minutes."
    template = "problem.html"

    def __init__(self, words: str = "") -> None:
        super().__init__(words or self.words)
        self.words = words or self.words


class NotFound(Problem):
    """There is no such page, or it is not this person's to see: both look the same."""

    status = 404
    title = "We cannot find that page"
    words = "The address may have changed, or it may have been typed wrongly."


class SignInNeeded(Problem):
    """The page is for people who are signed in."""

    status = 401
    title = "Please sign in first"
    words = "This page is for the people who run the gatherings."


class NotAllowed(Problem):
    """Signed in, but this is not theirs to see or do."""

    status = 403
    title = "This page is not open to you"
    words = "Ask an organiser of the gathering if you think that it should be."


class Overtaken(Problem):
    """Somebody else changed it meanwhile."""

    status = 409
    title = "Somebody was quicker"
    words = "This changed while you were looking at it. Go back, look again and choose."


class TooMany(Problem):
    """Too many tries in a short time. `wait` is in seconds."""

    status = 429
    title = "Please wait a little"
    words = "There were too many tries in a short time. Nothing is lost."

    def __init__(self, words: str = "", wait: int = 60) -> None:
        super().__init__(words)
        self.wait = wait


class Busy(Problem):
    """The service cannot answer just now."""

    status = 503
    title = "We are busy just now"
    words = "Please try again in a minute. Nothing that you sent before is lost."
