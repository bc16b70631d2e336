"""The laws that every build must keep, on random tiny problems over all families (MODEL, last of section 6)."""

from random import Random
from typing import get_args

import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st

from models.config import Config, Group, SolverConfig
from models.errors import InvalidDocument
from models.outcome import Solved
from models.problem.problem import Problem
from models.reading import read_problem
from optimizer import solve
from optimizer.check.check import check
from optimizer.check.score import score
from tests.laws.bounded import bounded
from tests.laws.changes import laxer, renamed, reordered, scaled
from tests.laws.draws import Document
from tests.laws.problems import documents

GROUPS: tuple[Group, ...] = get_args(Group)
SLACK = 1e-5
"""Relative to one plus the value: two optima, each within the solver's tolerances."""
EXACT = SolverConfig(mip_gap=1e-6)


def read(document: Document) -> Problem:
    try:
        return read_problem(document)
    except InvalidDocument:
        assume(False)
        raise


def planned(problem: Problem, *relax: Group) -> Solved | None:
    """The outcome, if there is a plan."""
    outcome = solve(problem, Config(solver=EXACT, relax=relax))
    assert outcome.status in ("optimal", "infeasible"), outcome
    return outcome if isinstance(outcome, Solved) else None


def worth(problem: Problem, *relax: Group) -> float | None:
    """The first objective, turned so that more is better; None if there is no plan."""
    outcome = planned(problem, *relax)
    if outcome is None:
        return None
    first = outcome.objectives[0]
    return first.value if first.metric in ("risk_reduction", "min_coverage") else -first.value


def assert_not_lower(after: float | None, before: float | None) -> None:
    if before is not None:
        assert after is not None
        assert after >= before - SLACK * (1 + abs(before))


def assert_same(after: float | None, before: float | None) -> None:
    assert (after is None) == (before is None)
    if after is not None and before is not None:
        assert after == pytest.approx(before, rel=SLACK, abs=SLACK)


def is_regretted(document: Document) -> bool:
    """Under regret the reference would move with what is changed (T15)."""
    return document.get("criterion", {}).get("type") == "regret"


@bounded(60)
@given(document=documents(), group=st.sampled_from(GROUPS))
def test_relaxing_a_group_never_lowers_the_optimum(document: Document, group: Group) -> None:
    assume(not is_regretted(document))
    problem = read(document)
    assert_not_lower(worth(problem, group), worth(problem))


@bounded(80)
@given(document=documents(), place=st.integers(0, 50))
def test_more_of_a_resource_or_a_wider_limit_never_lowers_the_optimum(document: Document, place: int) -> None:
    assume(not is_regretted(document))
    changes = laxer(document)
    name = sorted(changes)[place % len(changes)]
    event(name)
    before = worth(read(document))
    assert_not_lower(worth(read(changes[name])), before)


@bounded(60)
@given(document=documents(), factor=st.sampled_from([0.1, 4, 1000]))
def test_means_in_another_unit_change_nothing(document: Document, factor: float) -> None:
    assume(document.get("burden_sharing", {}).get("type") != "benefit")
    in_means = document["objectives"][0]["metric"] in ("cost", "max_burden", "change_from_baseline")
    before = worth(read(document))
    expected = None if before is None else before * (factor if in_means else 1)
    assert_same(worth(read(scaled(document, factor))), expected)


@bounded(60)
@given(document=documents())
def test_other_names_change_nothing(document: Document) -> None:
    assert_same(worth(read(renamed(document))), worth(read(document)))


@bounded(60)
@given(document=documents(), seed=st.integers(0, 1000))
def test_another_order_changes_nothing(document: Document, seed: int) -> None:
    assert_same(worth(read(reordered(document, Random(seed)))), worth(read(document)))  # noqa: S311  (a shuffle)


@bounded(80)
@given(document=documents(features=6), relax=st.lists(st.sampled_from(GROUPS), max_size=2, unique=True))
def test_every_plan_passes_the_check_and_is_worth_what_is_reported(document: Document, relax: list[Group]) -> None:
    problem = read(document)
    outcome = planned(problem, *relax)
    if outcome is not None:
        verdict = check(problem, outcome.plan, relax=relax, objectives=outcome.objectives)
        assert verdict.passed, verdict.violations
        values = score(problem, outcome.plan, relax=relax)
        for result in outcome.objectives:
            if result.metric in values:
                assert result.value == pytest.approx(values[result.metric], rel=SLACK, abs=SLACK)
