from typing import Any

import pytest

from models.problem.problem import Problem
from optimizer.check.divergence import rows, spread
from optimizer.check.row import RuleRow
from optimizer.check.scenarios import read
from tests.support.plans import a_plan, broken, broken_rows, rows_of
from tests.support.problems import a_problem, members

POSITIONS = {"a": 2.0, "b": 1.0, "c": -1.0}


def divided(**divergence: Any) -> Problem:
    """The positions of the last row of MODEL section 6."""
    return a_problem(
        members=members(*POSITIONS, contributes_from=-1),
        positions=[{"member": member, "activity": "train", "value": value} for member, value in POSITIONS.items()],
        divergence=divergence or None,
    )


@pytest.mark.parametrize(
    "who, range_, total_deviation, pairwise", [("ab", 1, 1, 1), ("abc", 3, 3, 6), ("a", 0, 0, 0), ("", 0, 0, 0)]
)
def test_measures_the_golden_coalitions(who: str, range_: float, total_deviation: float, pairwise: float) -> None:
    problem = divided()
    plan = a_plan(problem, {f"{one}/train": 1 for one in who}, runs={"train": "alliance"})
    (facts,) = read(problem, plan, ())
    assert spread(facts, (problem.activities[0].id, 0)) == (range_, total_deviation, pairwise)


@pytest.mark.parametrize("metric, distance", [("range", 3), ("total_deviation", 3), ("pairwise", 6)])
def test_allows_a_coalition_at_the_limit_and_forbids_one_beyond(metric: str, distance: float) -> None:
    gives = {"a/train": 1, "b/train": 1, "c/train": 0.001}
    at, beyond = divided(metric=metric, max=distance), divided(metric=metric, max=distance - 0.001)
    assert not broken(at, a_plan(at, gives))
    assert broken_rows(beyond, a_plan(beyond, gives)) == ["divergence train/p1"]


def test_pairs_are_weighted_by_votes() -> None:
    document = divided(metric="pairwise", max=2).model_dump(by_alias=True)
    document["members"][0]["votes"] = 2
    problem = Problem.model_validate(document)
    assert not broken(problem, a_plan(problem, {"a/train": 1, "b/train": 1}))
    document["members"][1]["votes"] = 2
    heavier = Problem.model_validate(document)
    assert broken(heavier, a_plan(heavier, {"a/train": 1, "b/train": 1})) == {"divergence"}


def test_applies_to_the_activities_it_names() -> None:
    problem = divided(max=0.5, activities=[])
    assert not broken(problem, a_plan(problem, {"a/train": 1, "c/train": 1}))


def test_has_no_rows_if_divergence_is_relaxed() -> None:
    problem = divided(max=0.5)
    assert not broken(problem, a_plan(problem, {"a/train": 1, "c/train": 1}), relax=("divergence",))


def test_states_the_divergence_and_its_limit() -> None:
    problem = divided(metric="range", max=1.5)
    assert rows_of(rows, problem, a_plan(problem, {"a/train": 1, "b/train": 1, "c/train": 1})) == [
        RuleRow(
            key="train/p1",
            left=3,
            sense="<=",
            right=1.5,
            sentence="The positions of the members in train diverge by 3 (range) in p1; at most 1.5 is allowed.",
            scale=1,
        )
    ]


def test_an_activity_it_does_not_name_does_not_skip_the_next() -> None:
    document = divided(max=0.5).model_dump(mode="json", by_alias=True)
    document["divergence"]["activities"] = ["watch"]
    document["activities"] += [document["activities"][0] | {"id": "watch"}]
    document["positions"] += [one | {"activity": "watch"} for one in document["positions"]]
    problem = Problem.model_validate(document)
    plan = a_plan(problem, {"a/train": 1, "c/train": 1, "a/watch": 1, "c/watch": 1})
    assert broken_rows(problem, plan) == ["divergence watch/p1"]
