"""A problem written in another unit is judged alike: its plan passes, and the same share too much is caught."""

from functools import cache
from typing import Any, get_args

import pytest

from models.outcome import Solved
from models.plan import Plan
from models.problem.problem import Problem
from models.reading import read_config, read_problem
from optimizer import solve
from optimizer.check.check import check
from optimizer.tolerances import FIXED_FEASIBILITY
from tests.support.golden import Golden, cases
from tests.support.plans import a_plan, broken
from tests.support.problems import a_document, members
from tests.support.units import Document, Unit, document_in, plan_in

FACTORS = (1e-9, 1e-8, 1e-3, 1e3, 1e9)
UNITS: tuple[Unit, ...] = get_args(Unit)
MORE = 1.001
"""The factor of a violation: 0.1 % more than a row allows."""

GOLDEN = {golden.name: golden for golden in cases() if golden.expect.get("status", "optimal") == "optimal"}


@cache
def solved(name: str) -> Document:
    golden = GOLDEN[name]
    outcome = solve(read_problem(golden.problem), read_config(golden.config))
    assert isinstance(outcome, Solved)
    return outcome.plan.model_dump(by_alias=True, mode="json")


def families(golden: Golden, unit: Unit, factor: float, plan: Document) -> set[str]:
    problem = Problem.model_validate(document_in(unit, factor, golden.problem))
    found = check(problem, Plan.model_validate(plan_in(unit, factor, plan)), relax=golden.relax)  # type: ignore[arg-type]
    return {violation.constraint for violation in found.violations}


def with_more(plan: Document) -> Document:
    """Return a plan in which every contribution is greater by a thousandth."""
    return plan | {"allocations": [one | {"amount": MORE * one["amount"]} for one in plan["allocations"]]}


@pytest.mark.parametrize("name", GOLDEN)
def test_a_golden_plan_passes_in_every_unit(name: str) -> None:
    failed = {
        (unit, factor): found
        for unit in UNITS
        for factor in FACTORS
        if (found := families(GOLDEN[name], unit, factor, solved(name)))
    }
    assert failed == {}


@pytest.mark.parametrize("name", GOLDEN)
def test_a_contribution_that_is_a_thousandth_too_large_fails_in_every_unit(name: str) -> None:
    """It breaks the need that it meets, and the endowment if that was used up."""
    plan = with_more(solved(name))
    expected = families(GOLDEN[name], "amounts", 1, plan)
    assert "needs" in expected or not plan["allocations"]
    found = {frozenset(families(GOLDEN[name], unit, factor, plan)) for unit in UNITS for factor in FACTORS}
    assert found == {frozenset(expected)}


def test_most_golden_plans_use_up_an_endowment() -> None:
    """So the test above is about endowments too."""
    used_up = [
        name for name in GOLDEN if "availability" in families(GOLDEN[name], "amounts", 1, with_more(solved(name)))
    ]
    assert len(used_up) > len(GOLDEN) / 2


# ------------------------------------------------------------------------------------------------ each kind of row

Gifts = dict[str, float]
MORE_AND_LESS = {"needs": [{"from": {"money": 1, "troops": 1}, "amount": 1}]}
TWO = {"resources": [{"id": "money"}, {"id": "troops", "kind": "military"}]}
PAIR = [{"id": "train"}, {"id": "watch"}]
PERIODS = {"periods": ["p1", "p2"]}
OWED = {"follow_on": "watch", "ratio": 1, "periods": 1, "beyond_horizon": "ignore"}
ANNOUNCED = {
    "contributor": "a",
    "activity": "train",
    "resource": "money",
    "period": "p1",
    "amount": 5,
    "scenario": None,
}
EMPTY_PLAN = {
    "allocations": [ANNOUNCED],
    **{name: [] for name in ("activities", "coverage", "burden", "divergence", "scenarios")},
    **{name: [] for name in ("coordination", "concessions", "investments")},
}
EU = {"id": "eu", "resources": {"money": 10}}

