"""Photographs of flipchart sheets and artwork, and what the sheets say."""

from piccolo.columns import BigInt, Boolean, Integer, Serial, Text, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from gatherings.planning.tables import Gathering
from sessions.board.tables import Session
from web.columns import moment, one_of, reference

KINDS = ("sheet", "artwork")
STORIES = ("", "nobody", "agreed", "some")
SHEET_STATES = ("waiting", "typed", "checked")
LICENCES = ("all_rights", "CC BY 4.0", "CC BY-SA 4.0", "CC BY-NC 4.0", "CC0 1.0")


class Sheet(Table, tablename="sheet"):
    """A photographed flipchart sheet, or an artist's drawing, filed to a session or not yet.

    `code` is its unguessable public name; `picture` names the files kept for it;
    `upload_sha256` lets the same photograph be recognised when it is sent twice.
    `story` says whether its words name somebody or tell their story; "" is that nobody was asked.
    `withheld` is that it showed somebody whose data is gone, and their yes with it.
    `filed_at` is empty until somebody says where it belongs; it may belong to no session.
    """

    id: Serial
    gathering = reference(Gathering)
    session = reference(Session, null=True)
    code = Varchar(length=40, unique=True)
    kind = Varchar(length=10, default="sheet")
    state = Varchar(length=10, default="waiting")
    picture = Varchar(length=60, unique=True)
    upload_sha256 = Varchar(length=64)
    width = Integer()
    height = Integer()
    described = Varchar(length=500)
    title = Varchar(length=120)
    artist = Varchar(length=120)
    licence = Varchar(length=20, default="all_rights")
    story = Varchar(length=10)
    added_by = BigInt(null=True, default=None)
    added_at = moment()
    filed_at = moment(null=True)
    typed_by = BigInt(null=True, default=None)
    checked_by = BigInt(null=True, default=None)
    removed_at = moment(null=True)
    withheld = Boolean(default=False)

    kind_known = one_of("kind", KINDS)
    state_known = one_of("state", SHEET_STATES)
    licence_known = one_of("licence", LICENCES)
    story_known = one_of("story", STORIES)


class Point(Table, tablename="point"):
    """One thing that a sheet says, typed up. Points of a sheet stand in the order of `position`.

    `handle` names it in forms and stays the same when its words are put right.
    """

    id: Serial
    handle = Varchar(length=32, unique=True)
    sheet = reference(Sheet)
    position = Integer()
    words = Text()

    point_position_once = Unique(["sheet", "position"])
