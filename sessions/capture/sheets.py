"""Sheets and artwork: keeping, filing, turning and removing them."""

import secrets
from datetime import UTC, datetime

from piccolo.query import Objects

from gatherings.planning.rows import hold
from gatherings.planning.tables import Gathering
from sessions.board.offers import find_session
from sessions.capture.tables import Point, Sheet
from sessions.summaries.tables import PicturePerson, SummaryPicture, SummaryPoint
from web.pictures import Copies, Picture
from web.problems import NotFound

GONE = "This picture is not here any more. Somebody may have removed it."


async def add(gathering_id: int, picture: Picture, kind: str, account_id: int | None) -> Sheet:
    """Write down a kept picture; gives the one from before when it was sent already."""
    await hold(Gathering, gathering_id)
    same = (Sheet.upload_sha256 == picture.sha256) & (Sheet.kind == kind)
    there = await _here(gathering_id).where(same).first()
    if there is not None:
        return there
    sheet = Sheet(
        gathering=gathering_id,
        code=secrets.token_urlsafe(9),
        kind=kind,
        picture=picture.key,
        upload_sha256=picture.sha256,
        width=picture.width,
        height=picture.height,
        added_by=account_id,
        filed_at=datetime.now(UTC) if kind == "artwork" else None,
    )
    await sheet.save()
    return sheet


async def file_sheet(gathering_id: int, code: str, session_number: int | None) -> None:
    """Say which session a sheet is from; None when it is not from a session."""
    sheet = await find_sheet(gathering_id, code)
    session_id = None
    if session_number is not None:
        session_id = (await find_session(gathering_id, session_number)).id
    await Sheet.update({Sheet.session: session_id, Sheet.filed_at: datetime.now(UTC)}).where(
        Sheet.id == sheet.id
    )


async def change_picture(gathering_id: int, code: str, old_key: str, turned: Copies) -> bool:
    """Show the turned picture from now on, unless somebody was quicker."""
    sheet = await find_sheet(gathering_id, code)
    rows = await (
        Sheet.update(
            {
                Sheet.picture: turned.key,
                Sheet.width: turned.width,
                Sheet.height: turned.height,
            }
        )
        .where(Sheet.id == sheet.id, Sheet.picture == old_key)
        .returning(Sheet.id)
    )
    return bool(rows)


async def remove(gathering_id: int, code: str) -> str:
    """Take a sheet away for good. Gives the key of its files, which the caller forgets.

    With it go its words, and who can be recognised in it. Points in the summary keep their source.
    """
    sheet = await find_sheet(gathering_id, code)
    await SummaryPicture.delete().where(SummaryPicture.sheet == sheet.id)
    await PicturePerson.delete().where(PicturePerson.sheet == sheet.id)
    used = SummaryPoint.select(SummaryPoint.source).where(SummaryPoint.source.is_not_null())
    await Point.delete().where((Point.sheet == sheet.id) & Point.id.not_in(used))
    await Sheet.update(
        {
            Sheet.described: "",
            Sheet.title: "",
            Sheet.artist: "",
            Sheet.removed_at: datetime.now(UTC),
        }
    ).where(Sheet.id == sheet.id)
    return sheet.picture


async def find_sheet(gathering_id: int, code: str) -> Sheet:
    """The sheet or artwork of a gathering with this code; NotFound when it was removed."""
    sheet = await _here(gathering_id).where(Sheet.code == code).first()
    if sheet is None:
        raise NotFound(GONE)
    return sheet


async def sheet_by_code(code: str) -> Sheet:
    """The same, of any gathering."""
    sheet = await Sheet.objects().get((Sheet.code == code) & Sheet.removed_at.is_null())
    if sheet is None:
        raise NotFound(GONE)
    return sheet


async def sheet_by_picture(key: str) -> Sheet | None:
    """The sheet that shows this picture just now."""
    return await Sheet.objects().get((Sheet.picture == key) & Sheet.removed_at.is_null())


async def all_sheets(gathering_id: int) -> list[Sheet]:
    """Sheets and artwork in the order in which they came."""
    return await _here(gathering_id).order_by(Sheet.id)


def _here(gathering_id: int) -> Objects[Sheet]:
    return Sheet.objects().where(Sheet.gathering == gathering_id, Sheet.removed_at.is_null())
