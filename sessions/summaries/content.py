"""What a summary says to its readers: the words and pictures that a version keeps as JSON."""

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from typing import Any

from sessions.capture.artwork import credit_line
from sessions.capture.tables import Sheet


@dataclass(frozen=True)
class ShownPicture:
    """A picture with its words. The file is looked up by its code: it may be turned or removed."""

    code: str
    kind: str
    described: str
    title: str
    artist: str
    licence: str
    caption: str

    @property
    def credit(self) -> str:
        """Whose work it is; nothing for a flipchart sheet."""
        return credit_line(self.artist, self.licence) if self.kind == "artwork" else ""


@dataclass(frozen=True)
class ShownQuestion:
    """A heading with what was said to it."""

    heading: str
    introduction: str
    points: tuple[str, ...]
    pictures: tuple[ShownPicture, ...]


@dataclass(frozen=True)
class Content:
    """A whole summary. `made` says how it was made, from what is in the database."""

    title: str
    opening: str
    made: str
    questions: tuple[ShownQuestion, ...]
    pictures: tuple[ShownPicture, ...]
    thanks: str

    @property
    def codes(self) -> list[str]:
        """The codes of all its pictures."""
        under = [picture for question in self.questions for picture in question.pictures]
        return [picture.code for picture in (*under, *self.pictures)]

    def without(self, codes: Collection[str]) -> "Content":
        """The same without these pictures."""
        return replace(
            self,
            questions=tuple(
                replace(one, pictures=_left(one.pictures, codes)) for one in self.questions
            ),
            pictures=_left(self.pictures, codes),
        )

    @property
    def points(self) -> int:
        """How many points there are."""
        return sum(len(question.points) for question in self.questions)

    def as_json(self) -> str:
        """The content as a version keeps it."""
        return json.dumps(asdict(self), ensure_ascii=False)


def content_from(text: str) -> Content:
    """The content of a version."""
    kept = json.loads(text)
    return Content(
        title=kept["title"],
        opening=kept["opening"],
        made=kept["made"],
        questions=tuple(_question(question) for question in kept["questions"]),
        pictures=_pictures(kept["pictures"]),
        thanks=kept["thanks"],
    )


async def files_of(codes: list[str]) -> dict[str, Sheet]:
    """The sheets with these codes that were not removed, by code."""
    sheets = await Sheet.objects().where(Sheet.code.is_in(["", *codes]), Sheet.removed_at.is_null())
    return {sheet.code: sheet for sheet in sheets}


def _question(kept: dict[str, Any]) -> ShownQuestion:
    return ShownQuestion(
        heading=kept["heading"],
        introduction=kept["introduction"],
        points=tuple(kept["points"]),
        pictures=_pictures(kept["pictures"]),
    )


def _left(pictures: tuple[ShownPicture, ...], codes: Collection[str]) -> tuple[ShownPicture, ...]:
    return tuple(picture for picture in pictures if picture.code not in codes)


def _pictures(kept: list[dict[str, Any]]) -> tuple[ShownPicture, ...]:
    return tuple(ShownPicture(**picture) for picture in kept)
