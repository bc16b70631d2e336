"""Whatever can never run is said to, with the reason; what can is not."""

from typing import Any

import pytest

from models.config import Group
from models.problem.problem import Problem
from optimizer.diagnostics.warnings import warnings
from tests.support.optima import optimum, solved
from tests.support.problems import a_problem, members

QUORUM = {"type": "consensus", "min_participants": 2}
HAS_LITTLE = [{"id": "a", "resources": {"money": 1}}]
REASONS: dict[str, tuple[dict[str, Any], str]] = {
    "nobody has it": (
        {
            "resources": [{"id": "money"}, {"id": "ships"}],
            "activities": [{"id": "train", "needs": {"money": 1, "ships": 1}}],
        },
        "nobody who would give to it under alliance has ships",
    ),
    "nobody stands behind it": (
        {"positions": [{"member": "a", "activity": "train", "value": 0}]},
        "nobody who would give to it under alliance has money",
    ),
    "nobody has access": ({"theatres": [{"id": "iraq", "access": []}]}, "nobody who would give to it under alliance"),
    "gone": ({"withdrawn": [{"member": "a"}]}, "nobody who would give to it under alliance has money"),
    "too little": (
        {"members": HAS_LITTLE, "activities": [{"id": "train", "min_level": 2}]},
        "all money of those who would give to it under alliance is enough for level 1, below its min_level of 2",
    ),
    "too few": (
        {"frameworks": [{"id": "un", "rule": QUORUM}], "members": members("a", min_contribution=1)},
        "un asks for 2 participants, and 1 could give their stake",
    ),
    "stakes too high": (
        {
            "frameworks": [{"id": "un", "rule": QUORUM}],
            "members": [*members("a", min_contribution=1), *members("b", min_contribution=11)],
        },
        "un asks for 2 participants, and 1 could give their stake",
    ),
    "no lead nation": (
        {
            "frameworks": [{"id": "un", "rule": {"type": "consensus", "lead_nations": ["b"]}}],
            "members": [*members("a"), *members("b", min_contribution=11)],
        },
        "un asks for a lead nation, and none of b could give its stake",
    ),
    "no partner": (
        {"frameworks": [{"id": "un", "rule": {"type": "consensus", "min_partners": 1}}]},
        "un asks for 1 partners, and 0 could take part",
    ),
    "a partner that is needed is gone": (
        {
            "partners": [{"id": "k", "resources": {"money": 1}}],
            "activities": [{"id": "train", "requires": ["k"]}],
            "withdrawn": [{"member": "k"}],
        },
        "it requires k, who cannot take part",
    ),
    "the host refuses": ({"theatres": [{"id": "iraq", "consent": False}]}, "every framework it names is closed to it"),
    "forbidden": ({"policy": {"forbid": [{"activity": "train"}]}}, "every framework it names is closed to it"),
    "too many object": (
        {
            "frameworks": [{"id": "un", "rule": {"type": "none"}}],
            "members": [*members("a", votes=3), {"id": "b", "votes": 1}],
            "positions": [{"member": "b", "activity": "train", "value": -2}],
            "policy": {"max_opposition": 0.4},
        },
        "objections to it under un come to 0.5, above max_opposition, 0.4",
    ),
    "one closed, one without means": (
        {
            "frameworks": [{"id": "un", "enabled": False}, {"id": "ad_hoc"}],
            "activities": [{"id": "train", "frameworks": ["un", "ad_hoc"]}],
            "positions": [{"member": "a", "activity": "train", "framework": "ad_hoc", "value": 0}],
        },
        "un is closed to it; nobody who would give to it under ad_hoc has money",
    ),
}


def said_of(problem: Problem, *relax: Group) -> list[str]:
    return [one for one in warnings(problem, relax) if "cannot run" in one]


@pytest.mark.parametrize("case", REASONS)
def test_what_can_never_run_is_said_to_and_why(case: str) -> None:
    fields, why = REASONS[case]
    problem = a_problem(**fields)
    (said,) = said_of(problem)
    assert said.startswith(f"train cannot run: {why}")
    assert optimum(problem) == pytest.approx(0)


def test_what_can_run_is_not_said_to_be_unable() -> None:
    assert said_of(a_problem()) == []
    reached = a_problem(members=HAS_LITTLE, activities=[{"id": "train", "min_level": 1}])
    assert said_of(reached) == []


def test_means_that_an_investment_adds_are_means() -> None:
    lift = {"id": "yard", "contributor": "a", "cost": {"money": 1}, "adds": {"ships": 1}, "lead_time": 0, "max": 1}
    problem = a_problem(
        resources=[{"id": "money"}, {"id": "ships"}],
        activities=[{"id": "train", "needs": {"money": 1, "ships": 1}}],
        investments=[lift],
    )
    assert said_of(problem) == []
    assert solved(problem).objectives[0].value == pytest.approx(1)


