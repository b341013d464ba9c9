"""Sealing of sensitive fields with AES-256-GCM, and keys for cookies and links.

The first key seals and all keys open, so that keys can be changed. They come from the
setting FIELD_KEYS or from a key file outside the database that only its owner can read.
"""

import base64
import hashlib
import hmac
import json
import os
import secrets
from functools import cache
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from web.settings import settings

NONCE_BYTES = 12
KEY_NAME_BYTES = 4


class NotOpened(Exception):
    """A sealed value was changed, moved to another row, or sealed with a key we do not have."""


def new_key() -> str:
    """A secret of 256 bits for a cookie or a link, safe in an address."""
    return secrets.token_urlsafe(32)


def hash_of(key: str) -> str:
    """What we keep of a secret: its SHA-256 in hexadecimal."""
    return hashlib.sha256(key.encode()).hexdigest()


def keyed_hashes(words: str) -> list[str]:
    """Hashes of words that are short enough to be guessed, by each key; keep the first.

    Who reads the database without our keys cannot try out which words fit.
    """
    return [hmac.new(b"words:" + key, words.encode(), "sha256").hexdigest() for key in _keys()]


def seal(value: Any, bound_to: str) -> bytes:
    """Seal a JSON value so that it opens only together with the same `bound_to`."""
    name, cipher = next(iter(_ciphers().items()))
    nonce = os.urandom(NONCE_BYTES)
    return name + nonce + cipher.encrypt(nonce, json.dumps(value).encode(), bound_to.encode())


def unseal(sealed: bytes, bound_to: str) -> Any:
    """Open what `seal` made. Raises NotOpened."""
    name, rest = bytes(sealed[:KEY_NAME_BYTES]), bytes(sealed[KEY_NAME_BYTES:])
    cipher = _ciphers().get(name)
    if cipher is None:
        raise NotOpened("sealed with a key that is not in the key list")
    try:
        opened = cipher.decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], bound_to.encode())
    except InvalidTag as error:
        raise NotOpened("changed since it was sealed, or moved") from error
    return json.loads(opened)


@cache
def _keys() -> tuple[bytes, ...]:
    listed = settings().field_keys or _key_file(settings().data_dir / "field.keys")
    return tuple(base64.b64decode(part) for part in listed.replace("\n", ",").split(",") if part)


@cache
def _ciphers() -> dict[bytes, AESGCM]:
    return {hashlib.sha256(key).digest()[:KEY_NAME_BYTES]: AESGCM(key) for key in _keys()}


def _key_file(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(handle, "w") as file:
        file.write(base64.b64encode(AESGCM.generate_key(bit_length=256)).decode() + "\n")
    return path.read_text()
