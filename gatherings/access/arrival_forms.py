"""The field for about when somebody arrives, wherever a need that depends on it is asked."""

from web.forms import Form
from web.words import said_time, time_of


def read_arrival(form: Form, who: str = "you") -> str:
    """About when they arrive, such as "9:30am"; "" when they do not say."""
    if not form.typed("arrives"):
        return ""
    form.clock("arrives", f"about when {who} will arrive")
    at = time_of(form.typed("arrives"))
    return said_time(at) if at else ""
