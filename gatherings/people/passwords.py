"""Passwords: hashed with argon2id in a thread, a few at a time, never on the event loop."""

import asyncio

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 10, 200
AT_ONCE = 2

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_turns = asyncio.Semaphore(AT_ONCE)
_nobodys = _hasher.hash("nobody has this password")


async def hash_password(password: str) -> str:
    """The hash to keep, with its own salt."""
    async with _turns:
        return await asyncio.to_thread(_hasher.hash, password)


async def password_fits(kept_hash: str, password: str) -> bool:
    """Whether the password is right. An empty hash takes as long to refuse as a wrong one."""
    async with _turns:
        return await asyncio.to_thread(_fits, kept_hash, password)


def trouble_with(password: str, email: str) -> str:
    """What is wrong with a new password in plain words, or nothing."""
    if len(password) < SHORTEST:
        return f"Make your password longer: at least {SHORTEST} characters. Three words are good"
    if len(password) > LONGEST:
        return f"Make your password shorter: at most {LONGEST} characters"
    if len(set(password)) < 4 or password.lower() == email.lower():
        return "Choose a password that is harder to guess. Three words are good"
    return ""


def _fits(kept_hash: str, password: str) -> bool:
    try:
        _hasher.verify(kept_hash or _nobodys, password)
    except (VerificationError, InvalidHashError):
        return False
    return bool(kept_hash)
