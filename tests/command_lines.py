"""Command lines as people type them: each in a process of its own, on a folder of data.

Bringing the product in takes two seconds, so one process does it for all lines of a test. Each
line runs in a copy of that process, which ends with the line.
"""

import json
import os
import shlex
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from litestar.cli.main import litestar_group

ROOT = Path(__file__).parent.parent
PATIENCE = 120
STDOUT, STDERR = 1, 2


class Typed(NamedTuple):
    """How a line ended, and what it printed where."""

    code: int
    out: str
    err: str


def litestar(data: Path, *lines: str) -> list[Typed]:
    """Type `litestar <line>` for each line, one after the other."""
    environment = {
        **os.environ,
        "COLUMNS": "200",
        "DATA_DIR": str(data),
        "DATABASE_URL": "",
        "PORT": "8001",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.command_lines", *lines],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        timeout=PATIENCE,
        check=True,
    )
    return [Typed(*one) for one in json.loads(done.stdout)]


def main() -> None:
    """Run each line that was given, and tell how each ended."""
    import_module("app")
    print(json.dumps([typed(line) for line in sys.argv[1:]]))


def typed(line: str) -> Typed:
    """Run one line in a copy of this process, and read what it printed."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        child = os.fork()
        if not child:
            os.dup2(out.fileno(), STDOUT)
            os.dup2(err.fileno(), STDERR)
            run(line)
        _, status = os.waitpid(child, 0)
        out.seek(0)
        err.seek(0)
        return Typed(os.waitstatus_to_exitcode(status), out.read(), err.read())


def run(line: str) -> None:
    """Do what `litestar` does with the line, and end as it ends."""
    sys.argv = ["litestar", "--app", "app:app", *shlex.split(line)]
    litestar_group()
    sys.exit()


if __name__ == "__main__":
    main()