CASES: dict[str, tuple[Document, dict[str, Any], dict[str, Any]]] = {
    "availability": ({}, {"gives": {"a/train": 10}}, {"gives": {"a/train": 10.01}}),
    "needs": ({}, {"gives": {"a/train": 5}}, {"gives": {"a/train": 5}, "levels": {"train": 5.005}}),
    "amounts": (
        {"members": members("a", "b")},
        {"gives": {"a/train": 0, "b/train": 1}},
        {"gives": {"a/train": -0.001, "b/train": 1}},
    ),
    "level": (
        {"activities": [{"id": "train", "min_level": 2, "max_level": 8}]},
        {"gives": {"a/train": 2}},
        {"gives": {"a/train": 1.998}},
    ),
    "participation": (
        {"theatres": [{"id": "iraq", "access": ["b"]}], "members": members("a", "b")},
        {"gives": {"b/train": 1}},
        {"gives": {"b/train": 1, "a/train": 0.001}},
    ),
    "partner_coordination": (
        {"partners": [EU | {"coordination_cost": {"resource": "money", "amount": 0.1}}]},
        {"gives": {"eu/train": 1}, "pays": {"a/eu/money/p1": 0.1}},
        {"gives": {"eu/train": 1}, "pays": {"a/eu/money/p1": 0.0999}},
    ),
    "locks": (
        {"members": members("a", "b"), "withdrawn": [{"member": "b"}]},
        {"gives": {"a/train": 1}},
        {"gives": {"a/train": 1, "b/train": 0.001}},
    ),
    "willingness": (
        {"members": members("a", "b"), "positions": [{"member": "b", "activity": "train", "value": 0}]},
        {"gives": {"a/train": 1}},
        {"gives": {"a/train": 1, "b/train": 0.001}},
    ),
    "quorum": (
        {
            "members": members("a", min_contribution=1),
            "frameworks": [{"id": "ad_hoc", "rule": {"type": "participants", "min_participants": 1}}],
        },
        {"gives": {"a/train": 1}},
        {"gives": {"a/train": 0.999}},
    ),
    "cascade": (
        {
            "members": members("us", "fr"),
            "cascades": [{"pivot": "us", "reference": 5, "followers": [{"member": "fr", "strength": 1}]}],
        },
        {"gives": {"us/train": 1, "fr/train": 2}},
        {"gives": {"us/train": 1, "fr/train": 2.002}},
    ),
    "caveat": (
        {"members": members("a", caveats=[{"activity": "train", "max_level": 1}])},
        {"gives": {"a/train": 1}},
        {"gives": {"a/train": 1.001}},
    ),
    "burden": (
        {"members": members("a", "b"), "burden_sharing": {"type": "proportional", "tolerance": 0}},
        {"gives": {"a/train": 1, "b/train": 1}},
        {"gives": {"a/train": 1, "b/train": 1.001}},
    ),
    "burden of gini": (
        {"members": members("a", "b"), "burden_sharing": {"type": "gini", "max": 0}},
        {"gives": {"a/train": 1, "b/train": 1}},
        {"gives": {"a/train": 1, "b/train": 1.001}},
    ),
    "benefit": (
        {
            "members": members("a", threat={"iraq": 1}),
            "positions": [{"member": "a", "theatre": "iraq", "value": 1}],
            "activities": [
                {"id": "train", "max_level": 4},
                {"id": "watch", "effect": {"type": "linear", "per_level": 0}},
            ],
            "burden_sharing": {"type": "benefit", "max_ratio": 1},
        },
        {"gives": {"a/train": 4}},
        {"gives": {"a/train": 4, "a/watch": 0.004}},
    ),
    "prevention": ({"policy": {"max_total_cost": 3}}, {"gives": {"a/train": 3}}, {"gives": {"a/train": 3.003}}),
    "prevention of shares": (
        {
            "activities": [{"id": "train"}, {"id": "watch", "phase": "post_conflict"}],
            "policy": {"min_pre_conflict_share": 0.5},
        },
        {"gives": {"a/train": 1, "a/watch": 1}},
        {"gives": {"a/train": 1, "a/watch": 1.001}},
    ),
    "prevention of mixtures": (
        {
            "activities": [{"id": "train"}, {"id": "watch", "pillar": "surveillance"}],
            "policy": {"pillar_share": [{"pillar": "surveillance", "max": 0.5}]},
        },
        {"gives": {"a/train": 1, "a/watch": 1}},
        {"gives": {"a/train": 1, "a/watch": 1.002}},
    ),
    "roles": (
        {
            **TWO,
            "members": members("a", resources={"money": 10, "troops": 10}),
            "activities": [{"id": "train", "task": "civil", **MORE_AND_LESS}],
            "policy": {"max_military_share_in_civil_tasks": 0.5},
        },
        {"gives": {"a/train": 1, "a/train/troops": 1}},
        {"gives": {"a/train": 1, "a/train/troops": 1.002}},
    ),
    "floors of levels": (
        {"policy": {"min_level": [{"activity": "train", "level": 2}]}},
        {"gives": {"a/train": 2}},
        {"gives": {"a/train": 1.998}},
    ),
    "floors of spending": (
        {"policy": {"min_spend": [{"theatre": "iraq", "amount": 2}]}},
        {"gives": {"a/train": 2}},
        {"gives": {"a/train": 1.998}},
    ),
    "floors of coverage": (
        {"policy": {"min_coverage": [{"theatre": "iraq", "share": 0.05}]}},
        {"gives": {"a/train": 5}},
        {"gives": {"a/train": 4.995}},
    ),
    "reserve": (
        {"policy": {"reserve": [{"contributor": "a", "resource": "money", "amount": 4}]}},
        {"gives": {"a/train": 6}},
        {"gives": {"a/train": 6.006}},
    ),
    "dominance": (
        {"members": members("a", "b"), "policy": {"max_contributor_share": [{"share": 0.5}]}},
        {"gives": {"a/train": 1, "b/train": 1}},
        {"gives": {"a/train": 1, "b/train": 1.002}},
    ),
    "baseline": (
        {"baseline": {"plan": EMPTY_PLAN, "max_change": 1}},
        {"gives": {"a/train": 6}},
        {"gives": {"a/train": 6.001}},
    ),
    "day_after": (
        {**PERIODS, "activities": [{"id": "train", "day_after": OWED}, {"id": "watch"}]},
        {"gives": {"a/train/money/p1": 2, "a/watch/money/p2": 2}},
        {"gives": {"a/train/money/p1": 2, "a/watch/money/p2": 1.998}},
    ),
    "reputation": (
        {
            **PERIODS,
            "theatres": [{"id": "iraq", "footprint_cap": 4}],
            "activities": [
                {"id": "train", "day_after": {**OWED, "trust_loss": 0.25}},
                {"id": "watch"},
                {"id": "base", "footprint": 1},
            ],
        },
        {"gives": {"a/train/money/p1": 4, "a/base/money/p1": 4}},
        {"gives": {"a/train/money/p1": 4, "a/base/money/p1": 4.004}},
    ),
    "reputation of trust": (
        {
            **PERIODS,
            "activities": [{"id": "train", "day_after": {**OWED, "trust_loss": 0.25}}, {"id": "watch"}],
        },
        {"gives": {"a/train/money/p1": 4}},
        {"gives": {"a/train/money/p1": 4.004}},
    ),
}
"""A problem, a plan at a limit and one beyond it by a thousandth, by the family that it breaks."""


