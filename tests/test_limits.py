"""Limits count by key, say how long to wait, and forget."""

from web.limits import Limit


def test_a_limit_says_how_long_to_wait_and_lets_go() -> None:
    now = [0.0]
    limit = Limit(2, 60, now=lambda: now[0])
    assert [limit.try_now("cal") for _ in range(3)] == [0, 0, 60]
    now[0] = 30
    assert limit.try_now("cal") == 30
    now[0] = 61
    assert limit.try_now("cal") == 0


def test_one_key_does_not_slow_another() -> None:
    limit = Limit(1, 60)
    assert limit.try_now("cal") == 0
    assert limit.try_now("dee") == 0


def test_a_success_starts_afresh() -> None:
    limit = Limit(1, 60)
    limit.count("ada")
    limit.forget("ada")
    assert limit.wait("ada") == 0
