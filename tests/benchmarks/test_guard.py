"""The guard warns if a ratio got worse by more than a factor."""

import pytest

from benchmarks.claims import Claim
from benchmarks.guard import worse


def a_claim(value: float, *, is_least: bool = False, is_ratio: bool = True, size: str = "S") -> Claim:
    return Claim(name="a ratio", size=size, values=(value,), goal=None, is_least=is_least, is_ratio=is_ratio)


@pytest.mark.parametrize("new, warns", [(0.4, False), (0.5, False), (0.62, False), (0.63, True)])
def test_warns_of_a_ratio_that_grew(new: float, *, warns: bool) -> None:
    assert bool(list(worse([a_claim(0.5)], [a_claim(new)], 1.25))) is warns


def test_shows_the_new_and_the_old_value() -> None:
    assert list(worse([a_claim(0.5)], [a_claim(1)], 1.25)) == ["a ratio, S: 1, was 0.5"]


def test_if_more_is_better_it_warns_of_less() -> None:
    old = [a_claim(30, is_least=True)]
    assert list(worse(old, [a_claim(20, is_least=True)], 1.25))
    assert not list(worse(old, [a_claim(60, is_least=True)], 1.25))


def test_seconds_are_not_compared() -> None:
    assert not list(worse([a_claim(1, is_ratio=False)], [a_claim(9, is_ratio=False)], 1.25))


def test_does_not_warn_without_an_earlier_measurement() -> None:
    assert not list(worse([a_claim(1, size="M")], [a_claim(9)], 1.25))
