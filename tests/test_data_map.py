"""Every table is looked at: either a rule of forgetting lets it go, or we say why it stays."""

from sessions.personal_data.all_rules import ALL_RULES
from tests.databases import all_tables

WITH = {
    "draft": "drafts",
    "booking_undo": "undos",
    "access_need": "needs",
    "access_need_event": "needs",
    "arrangement_need": "needs",
    "kept_needs": "kept needs",
    "booking_answer": "answers",
    "letter": "letters",
    "message": "messages",
    "access_look": "looks",
    "report_made": "reports",
    "badge_number": "badge numbers",
    "calendar_key": "calendars",
    "booking": "contacts",
    "person": "contacts",
    "booking_event": "contacts",
    "support_person": "support people",
    "sign_in": "sign-ins",
    "password_link": "password links",
    "account": "closed accounts",
    "complaint": "complaints",
    "data_request": "requests",
    "data_request_event": "request notes",
    "consent": "consents",
    "erasure": "erasures",
    "joiner": "joiners",
    "session": "hosts",
    "session_host": "hosts",
    "host_place": "hosts",
    "session_wish": "wishes",
    "day_helper": "day helpers",
    "comment": "comments",
    "picture_person": "people in pictures",
}
OUR_OWN_WORDS = {
    *("series", "venue", "venue_fact", "room", "room_feature", "gathering", "round"),
    "floor_plan",
    *("glossary_word", "booking_question", "consent_wording", "arrangement", "went_ahead"),
}
PUBLISHED = {
    *("summary", "summary_version", "question", "summary_point", "summary_picture"),
    *("sheet", "point"),
}
NUMBERS_AND_LINKS = {
    *("gathering_event", "role", "access_deputy", "support_round", "support_assignment"),
    *("gathering_numbers", "published_numbers", "forgetting_receipt", "star", "board"),
    *("board_change", "board_seen", "session_place", "session_merge"),
}


def test_every_table_is_looked_at() -> None:
    known = {*WITH, *OUR_OWN_WORDS, *PUBLISHED, *NUMBERS_AND_LINKS}
    there = {table._meta.tablename for table in all_tables()}
    assert there - known == set(), "Say here which rule lets the new table go, or why it stays."
    assert known - there == set()


def test_every_rule_lets_something_go() -> None:
    assert {rule.kind for rule in ALL_RULES} == set(WITH.values())
