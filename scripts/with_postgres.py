"""Run tests with a PostgreSQL: the one that DATABASE_URL names, or one started just for them.

With `--or-without` they also run where there is none, and leave out what needs it.
"""

import asyncio
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg

OR_WITHOUT = "--or-without"
USUAL_URL = "postgresql://postgres@127.0.0.1:5432"
USUAL_FOLDERS = ("/usr/lib/postgresql/*/bin", "/opt/homebrew/opt/postgresql@*/bin")
NEW_SERVER = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
SETTINGS = ("fsync=off", "listen_addresses=127.0.0.1", "unix_socket_directories=")


def main(arguments: list[str]) -> int:
    """Run the command, or say why it cannot be run."""
    may_be_without = arguments[0] == OR_WITHOUT
    command = arguments[1:] if may_be_without else arguments
    url = os.environ.get("DATABASE_URL") or USUAL_URL
    if asyncio.run(answers(url)):
        return run(command, url)
    programs = find_programs() or install_programs()
    if programs:
        with throwaway_server(programs) as own_url:
            return run(command, own_url)
    if may_be_without:
        return subprocess.call(command)
    reason = "The tests on PostgreSQL need a server, or its programs to start one."
    return subprocess.call(["scripts/skip", reason])


def run(command: list[str], url: str) -> int:
    return subprocess.call(command, env={**os.environ, "DATABASE_URL": url})


async def answers(url: str) -> bool:
    """Whether a server lets us in at this address."""
    try:
        address = urlsplit(url)._replace(path="/postgres").geturl()
        connection = await asyncpg.connect(address, timeout=3)
    except (OSError, asyncpg.PostgresError):
        return False
    await connection.close()
    return True


def find_programs() -> Path | None:
    """The folder of PostgreSQL's own programs, newest first."""
    on_the_path = shutil.which("initdb")
    if on_the_path:
        return Path(on_the_path).parent
    found = [folder for pattern in USUAL_FOLDERS for folder in Path("/").glob(pattern[1:])]
    return max(found, default=None)


def install_programs() -> Path | None:
    """Where everything must be checked (CI), install PostgreSQL. A contributor decides alone."""
    if os.environ.get("CI", "false") == "false":
        return None
    subprocess.call(["scripts/system-package", "postgresql"])
    return find_programs()


@contextmanager
def throwaway_server(programs: Path) -> Iterator[str]:
    """A server of our own on a free port, gone afterwards."""
    owner = "postgres" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
    with tempfile.TemporaryDirectory(prefix="gatherings-postgres-") as folder:
        if owner:
            shutil.chown(folder, owner)
        port = free_port()
        control = [str(programs / "pg_ctl"), "--silent", "-w", "-D", f"{folder}/data"]
        options = " ".join(f"-c {setting}" for setting in (*SETTINGS, f"port={port}"))
        run_as(owner, folder, str(programs / "initdb"), "-D", f"{folder}/data", *NEW_SERVER)
        run_as(owner, folder, *control, "-l", f"{folder}/log", "-o", options, "start")
        try:
            yield f"postgresql://postgres@127.0.0.1:{port}"
        finally:
            run_as(owner, folder, *control, "-m", "immediate", "stop")


def run_as(owner: str | None, folder: str, *command: str) -> None:
    subprocess.run(command, user=owner, cwd=folder, check=True, stdout=subprocess.DEVNULL)


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
