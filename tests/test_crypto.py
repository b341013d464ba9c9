"""Sealed fields open only where they were sealed."""

import stat

import pytest

from web.crypto import NotOpened, hash_of, new_key, seal, unseal
from web.settings import settings


def test_a_sealed_value_opens_in_its_own_row() -> None:
    sealed = seal({"words": "a loop, please"}, "need:1")
    assert unseal(sealed, "need:1") == {"words": "a loop, please"}


def test_a_value_moved_to_another_row_does_not_open() -> None:
    with pytest.raises(NotOpened):
        unseal(seal("a loop, please", "need:1"), "need:2")


def test_a_changed_value_does_not_open() -> None:
    sealed = bytearray(seal("a loop, please", "need:1"))
    sealed[-1] ^= 1
    with pytest.raises(NotOpened):
        unseal(bytes(sealed), "need:1")


def test_a_value_sealed_with_an_unknown_key_does_not_open() -> None:
    with pytest.raises(NotOpened):
        unseal(b"none" + bytes(40), "need:1")


def test_the_words_are_not_in_the_sealed_bytes() -> None:
    assert b"loop" not in seal("a loop, please", "need:1")


def test_the_key_file_is_its_owners_alone() -> None:
    seal("makes the file", "x")
    mode = (settings().data_dir / "field.keys").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_keys_are_long_and_kept_as_hashes() -> None:
    key = new_key()
    assert len(key) == 43
    assert len(hash_of(key)) == 64
    assert new_key() != key


def test_a_thousand_needs_open_without_a_look_at_the_key_file() -> None:
    """`make bench` says how long it takes; a look each time would take twice as long."""
    need = {"code": "hear.bsl", "catalogue_version": 1, "words": "Please face me"}
    sealed = [(seal(need, f"need:{number}"), f"need:{number}") for number in range(1000)]
    keys = settings().data_dir / "field.keys"
    aside = keys.rename(keys.with_suffix(".aside"))
    try:
        opened = [unseal(value, bound_to) for value, bound_to in sealed]
        looked = keys.exists()
    finally:
        aside.replace(keys)
    assert (opened, looked) == ([need] * 1000, False)