def documents(fields: Document, plan: dict[str, Any]) -> tuple[Document, Document]:
    document = a_document(**fields)
    return document, a_plan(Problem.model_validate(document), **plan).model_dump(by_alias=True, mode="json")


def broken_in(unit: Unit, factor: float, document: Document, plan: Document) -> set[str]:
    problem = Problem.model_validate(document_in(unit, factor, document))
    return broken(problem, Plan.model_validate(plan_in(unit, factor, plan)))


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("case", CASES)
def test_a_limit_missed_by_a_thousandth_is_caught_in_every_unit(case: str, unit: Unit) -> None:
    fields, kept, exceeded = CASES[case]
    for factor in (1, *FACTORS):
        assert broken_in(unit, factor, *documents(fields, kept)) == set(), factor
        assert broken_in(unit, factor, *documents(fields, exceeded)) == {case.split(maxsplit=1)[0]}, factor


CURVE = {"type": "piecewise", "points": [[0, 0], [2, 4], [6, 8]]}
STEP = {"type": "threshold", "threshold": 2, "per_level": 1}

REPORTED: dict[str, tuple[Document, str, tuple[str, ...]]] = {
    "effect of levels": ({}, "activities", ("effective_level",)),
    "effect of a line": ({}, "activities", ("effect",)),
    "effect of a curve": ({"effect": CURVE}, "activities", ("effect",)),
    "threshold": ({"effect": STEP}, "activities", ("effect",)),
    "threshold needed": ({"effect": STEP}, "activities", ("threshold", "needed")),
    "risk removed": ({}, "coverage", ("reduction",)),
    "risk left": ({}, "coverage", ("residual",)),
    "risk without activity": ({}, "coverage", ("baseline",)),
    "burden_report": ({}, "burden", ("cost",)),
    "burden_report relative": ({}, "burden", ("relative_burden",)),
    "futures": ({}, "scenarios", ("risk_reduction",)),
}
"""The activity, and the figure of its plan that is reported wrongly, by the family that compares it."""


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("case", REPORTED)
def test_a_figure_wrong_by_a_thousandth_is_caught_in_every_unit(case: str, unit: Unit) -> None:
    activity, part, path = REPORTED[case]
    document, plan = documents({"activities": [{"id": "train", **activity}]}, {"gives": {"a/train": 5}})
    entry = plan[part][0]
    for key in path[:-1]:
        entry = entry[key]
    entry[path[-1]] *= MORE
    for factor in (1, *FACTORS):
        assert case.split(maxsplit=1)[0] in broken_in(unit, factor, document, plan), factor


