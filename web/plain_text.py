"""Drawing plain text: letters and papers, which know no markup to escape."""

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from web.pages import TEMPLATES


def plain_templates(folder: str, *, keep_last_line: bool = False) -> Environment:
    """The templates of one folder. A value that one needs and does not get is an error."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES / folder),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 (what becomes a page or a web letter is escaped there)
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=keep_last_line,
    )
