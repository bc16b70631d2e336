from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.config import Group
from models.problem.problem import Problem
from tests.support.families import permits, rows_of
from tests.support.laws import FEW, tenths
from tests.support.optima import is_infeasible, optimum
from tests.support.problems import a_problem, members

ALL_GROUPS: tuple[Group, ...] = (
    "decision",
    "participation",
    "cascade",
    "consent",
    "rivalry",
    "divergence",
    "caveat",
    "burden",
    "policy",
)
FRAMEWORKS = [{"id": "alliance"}, {"id": "coalition"}, {"id": "adhoc", "enabled": False}]


def locked(**policy: Any) -> Problem:
    return a_problem(
        periods=["p1", "p2"],
        frameworks=FRAMEWORKS,
        activities=[{"id": "train", "min_level": 1, "frameworks": ["alliance", "coalition", "adhoc"]}],
        policy=policy,
        withdrawn=[{"member": "a", "from_period": "p2"}],
    )


def test_rows_run_what_must_and_limits_close_what_must_not() -> None:
    problem = locked(
        run=[{"activity": "train", "period": "p1"}],
        forbid=[{"activity": "train", "framework": "alliance", "period": "p2"}],
    )
    assert rows_of(problem, "locks") == (
        "locks[train,ALL,p1]: 1  <=  y[train,alliance,p1] + y[train,coalition,p1] + y[train,adhoc,p1]\n"
        "y[train,alliance,p2] <= 0  (policy forbids train under alliance)\n"
        "y[train,adhoc,p1] <= 0  (adhoc is switched off)\n"
        "y[train,adhoc,p2] <= 0  (adhoc is switched off)\n"
        "x[a,train,money,p2] <= 0  (a has withdrawn)\n"
    )


def test_what_several_locks_say_has_one_row() -> None:
    always = {"activity": "train"}
    rows = rows_of(locked(run=[always, always | {"period": "p1"}, always | {"framework": "alliance"}]), "locks")
    assert [row.partition(":")[0] for row in rows.splitlines() if row.startswith("locks")] == [
        "locks[train,ALL,p1]",
        "locks[train,ALL,p2]",
        "locks[train,alliance,p1]",
        "locks[train,alliance,p2]",
    ]


@pytest.mark.parametrize("frameworks, holds", [((), False), (("alliance",), False), (("coalition",), True)])
def test_permits_what_runs_under_the_framework_it_must(frameworks: tuple[str, ...], *, holds: bool) -> None:
    problem = locked(run=[{"activity": "train", "framework": "coalition", "period": "p1"}])
    assert permits(problem, "locks", {f"y[train,{framework},p1]": 1 for framework in frameworks}) is holds


def test_forbids_what_must_not_run_where_it_must_not() -> None:
    problem = locked(forbid=[{"activity": "train", "framework": "alliance", "period": "p1"}])
    assert not permits(problem, "locks", {"y[train,alliance,p1]": 1})
    assert permits(problem, "locks", {"y[train,coalition,p1]": 1})
    assert permits(problem, "locks", {"y[train,alliance,p2]": 1})


def test_forbids_a_framework_that_is_switched_off() -> None:
    assert not permits(locked(), "locks", {"y[train,adhoc,p1]": 1})


def test_withdrawn_members_neither_give_nor_count_afterwards() -> None:
    problem = a_problem(
        periods=["p1", "p2"],
        members=members("a", "b", min_contribution=1),
        frameworks=[{"id": "coalition", "rule": {"type": "participants", "min_participants": 1}}],
        withdrawn=[{"member": "b", "theatre": "iraq", "from_period": "p2"}],
    )
    assert rows_of(problem, "locks") == (
        "x[b,train,money,p2] <= 0  (b has withdrawn)\n"  # what it gives, and whether it counts
        "counts[b,train,p2] <= 0  (b has withdrawn)\n"
    )
    assert permits(problem, "locks", {"x[b,train,money,p1]": 5, "counts[b,train,p1]": 1})
    assert not permits(problem, "locks", {"x[b,train,money,p2]": 0.1})
    assert not permits(problem, "locks", {"counts[b,train,p2]": 1})


def test_what_must_run_takes_means_from_what_is_worth_more() -> None:
    """watch gives 1 a level. train gives ½ and must run at level 4 or more: 4·½ + 6."""
    problem = a_problem(
        activities=[
            {"id": "train", "min_level": 4, "effect": {"type": "linear", "per_level": 0.5}},
            {"id": "watch"},
        ],
        policy={"run": [{"activity": "train"}]},
    )
    assert optimum(problem) == pytest.approx(8)


@pytest.mark.parametrize(
    "withdrawal, value",
    [
        ({}, 20),
        ({"theatre": "iraq"}, 35),
        ({"from_period": "p2"}, 30),
        ({"theatre": "iraq", "from_period": "p2"}, 37.5),
    ],
)
def test_a_withdrawal_covers_its_theatre_and_later_periods(withdrawal: dict[str, str], value: float) -> None:
    """a and b have 10 a period for iraq, at 1 point a level. b could serve in syria instead, at ¾. Without withdrawals:
    40.
    """
    problem = a_problem(
        periods=["p1", "p2"],
        members=members("a", "b"),
        theatres=[{"id": "iraq"}, {"id": "syria", "access": ["b"]}],
        activities=[
            {"id": "train"},
            {"id": "patrol", "theatre": "syria", "effect": {"type": "linear", "per_level": 0.75}},
        ],
        withdrawn=[{"member": "b", **withdrawal}],
    )
    assert optimum(problem) == pytest.approx(value)


def test_what_must_run_and_cannot_is_infeasible() -> None:
    problem = a_problem(activities=[{"id": "train", "min_level": 11}], policy={"run": [{"activity": "train"}]})
    assert is_infeasible(problem)
    assert is_infeasible(problem, *ALL_GROUPS)


def test_facts_are_never_relaxed() -> None:
    """b has withdrawn, the coalition is switched off, and watch is forbidden. Relaxing every group restores none of
    them.
    """
    problem = a_problem(
        members=members("a", "b"),
        frameworks=[{"id": "alliance"}, {"id": "coalition", "enabled": False, "effect_multiplier": 3}],
        activities=[{"id": "train", "frameworks": ["alliance", "coalition"]}, {"id": "watch"}],
        policy={"forbid": [{"activity": "watch"}]},
        withdrawn=[{"member": "b"}],
    )
    assert optimum(problem) == pytest.approx(10)
    assert optimum(problem, *ALL_GROUPS) == pytest.approx(10)


@FEW
@given(tenths(0, 2), st.lists(st.sampled_from(["train", "watch"]), unique=True))
def test_a_lock_never_raises_the_optimum(per_level: float, forbidden: list[str]) -> None:
    def reduction(*closed: str) -> float:
        return optimum(
            a_problem(
                activities=[{"id": "train", "effect": {"type": "linear", "per_level": per_level}}, {"id": "watch"}],
                policy={"forbid": [{"activity": one} for one in closed]},
            )
        )

    assert reduction(*forbidden) <= reduction() + 1e-6
