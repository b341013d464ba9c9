"""For how long we keep what. Pages, documents and the forgetting itself read it from here."""

from datetime import timedelta

FEWEST_NEED_DAYS, MOST_NEED_DAYS = 7, 90
LETTERS = timedelta(days=90)
LOOKS = timedelta(days=90)
CALENDARS = timedelta(days=90)
SIGN_INS = timedelta(days=90)
HIDDEN_COMMENTS = timedelta(days=90)
MONTHS_OF_CONTACTS = 24
CONTACTS = timedelta(days=730)
COMPLAINTS = timedelta(days=365)
REQUEST_WORDS = timedelta(days=365)
YEARS_OF_PROOF = 6
PROOF = timedelta(days=6 * 365 + 1)
BACKUPS = timedelta(days=35)
