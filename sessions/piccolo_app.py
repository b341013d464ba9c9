"""Piccolo's list of this room's tables."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from sessions.board.tables import (
    Board,
    BoardChange,
    BoardSeen,
    DayHelper,
    HostPlace,
    Joiner,
    Session,
    SessionHost,
    SessionMerge,
    SessionPlace,
    SessionWish,
    Star,
    SupportAssignment,
    WentAhead,
)
from sessions.capture.tables import Point, Sheet
from sessions.summaries.tables import (
    Comment,
    PicturePerson,
    Question,
    Summary,
    SummaryPicture,
    SummaryPoint,
    SummaryVersion,
)

APP_CONFIG = AppConfig(
    app_name="sessions",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=[
        *(Joiner, Session, SessionPlace, SessionHost, HostPlace, Star, Board, BoardChange),
        *(SessionMerge, SessionWish, SupportAssignment, WentAhead, BoardSeen, DayHelper),
        *(Sheet, Point),
        *(Summary, Question, SummaryPoint, SummaryPicture, SummaryVersion, Comment),
        *(PicturePerson,),
    ],
    migration_dependencies=["gatherings.piccolo_app"],
)
