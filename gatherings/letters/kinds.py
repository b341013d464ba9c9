"""The kinds of letters: what to call each, and for which bookings it is still true."""

from dataclasses import dataclass

ALIVE = ("booked", "offered", "waiting", "lapsed")


@dataclass(frozen=True)
class Kind:
    """A kind of letter. It goes only while the booking is in one of `states`.

    `calendar` says whether the gathering's calendar file comes with it.
    """

    words: str
    states: tuple[str, ...]
    calendar: bool = False


KINDS = {
    "booked": Kind("Booked", ("booked",), calendar=True),
    "waiting": Kind("On the waiting list", ("waiting",)),
    "place_for_you": Kind("A place for you", ("offered",)),
    "offer_over": Kind("The offer is over", ("lapsed", "waiting")),
    "changed": Kind("The booking was changed", ALIVE, calendar=True),
    "cancelled": Kind("The booking was cancelled", ("cancelled",)),
    "link_again": Kind("The link again", (*ALIVE, "cancelled")),
    "gathering_moved": Kind("The gathering has moved", ALIVE, calendar=True),
    "gathering_changed": Kind("The gathering has changed", ALIVE, calendar=True),
    "gathering_cancelled": Kind("The gathering is cancelled", ALIVE, calendar=True),
    "reminder_14": Kind("Reminder, 14 days before", ("booked",), calendar=True),
    "reminder_3": Kind("Reminder, 3 days before", ("booked",), calendar=True),
    "reminder_day": Kind("Reminder, on the morning", ("booked",)),
    "thank_you": Kind("Thank you", ALIVE),
    "message": Kind("Message", ALIVE),
}
REMINDERS = ("reminder_14", "reminder_3", "reminder_day")
