"""The summary of a gathering: questions, points, pictures, versions and comments."""

from piccolo.columns import BigInt, Date, Integer, Serial, Text, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from gatherings.bookings.tables import Person
from gatherings.planning.tables import Gathering
from sessions.capture.tables import Point, Sheet
from web.columns import moment, one_of, reference

STORIES = ("", "nobody", "agreed")
RECOGNISED = ("", "nobody", "agreed")


class Summary(Table, tablename="summary"):
    """The summary being worked on. What people read is the newest `SummaryVersion`."""

    id: Serial
    gathering = reference(Gathering)
    title = Varchar(length=160)
    opening = Text()
    thanks = Text()
    changed_at = moment()

    summary_once = Unique(["gathering"])


class Question(Table, tablename="question"):
    """A heading of the summary. `handle` names it in addresses and forms."""

    id: Serial
    handle = Varchar(length=32, unique=True)
    summary = reference(Summary)
    position = Integer()
    heading = Varchar(length=160)
    introduction = Text()

    question_position_once = Unique(["summary", "position"])


class SummaryPoint(Table, tablename="summary_point"):
    """A point under a question. `source` leads back to the sheet, so that nothing is made up.

    `story` says whether it names somebody or tells their story; "" is to go by its sheet.
    """

    id: Serial
    handle = Varchar(length=32, unique=True)
    question = reference(Question)
    position = Integer()
    words = Text()
    source = reference(Point, null=True)
    story = Varchar(length=10)

    story_known = one_of("story", STORIES)
    summary_point_position_once = Unique(["question", "position"])


class SummaryPicture(Table, tablename="summary_picture"):
    """A sheet or a piece of artwork shown under a question, or at the end without one.

    `people` says that nobody can be recognised, or ("agreed") that each of them is listed as a
    `PicturePerson` who said yes; "" is that nobody has looked.
    """

    id: Serial
    summary = reference(Summary)
    question = reference(Question, null=True)
    sheet = reference(Sheet)
    position = Integer()
    people = Varchar(length=10)

    people_known = one_of("people", RECOGNISED)
    summary_picture_once = Unique(["summary", "sheet"])


class PicturePerson(Table, tablename="picture_person"):
    """Somebody who can be recognised in a picture, and what they said to it. Never shown publicly.

    `person` is somebody who booked; of others `words` say who it is. `answer` is about this
    picture alone, asked as `how` says: on the day, afterwards, or by themselves on their own page.
    """

    id: Serial
    handle = Varchar(length=32, unique=True)
    sheet = reference(Sheet)
    person = reference(Person, null=True)
    words = Varchar(length=120)
    answer = Varchar(length=3)
    how = Varchar(length=10)
    asked_on = Date(null=True, default=None)
    asked_by = BigInt(null=True, default=None)

    answer_known = one_of("answer", ("", "yes", "no"))
    how_known = one_of("how", ("", "day", "after", "own"))
    person_once = Unique(["sheet", "person"])


class SummaryVersion(Table, tablename="summary_version"):
    """What was published, whole, as JSON. Published words are never changed, only followed."""

    id: Serial
    summary = reference(Summary)
    version = Integer()
    content = Text()
    published_at = moment()
    published_by = BigInt(null=True, default=None)

    summary_version_once = Unique(["summary", "version"])


class Comment(Table, tablename="comment"):
    """What somebody says under a published summary. An organiser may hide it."""

    id: Serial
    handle = Varchar(length=32, unique=True)
    summary = reference(Summary)
    name = Varchar(length=60)
    words = Text()
    form_token = Varchar(length=64, unique=True)
    said_at = moment()
    hidden_at = moment(null=True)
    hidden_by = BigInt(null=True, default=None)
