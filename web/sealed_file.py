"""A file sealed piece by piece with AES-256-GCM, so that it may be larger than the memory.

It begins with MARK, the name of its key and a salt. Each file has a key of its own, made of the
first key in the key list and the salt. Every piece says where it stands and whether it is the
last, so that no piece can be changed, moved or cut off unseen.
"""

import base64
import os
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from web.crypto import KEY_NAME_BYTES, NotOpened, key_names, keys_now

MARK = b"GATHERINGS-SEALED-1\n"
SALT_BYTES, TAG_BYTES, COUNTER_BYTES = 16, 16, 11
PIECE = 1 << 20
PURPOSE = b"gatherings: a sealed file"


class SealedWriter:
    """Writes a new file that its owner alone may read. Raises FileExistsError."""

    def __init__(self, path: Path) -> None:
        salt, name = os.urandom(SALT_BYTES), key_names()[0]
        self._cipher = _cipher_of(name, salt)
        self._file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        self._file.write(MARK + name + salt)
        self._waiting, self._pieces = bytearray(), 0

    def write(self, content: bytes) -> int:
        """Take more bytes; whole pieces are sealed at once."""
        self._waiting += content
        while len(self._waiting) > PIECE:
            self._seal(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]
        return len(content)

    def __enter__(self) -> "SealedWriter":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: object, trace: TracebackType | None
    ) -> None:
        """The last piece makes the file whole. After a failure it is left out."""
        with self._file:
            if kind is None:
                self._seal(bytes(self._waiting), last=True)
                self._file.flush()
                os.fsync(self._file.fileno())

    def _seal(self, piece: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._pieces, last), piece, None))
        self._pieces += 1


class SealedReader:
    """Reads what `SealedWriter` wrote. Raises NotOpened where it is not as it was written."""

    def __init__(self, file: BinaryIO) -> None:
        if file.read(len(MARK)) != MARK:
            raise NotOpened("this file was not made by us")
        self._cipher = _cipher_of(file.read(KEY_NAME_BYTES), file.read(SALT_BYTES))
        self._file = file
        self._next = file.read(PIECE + TAG_BYTES)
        self._opened, self._pieces, self._ended = bytearray(), 0, False

    def read(self, size: int) -> bytes:
        """So many bytes, or fewer at the end."""
        while len(self._opened) < size and not self._ended:
            self._open_next()
        given = bytes(self._opened[:size])
        del self._opened[:size]
        return given

    def _open_next(self) -> None:
        piece, self._next = self._next, self._file.read(PIECE + TAG_BYTES)
        self._ended = not self._next
        try:
            self._opened += self._cipher.decrypt(_nonce(self._pieces, self._ended), piece, None)
        except InvalidTag as error:
            raise NotOpened("the file was changed, or its end is missing") from error
        self._pieces += 1


def _cipher_of(name: bytes, salt: bytes) -> AESGCM:
    """The cipher of one file. Raises NotOpened when its key is not in the list."""
    keys = dict(zip(key_names(), keys_now(), strict=True))
    if name not in keys:
        raise NotOpened("it was sealed with a key that is not in the key list")
    own = HKDF(SHA256(), length=32, salt=salt, info=PURPOSE)
    return AESGCM(own.derive(base64.b64decode(keys[name])))


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(COUNTER_BYTES, "big") + bytes([last])
