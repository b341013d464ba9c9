"""The file of the keys that seal fields: made at first start, its owner's alone, changed whole."""

import base64
import os
import stat
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BITS = 256
OTHERS = stat.S_IRWXG | stat.S_IRWXO
CLOSED = (
    "Others on this machine could read {path}, so it was closed to them. "
    "If somebody may have read it, change the keys: litestar keys rotate"
)


class KeyFileProblem(Exception):
    """The key file cannot be used as it is. The words say what to do."""


def fresh_key() -> str:
    """A new key as it stands in the file: base64 of 32 random bytes."""
    return base64.b64encode(AESGCM.generate_key(bit_length=KEY_BITS)).decode()


def read_keys(path: Path) -> list[str]:
    """The keys in the file, the sealing one first. Without a file, one is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return listed(path.read_text())
    with os.fdopen(handle, "w") as file:
        file.write(fresh_key() + "\n")
    return listed(path.read_text())


def listed(words: str) -> list[str]:
    """Keys written below one another, or between commas."""
    return [part.strip() for part in words.replace("\n", ",").split(",") if part.strip()]


def replace_keys(path: Path, keys: list[str]) -> None:
    """Write the whole list anew, so that no reader ever finds half of it.

    Raises KeyFileProblem when somebody else is changing it.
    """
    beside = path.with_name(f"{path.name}.new")
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise KeyFileProblem(
            f"The keys are being changed by somebody else. If nobody does, delete {beside}."
        ) from error
    with os.fdopen(handle, "w") as file:
        file.write("".join(f"{key}\n" for key in keys))
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def mark_of(path: Path) -> tuple[int, ...] | None:
    """Differs as soon as the file was replaced; None where there is no file."""
    try:
        now = path.stat()
    except FileNotFoundError:
        return None
    return (now.st_ino, now.st_mtime_ns, now.st_size)


def close_to_others(path: Path) -> str:
    """Let the file's owner alone read it. Gives a sentence when that had to be mended, or "".

    Raises KeyFileProblem when it cannot be mended.
    """
    if not path.exists() or not path.stat().st_mode & OTHERS:
        return ""
    try:
        path.chmod(0o600)
    except PermissionError as error:
        raise KeyFileProblem(
            f"Others on this machine can read {path}. Close it to them: chmod 600 {path}"
        ) from error
    return CLOSED.format(path=path)
