"""The glossary: letters that stand for something, in the words of a series' organisers."""

from piccolo.columns import Serial, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from gatherings.planning.tables import Series
from web.columns import moment, reference


class GlossaryWord(Table, tablename="glossary_word"):
    """Letters that stand for something, such as BSL, and what they mean."""

    id: Serial
    series = reference(Series)
    letters = Varchar(length=12)
    meaning = Varchar(length=200)
    added_at = moment()

    glossary_word_once = Unique(["series", "letters"])
