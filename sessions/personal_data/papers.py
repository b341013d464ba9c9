"""The papers that data protection asks for, filled from what is set and what the code does.

docs/ holds them as they are when nothing is set. A test compares the two.
"""

from pathlib import Path

from gatherings.bookings.drafts import DRAFT_HOURS
from gatherings.people.sign_in import SIGN_IN_LASTS
from gatherings.personal_data import keeping
from gatherings.personal_data.complaints import ACKNOWLEDGED_WITHIN
from gatherings.planning.tables import Gathering
from sessions.personal_data.all_rules import ALL_RULES
from sessions.personal_data.legal_basis import BASES, SPECIAL
from web.plain_text import plain_templates
from web.settings import Settings

PAPERS = ("record-of-processing", "retention", "dpia-template", "breach-checklist")
_environment = plain_templates("papers", keep_last_line=True)


def usual_need_days() -> int:
    """For how many days a gathering keeps needs unless it says otherwise."""
    return int(Gathering.keep_needs_days._meta.params["default"])


def paper(name: str, chosen: Settings) -> str:
    """One paper as this host needs it."""
    return _environment.get_template(f"{name}.md").render(
        chosen=chosen,
        basis=BASES[chosen.legal_basis],
        bases=BASES,
        special=SPECIAL,
        rules=ALL_RULES,
        keeping=keeping,
        need_days=usual_need_days(),
        draft_hours=DRAFT_HOURS,
        sign_in_hours=int(SIGN_IN_LASTS.total_seconds()) // 3600,
        complaint_days=ACKNOWLEDGED_WITHIN.days,
    )


def write_papers(folder: Path, chosen: Settings) -> list[Path]:
    """Write all of them into the folder. What stands there under other names stays."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for name in PAPERS:
        path = folder / f"{name}.md"
        path.write_text(paper(name, chosen), encoding="utf-8")
        made.append(path)
    return made