NOTHING_ALLOWED: dict[str, Document] = {
    "prevention": {"policy": {"max_total_cost": 0}},
    "reserve": {"policy": {"reserve": [{"contributor": "a", "resource": "money", "amount": 10}]}},
    "caveat": {"members": members("a", caveats=[{"activity": "train", "max_level": 0}])},
    "prevention of shares": {
        "policy": {"min_pre_conflict_share": 1},
        "activities": [{"id": "train", "phase": "post_conflict"}],
    },
    "prevention of mixtures": {"policy": {"pillar_share": [{"pillar": "other", "max": 0}]}},
    "dominance": {"policy": {"max_contributor_share": [{"share": 0}]}},
    "roles": {
        "resources": [{"id": "money", "kind": "military"}],
        "activities": [{"id": "train", "task": "civil"}],
        "policy": {"max_military_share_in_civil_tasks": 0},
    },
    "burden": {"members": members("a", "b"), "burden_sharing": {"type": "proportional", "tolerance": 0}},
    "burden of gini": {"members": members("a", "b"), "burden_sharing": {"type": "gini", "max": 0}},
    "benefit": {
        "members": members("a", threat={"iraq": 0}),
        "positions": [{"member": "a", "theatre": "iraq", "value": 1}],
        "burden_sharing": {"type": "benefit", "max_ratio": 1},
    },
    "willingness": {"positions": [{"member": "a", "theatre": "iraq", "value": 0}]},
    "caveat of activities": {
        "members": members("a", caveats=[{"activity": "train", "max_level": 0, "scope": "activity"}]),
    },
    "reputation": {
        "theatres": [{"id": "iraq", "footprint_cap": 0}],
        "activities": [{"id": "train", "footprint": 1}],
    },
    "baseline": {"baseline": {"plan": EMPTY_PLAN | {"allocations": []}, "max_change": 0}},
    "cascade": {
        "members": [*members("us", resources={}), *members("a")],
        "cascades": [{"pivot": "us", "reference": 5, "followers": [{"member": "a", "strength": 1}]}],
    },
}
"""Problems in which train may get nothing of the 10 that a has, by the family that forbids it."""


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("case", NOTHING_ALLOWED)
def test_the_rounding_of_the_solver_is_no_violation_in_any_unit(case: str, unit: Unit) -> None:
    """The solver leaves a row off by 1e-9 of the 10: its rounding does not shrink with the limit of the row."""
    rounding, document = FIXED_FEASIBILITY * 10, NOTHING_ALLOWED[case]
    for factor in (1, *FACTORS):
        kept, exceeded = ({"gives": {"a/train": amount * rounding}} for amount in (0.9, 20000))
        assert broken_in(unit, factor, *documents(document, kept)) == set(), factor
        assert case.split(maxsplit=1)[0] in broken_in(unit, factor, *documents(document, exceeded)), factor


@pytest.mark.parametrize("unit", UNITS)
def test_a_small_need_is_judged_by_what_it_takes(unit: Unit) -> None:
    """a could supply a million times what the activity may ever take."""
    fields = {"members": members("a", resources={"money": 1e7}), "activities": [{"id": "train", "max_level": 10}]}
    missed = {"gives": {"a/train": 10}, "levels": {"train": 9.99}}
    assert broken_in(unit, 1, *documents(fields, {"gives": {"a/train": 10}})) == set()
    assert all(broken_in(unit, factor, *documents(fields, missed)) == {"needs"} for factor in (1, *FACTORS))
