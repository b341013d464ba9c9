"""Sealing of sensitive fields with AES-256-GCM, and keys for cookies and links.

The first key seals and all keys open, so that keys can be changed, also while the app runs. They
come from the setting FIELD_KEYS or from a key file outside the database that only its owner can
read.
"""

import base64
import hashlib
import hmac
import json
import os
import secrets
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from web.key_file import listed, mark_of, read_keys
from web.settings import settings

NONCE_BYTES = 12
# A page opens a thousand values: this reader takes an eighth of the time of Python's own.
_read_json = msgspec.json.Decoder().decode
KEY_NAME_BYTES = 4
BEFORE = KEY_NAME_BYTES + NONCE_BYTES


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
    keys = [base64.b64decode(key) for key in keys_now()]
    return [hmac.new(b"words:" + key, words.encode(), "sha256").hexdigest() for key in keys]


def seal(value: Any, bound_to: str) -> bytes:
    """Seal a JSON value so that it opens only together with the same `bound_to`."""
    name, cipher = next(iter(_ciphers_now().items()))
    nonce = os.urandom(NONCE_BYTES)
    return name + nonce + cipher.encrypt(nonce, json.dumps(value).encode(), bound_to.encode())


def unseal(sealed: bytes, bound_to: str) -> Any:
    """Open what `seal` made. Raises NotOpened."""
    name = sealed[:KEY_NAME_BYTES]
    cipher = _last[0].get(name) or _ciphers_now().get(name)
    if cipher is None:
        raise NotOpened("sealed with a key that is not in the key list")
    try:
        opened = cipher.decrypt(sealed[KEY_NAME_BYTES:BEFORE], sealed[BEFORE:], bound_to.encode())
    except InvalidTag as error:
        raise NotOpened("changed since it was sealed, or moved") from error
    return _read_json(opened)


def reseal(sealed: bytes, bound_to: str) -> bytes | None:
    """The same value sealed with the first key; None when it is already."""
    if bytes(sealed[:KEY_NAME_BYTES]) == key_names()[0]:
        return None
    return seal(unseal(sealed, bound_to), bound_to)


def key_file() -> Path:
    """Where the keys are when no setting names them."""
    return settings().data_dir / "field.keys"


def keys_now() -> list[str]:
    """Every key of the list in base64, the sealing one first."""
    return listed(settings().field_keys) or read_keys(key_file())


def key_names() -> list[bytes]:
    """The first bytes of what each key seals, in the order of the list."""
    return [name_of_key(key) for key in keys_now()]


def name_of_key(key: str) -> bytes:
    """The name by which a sealed value says which key it needs; it tells nothing of the key."""
    return hashlib.sha256(base64.b64decode(key)).digest()[:KEY_NAME_BYTES]


_last: list[dict[bytes, AESGCM]] = [{}]
"""The ciphers used last, so that opening a thousand values need not look at the key file."""


def _ciphers_now() -> dict[bytes, AESGCM]:
    """Sealing asks each time, so that a new first key is used from the moment that it is there."""
    given = settings().field_keys
    _last[0] = _ciphers(given, () if given else _mark())
    return _last[0]


@lru_cache(maxsize=4)
def _ciphers(given: str, mark: tuple[int, ...]) -> dict[bytes, AESGCM]:
    """One cipher for each key, the first at the top. Another `mark` means another file."""
    return {name_of_key(key): AESGCM(base64.b64decode(key)) for key in keys_now()}


def _mark() -> tuple[int, ...]:
    path = key_file()
    mark = mark_of(path)
    if mark is None:
        read_keys(path)
        mark = mark_of(path)
    return mark or ()
