"""A summary as plain text, in the manner of Markdown, for people who want to keep or reuse it."""

from sessions.summaries.content import Content, ShownPicture


def as_text(content: Content, where: str) -> str:
    """The whole summary; `where` says what gathering it is from."""
    parts = [f"# {content.title}", where, content.opening, content.made]
    for question in content.questions:
        parts += [f"## {question.heading}", question.introduction]
        parts.append("\n".join(f"- {point}" for point in question.points))
        parts += [_picture(picture) for picture in question.pictures]
    parts += [_picture(picture) for picture in content.pictures]
    if content.thanks:
        parts += ["## Thanks", content.thanks]
    return "\n\n".join(part for part in parts if part) + "\n"


def _picture(picture: ShownPicture) -> str:
    kind = "Artwork" if picture.kind == "artwork" else "Picture"
    title = f" “{picture.caption}”" if picture.caption else ""
    return f"{kind}{title}: {picture.described} {picture.credit}".rstrip()
