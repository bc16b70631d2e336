"""What is written after a change is the same program as if nothing had been written before, and no more than that."""

from itertools import pairwise, permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.generate import generate
from models.address import apply_changes, apply_overrides, list_addresses, read
from models.change import Change
from models.errors import InvalidDocument
from models.problem.problem import Problem
from models.reading import read_problem
from optimizer.arrays.array_program import IncrementalWriter, write_program
from optimizer.arrays.compiled import CompiledProgram
from tests.laws.problems import problems
from tests.support.problems import a_problem

CHANGES = 4
"""Changes of one writer: there and back, and from what was changed already."""

BLIND_TO_POLITICS = {"participation", "needs", "availability", "effect", "level", "cost", "quorum"}


def assert_same(one: CompiledProgram, other: CompiledProgram) -> None:
    assert one.rows == other.rows
    assert one.columns == other.columns
    assert one.row_group == other.row_group
    for part in ("indptr", "indices", "data"):
        assert np.array_equal(getattr(one.matrix, part), getattr(other.matrix, part))
    for name in ("row_lower", "row_upper", "column_lower", "column_upper", "integer"):
        assert np.array_equal(getattr(one, name), getattr(other, name)), name
    assert (one.limits.family, one.limits.freed_by) == (other.limits.family, other.limits.freed_by)
    assert np.array_equal(one.limits.column, other.limits.column)
    assert np.array_equal(one.limits.upper, other.limits.upper)
    assert _objectives(one) == _objectives(other)


def _objectives(compiled: CompiledProgram) -> dict[str, list[tuple[list[float], float]]]:
    return {
        metric: [(vector.tolist(), constant) for vector, constant in (first, *compiled.refinements[metric])]
        for metric, first in compiled.objectives.items()
    }


def _moved(value: Any, *, up: bool) -> Any:
    match value:
        case bool():
            return not value
        case int() | float():
            return round(value * 1.5 + 0.5 if up else value / 2, 3)
        case _:
            return value


@st.composite
def changed(draw: st.DrawFn, problem: Problem) -> Problem:
    """The problem with a value or two of it moved, as far as it then still makes sense."""
    for address in draw(st.lists(st.sampled_from(list_addresses(problem)), min_size=1, max_size=2)):
        try:
            value = _moved(read(problem, address), up=draw(st.booleans()))
            problem = apply_changes(problem, [Change(address=address, value=value)])
        except InvalidDocument:
            continue
    return problem


@settings(max_examples=120, deadline=None)
@given(problems(), st.data())
def test_a_changed_problem_is_written_as_if_it_were_the_first(base: Problem, data: st.DataObject) -> None:
    problem = base
    writer = IncrementalWriter()
    assert_same(writer.write(base).compiled, write_program(base).compiled)
    for _ in range(CHANGES):
        problem = data.draw(changed(data.draw(st.sampled_from([base, problem]))))
        assert_same(writer.write(problem).compiled, write_program(problem).compiled)


def written_again(overrides: dict[str, Any], *before: dict[str, Any]) -> set[str]:
    """The families of which rows are written again for a change of the benchmark's S, after others."""
    problem, writer = read_problem(generate("S", 1)), IncrementalWriter()
    writer.write(problem)
    for one in before:
        writer.write(apply_overrides(problem, one))
    writer.write(apply_overrides(problem, overrides))
    return {key[1] for key in writer.cache.rerun if key[0] == "rows"}


def test_a_position_concerns_those_who_read_positions() -> None:
    again = written_again({"positions/m1:a1": -2})
    assert "willingness" in again
    assert not again & BLIND_TO_POLITICS


def test_a_share_concerns_policy_alone() -> None:
    again = written_again({"policy/min_pre_conflict_share": 0.3})
    assert "prevention" in again
    assert not again & {"willingness", "consensus", *BLIND_TO_POLITICS}


def test_means_concern_what_is_given_and_what_was_before_is_remembered() -> None:
    means = {"members/m1/resources/money": 3}
    again = written_again(means)
    assert "availability" in again
    assert not again & {"participation", "quorum", "effect"}
    assert "availability" not in written_again({"positions/m1:a1": -2}, means)
    assert not written_again({}, means, {"positions/m1:a1": -2})


QUORUM = {
    "members": [
        {"id": "us", "resources": {"money": 8}, "min_contribution": 1},
        {"id": "fr", "resources": {"money": 4}, "min_contribution": 1},
        {"id": "tr", "resources": {"money": 0}, "min_contribution": 1},
    ],
    "frameworks": [
        {"id": "alliance", "rule": {"type": "consensus"}},
        {"id": "coalition", "rule": {"type": "participants", "min_participants": 0}},
    ],
    "activities": [
        {"id": "reform", "theatre": "iraq", "pillar": "other", "frameworks": ["alliance", "coalition"], "max_level": 5}
    ],
    "positions": [{"member": "tr", "activity": "reform", "framework": "alliance", "value": -2}],
    "concessions": {"budget": 0.5, "max_per_case": 0.5},
    "policy": {"max_opposition": 0.3},
}
TOGGLES: tuple[dict[str, Any], ...] = (
    {"frameworks/coalition/rule/min_participants": 2},
    {"members/tr/resources/money": 3},
    {"positions/us:reform": -1},
    {"theatres/iraq/consent": {"alliance": False, "*": True}},
)
"""A rule, means, a position, a consent."""


@pytest.mark.parametrize("order", list(permutations(range(len(TOGGLES)))))
def test_what_was_changed_before_does_not_matter(order: tuple[int, ...]) -> None:
    """One change after the other, then each two of them together, then none."""
    base, writer = a_problem(**QUORUM), IncrementalWriter()
    together = [TOGGLES[one] | TOGGLES[other] for one, other in pairwise(order)]
    for overrides in ({}, *(TOGGLES[place] for place in order), *together, {}):
        problem = apply_overrides(base, overrides) if overrides else base
        assert_same(writer.write(problem).compiled, write_program(problem).compiled)


def test_who_is_in_a_list_is_read_with_it() -> None:
    """A member leaves the alliance and stays as a partner under its name."""
    base, writer = a_problem(**{**QUORUM, "positions": []}), IncrementalWriter()
    left = apply_overrides(base, {"members/tr": None, "partners/tr": {"resources": {"money": 3}}})
    for problem in (base, left, base):
        assert_same(writer.write(problem).compiled, write_program(problem).compiled)
