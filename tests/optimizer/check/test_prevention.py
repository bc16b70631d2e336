from typing import Any

import pytest

from models.problem.problem import Problem
from optimizer.check.prevention import rows
from optimizer.check.row import RuleRow, Sense
from optimizer.tolerances import SIZE_FLOOR
from tests.support.plans import a_plan, broken, broken_rows, rows_of
from tests.support.problems import a_problem


def portfolio(**policy: Any) -> Problem:
    return a_problem(
        periods=["p1", "p2"],
        members=[{"id": "a", "resources": {"money": 100}}],
        partners=[{"id": "eu", "resources": {"money": 100}}],
        theatres=[{"id": "iraq"}, {"id": "syria"}],
        activities=[
            {"id": "train", "pillar": "capacity_building", "tags": ["women"]},
            {"id": "watch", "pillar": "surveillance", "theatre": "syria", "tags": ["women", "sea"]},
            {"id": "rebuild", "phase": "post_conflict"},
        ],
        policy=policy,
    )


@pytest.mark.parametrize("train, verdict", [(3, set()), (2.999, {"prevention"})])
def test_prevention_keeps_its_share_over_the_horizon(train: float, verdict: set[str]) -> None:
    problem = portfolio(min_pre_conflict_share=0.75)
    gives = {"a/train/money/p1": train, "eu/watch/money/p2": 6, "a/rebuild/money/p1": 1, "eu/rebuild/money/p2": 2}
    assert broken(problem, a_plan(problem, gives)) == verdict


@pytest.mark.parametrize("amount, verdict", [(7, set()), (7.001, {"prevention"})])
def test_the_ceiling_applies_to_the_cost_of_members(amount: float, verdict: set[str]) -> None:
    problem = portfolio(max_total_cost=10)
    gives = {"a/train/money/p1": amount, "a/watch/money/p2": 3, "eu/train/money/p1": 50}
    assert broken(problem, a_plan(problem, gives)) == verdict


@pytest.mark.parametrize("watch, row", [(4, None), (3.99, "min"), (6, None), (6.01, "max")])
def test_a_pillar_keeps_within_its_shares(watch: float, row: str | None) -> None:
    problem = portfolio(pillar_share=[{"pillar": "surveillance", "min": 0.4, "max": 0.6}])
    plan = a_plan(problem, {"a/watch/money/p1": watch, "a/train/money/p2": 10 - watch})
    assert broken_rows(problem, plan) == ([] if row is None else [f"prevention pillar_share/surveillance/{row}"])


def test_a_share_in_a_theatre_is_of_the_spending_there() -> None:
    problem = portfolio(pillar_share=[{"pillar": "other", "theatre": "iraq", "max": 0.5}])
    assert not broken(problem, a_plan(problem, {"a/rebuild": 2, "a/train": 2, "a/watch": 9}))
    plan = a_plan(problem, {"a/rebuild": 2.01, "a/train": 2, "a/watch": 9})
    assert broken_rows(problem, plan) == ["prevention pillar_share/other/iraq/max"]


def test_a_tag_keeps_its_share() -> None:
    problem = portfolio(tag_share=[{"tag": "sea", "min": 0.25}])
    assert not broken(problem, a_plan(problem, {"a/watch": 1, "a/train": 3}))
    assert broken_rows(problem, a_plan(problem, {"a/watch": 1, "a/train": 3.01})) == ["prevention tag_share/sea/min"]


def test_has_no_rows_if_policy_is_relaxed() -> None:
    problem = portfolio(max_total_cost=1)
    assert not broken(problem, a_plan(problem, {"a/train": 10}), relax=("policy",))


def test_states_spending_and_limits() -> None:
    """6 before conflict, of which 1 by eu, and 2 after: 0.25 · 6 and 0.75 · 2; the member pays 7."""
    problem = portfolio(
        max_total_cost=5,
        min_pre_conflict_share=0.75,
        pillar_share=[{"pillar": "surveillance", "min": 0.5, "max": 0.625}],
        tag_share=[{"tag": "women", "theatre": "iraq", "min": 0.25, "max": 0.5}],
    )
    gives = {"a/train/money/p1": 2, "a/watch/money/p2": 3, "eu/watch/money/p1": 1, "a/rebuild/money/p1": 2}

    def row(key: str, sides: tuple[float, Sense, float], sentence: str, scale: float) -> RuleRow:
        left, sense, right = sides
        return RuleRow(key=key, left=left, sense=sense, right=right, sentence=sentence, scale=scale)

    pillar, tag = "4 of 8 M EUR are spent on surveillance", "2 of 4 M EUR in iraq are spent on women"
    assert rows_of(rows, problem, a_plan(problem, gives)) == [
        row(
            "max_total_cost", (7, "<=", 5), "The members pay 7 M EUR; the policy allows 5 M EUR.", SIZE_FLOOR * 2 * 200
        ),
        row(
            "min_pre_conflict_share",
            (1.5, ">=", 1.5),
            "6 M EUR are spent before conflict and 2 M EUR after; the policy requires at least 75% before.",
            scale=8,
        ),
        row("pillar_share/surveillance/min", (4, ">=", 4), f"{pillar}; the policy requires at least 50%.", scale=8),
        row("pillar_share/surveillance/max", (4, "<=", 5), f"{pillar}; the policy allows at most 62%.", scale=8),
        row("tag_share/women/iraq/min", (2, ">=", 1), f"{tag}; the policy requires at least 25%.", scale=4),
        row("tag_share/women/iraq/max", (2, "<=", 2), f"{tag}; the policy allows at most 50%.", scale=4),
    ]


def test_a_pillar_share_of_a_theatre_ignores_other_theatres() -> None:
    document = portfolio(pillar_share=[{"pillar": "other", "theatre": "iraq", "max": 0.25}]).model_dump(
        by_alias=True, mode="json"
    )
    document["activities"] += [document["activities"][2] | {"id": "abroad", "theatre": "syria"}]
    problem = Problem.model_validate(document)
    assert not broken(problem, a_plan(problem, {"a/rebuild": 1, "a/train": 3, "a/abroad": 9}))
    assert broken(problem, a_plan(problem, {"a/rebuild": 1, "a/train": 2.9, "a/abroad": 9})) == {"prevention"}