@pytest.mark.parametrize(
    "case,group",
    [
        ("nobody stands behind it", "participation"),
        ("too few", "decision"),
        ("no partner", "decision"),
        ("too many object", "divergence"),
        ("the host refuses", "consent"),
    ],
)
def test_a_rule_that_is_relaxed_keeps_nothing_from_running(case: str, group: Group) -> None:
    problem = a_problem(**REASONS[case][0])
    assert said_of(problem, group) == []
    outcome = solved(problem, group)
    assert outcome.objectives[0].value == pytest.approx(10)
    assert not any("cannot run" in one for one in outcome.warnings)


def two_futures(first: dict[str, Any], second: dict[str, Any], *, recourse: bool, **fields: Any) -> Problem:
    document: dict[str, Any] = {
        "frameworks": [{"id": "un"}, {"id": "ad_hoc"}],
        "activities": [{"id": "train", "frameworks": ["un", "ad_hoc"]}],
        "scenarios": [{"id": "s1", "overrides": first}, {"id": "s2", "overrides": second}],
        "criterion": {"type": "expected", "recourse": recourse},
    }
    return a_problem(**{**document, **fields})


def test_flags_that_are_each_refused_in_some_future_are_refused_in_all_of_them() -> None:
    """Each future has a flag, but none has one in both: 0. With recourse 10 in each, under a flag that it lets in."""
    refusals = {"theatres/iraq/consent": {"un": False}}, {"theatres/iraq/consent": {"ad_hoc": False}}
    problem = two_futures(*refusals, recourse=False)
    (said,) = said_of(problem)
    assert said == (
        "train cannot run: un is closed to it in s1; ad_hoc is closed to it in s2; "
        "what is done is decided once for all futures, unless criterion/recourse is true"
    )
    assert optimum(problem) == pytest.approx(0)


def test_with_recourse_each_future_is_spoken_of_alone() -> None:
    problem = two_futures({"members/a/resources/money": 0}, {}, recourse=True)
    (said,) = said_of(problem)
    assert said.startswith("in s1: train cannot run: nobody who would give to it under un has money")
    assert optimum(problem) == pytest.approx(5)


def test_with_recourse_a_flag_that_one_future_closes_is_closed_in_all() -> None:
    """In s1 a objects under un and ad hoc is refused by the host, which closes efforts in s1 alone: 5 in s2."""
    objection = {"positions/a:train:un": -2}
    closed = two_futures({**objection, "positions/a:train:ad_hoc": -2}, {}, recourse=True)
    (said,) = said_of(closed)
    assert said == (
        "train cannot run: every framework it names is closed to it in s1; "
        "under which framework something runs is decided once for all futures"
    )
    assert optimum(closed) == pytest.approx(0)
    refused = two_futures({**objection, "theatres/iraq/consent": False}, {}, recourse=True)
    (said,) = said_of(refused)
    assert said == "in s1: train cannot run: every framework it names is closed to it"
    assert optimum(refused) == pytest.approx(5)


@pytest.mark.parametrize("min_level,value", [(0, 5), (1, 0)])
def test_with_recourse_a_future_without_means_closes_what_has_a_least_level_in_all(
    min_level: float, value: float
) -> None:
    """Nothing is had in s1: 10 in s2 alone, unless what runs must run at level 1 in both."""
    activities = [{"id": "train", "frameworks": ["un", "ad_hoc"], "min_level": min_level}]
    problem = two_futures({"members/a/resources/money": 0}, {}, recourse=True, activities=activities)
    (said,) = said_of(problem)
    assert said.startswith("in s1: train cannot run: nobody") is (min_level == 0)
    assert optimum(problem) == pytest.approx(value)


def test_without_recourse_means_that_one_future_lacks_are_lacking_in_all() -> None:
    problem = two_futures({"members/a/resources/money": 0}, {}, recourse=False)
    (said,) = said_of(problem)
    assert "nobody who would give to it under un has money in s1" in said
    assert said.endswith("what is done is decided once for all futures, unless criterion/recourse is true")
    assert optimum(problem) == pytest.approx(0)


def test_what_holds_in_one_future_only_is_said_of_that_one() -> None:
    """Over all members, b pays nothing in s2: there nobody may pay anything."""
    problem = two_futures(
        {},
        {"positions/b:train": 0},
        recourse=False,
        members=members("a", "b"),
        burden_sharing={"type": "proportional", "tolerance": 0.5, "over": "members"},
    )
    (said,) = [one for one in warnings(problem) if "burden_sharing" in one]
    assert said.startswith("in s2: burden_sharing counts all members, and b would pay for nothing")
