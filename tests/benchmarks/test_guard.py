"""The guard warns of a ratio that got worse by more than a factor."""

import pytest

from benchmarks.claims import Claim
from benchmarks.guard import worse


def a_claim(value: float, *, is_least: bool = False, is_ratio: bool = True, size: str = "S") -> Claim:
    return Claim(name="a ratio", size=size, values=(value,), goal=None, is_least=is_least, is_ratio=is_ratio)


@pytest.mark.parametrize("new, warns", [(0.4, False), (0.5, False), (0.62, False), (0.63, True)])
def test_warns_of_a_ratio_that_grew(new: float, *, warns: bool) -> None:
    assert bool(list(worse([a_claim(0.5)], [a_claim(new)], 1.25))) is warns


def test_says_what_it_is_and_what_it_was() -> None:
    assert list(worse([a_claim(0.5)], [a_claim(1)], 1.25)) == ["a ratio, S: 1, was 0.5"]


def test_where_more_is_better_it_warns_of_less() -> None:
    old = [a_claim(30, is_least=True)]
    assert list(worse(old, [a_claim(20, is_least=True)], 1.25))
    assert not list(worse(old, [a_claim(60, is_least=True)], 1.25))


def test_seconds_are_not_compared_from_machine_to_machine() -> None:
    assert not list(worse([a_claim(1, is_ratio=False)], [a_claim(9, is_ratio=False)], 1.25))


def test_what_was_not_measured_before_is_no_reason_to_warn() -> None:
    assert not list(worse([a_claim(1, size="M")], [a_claim(9)], 1.25))
