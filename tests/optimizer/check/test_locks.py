from typing import get_args

import pytest

from models.config import Group
from optimizer.check.locks import rows
from optimizer.check.row import EXACT, RuleRow
from tests.support.plans import a_plan, broken, broken_rows, rows_of
from tests.support.problems import a_problem, members

EVERYTHING: tuple[Group, ...] = get_args(Group)
FRAMEWORKS = [{"id": "alliance"}, {"id": "coalition", "rule": {"type": "none"}}]
BOTH = [{"id": "train", "frameworks": ["alliance", "coalition"]}]


def test_a_run_lock_applies_in_every_period_it_covers() -> None:
    problem = a_problem(periods=["p1", "p2"], policy={"run": [{"activity": "train"}]})
    assert not broken(problem, a_plan(problem, {"a/train/money/p1": 1, "a/train/money/p2": 1}))
    assert broken_rows(problem, a_plan(problem, {"a/train/money/p1": 1})) == ["locks run/train/any/p2"]


def test_a_lock_with_a_framework_requires_that_framework() -> None:
    problem = a_problem(
        frameworks=FRAMEWORKS, activities=BOTH, policy={"run": [{"activity": "train", "framework": "coalition"}]}
    )
    assert not broken(problem, a_plan(problem, {"a/train": 1}, runs={"train": "coalition"}))
    assert broken(problem, a_plan(problem, {"a/train": 1}, runs={"train": "alliance"})) == {"locks"}


@pytest.mark.parametrize(
    "lock, verdict",
    [
        ({"activity": "train"}, {"locks"}),
        ({"activity": "train", "framework": "coalition"}, set()),
        ({"activity": "train", "framework": "alliance"}, {"locks"}),
        ({"activity": "train", "period": "p2"}, set()),
        ({"activity": "train", "period": "p1"}, {"locks"}),
    ],
)
def test_a_forbidden_activity_must_not_run_even_if_all_groups_are_relaxed(
    lock: dict[str, str], verdict: set[str]
) -> None:
    problem = a_problem(periods=["p1", "p2"], frameworks=FRAMEWORKS, activities=BOTH, policy={"forbid": [lock]})
    plan = a_plan(problem, {"a/train": 1})
    assert broken(problem, plan) == verdict
    assert broken(problem, plan, relax=EVERYTHING) == verdict


@pytest.mark.parametrize(
    "withdrawal, verdict",
    [
        ({"member": "a"}, {"locks"}),
        ({"member": "a", "theatre": "iraq"}, {"locks"}),
        ({"member": "a", "theatre": "syria"}, set()),
        ({"member": "b"}, set()),
        ({"member": "a", "from_period": "p2"}, {"locks"}),
    ],
)
def test_a_withdrawn_member_gives_nothing(withdrawal: dict[str, str], verdict: set[str]) -> None:
    problem = a_problem(
        periods=["p1", "p2"],
        members=members("a", "b"),
        theatres=[{"id": "iraq"}, {"id": "syria"}],
        withdrawn=[withdrawal],
    )
    plan = a_plan(problem, {"a/train/money/p2": 1})
    assert broken(problem, plan) == verdict
    assert broken(problem, plan, relax=EVERYTHING) == verdict


def test_a_member_may_give_before_it_withdraws() -> None:
    problem = a_problem(periods=["p1", "p2"], withdrawn=[{"member": "a", "from_period": "p2"}])
    assert not broken(problem, a_plan(problem, {"a/train/money/p1": 1}))


def test_states_the_locks_and_the_withdrawals() -> None:
    """train runs in p1 under alliance; watch runs in p2 under coalition, after a has withdrawn."""
    problem = a_problem(
        periods=["p1", "p2", "p3"],
        frameworks=FRAMEWORKS,
        activities=[*BOTH, {"id": "watch", "frameworks": ["coalition"]}],
        policy={
            "run": [{"activity": "train"}, {"activity": "train", "framework": "coalition", "period": "p1"}],
            "forbid": [{"activity": "watch", "framework": "coalition", "period": "p2"}],
        },
        withdrawn=[{"member": "a", "from_period": "p2"}],
    )

    def row(key: str, runs: float, must: float, sentence: str) -> RuleRow:
        return RuleRow(key=key, left=runs, sense="=", right=must, sentence=sentence, tolerance=EXACT)

    plan = a_plan(problem, {"a/train/money/p1": 1, "a/watch/money/p2": 3})
    assert rows_of(rows, problem, plan) == [
        row("run/train/any/p1", 1, 1, "train must run in p1."),
        row("run/train/any/p2", 0, 1, "train must run in p2."),
        row("run/train/any/p3", 0, 1, "train must run in p3."),
        row("run/train/coalition/p1", 0, 1, "train must run under coalition in p1."),
        row("forbid/watch/coalition/p2", 1, 0, "watch must not run under coalition in p2."),
        RuleRow(
            key="withdrawn/a/watch/money/p2",
            left=3,
            sense="<=",
            right=0,
            sentence="a gives 3 M EUR of money to watch in p2, but it has withdrawn.",
            scale=10,
        ),
    ]
