"""The units of a document do not move its optimum, and another solver confirms the optimum.

Each problem is solved as written and in other units of money, of a resource and of risk, from a billionth to a billion
times the old one. SCIP solves the export of the document as written, so it confirms all of these answers.
"""

from collections.abc import Iterator, Mapping
from typing import Any, get_args

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import BaseModel

from models.config import Config, Group, SolverConfig
from models.errors import InvalidDocument
from models.outcome import Solved
from models.problem.objective import Metric
from models.problem.problem import Problem
from models.reading import read_config, read_problem
from optimizer import solve
from optimizer.data.effective_objectives import effective_objectives
from optimizer.pyomo_model.model import first_priority
from tests.laws.bounded import Test, bounded
from tests.laws.draws import Document, Draw
from tests.laws.problems import FEATURES, documents
from tests.laws.units import (
    AS_ADDRESSED,
    METRICS,
    UNITS,
    Factors,
    in_units,
    money_times,
    points_times,
    resources_of,
    unit_of,
    unit_of_field,
)
from tests.support.golden import Golden, cases
from tests.support.second_solver import by_scip

EXACT = SolverConfig(mip_gap=1e-6)
PROBLEMS = 240
TENS = (1e-9, 1e-6, 1e-3, 1e3, 1e6, 1e9)
SLACK = 1e-5
"""Tolerance between two optima, each within its solver's tolerances; relative to one old unit plus the value."""
ROUND = 1e-12
"""Relative: two roundings."""
Answer = tuple[str, float | None]
"""The status, with a reason where there is one, and the sum that the first priority minimises, in the units of the
document as written; None without a proven plan."""


# --------------------------------------------------------------------------------------------------------- random draws


def factors() -> st.SearchStrategy[float]:
    """Return powers of ten, and other numbers of two digits from a billionth to a billion, evenly by magnitude."""
    others = st.builds(lambda digits, power: float(f"{digits}e{power}"), st.integers(11, 99), st.integers(-10, 7))
    return st.one_of(st.sampled_from(TENS), others)


@st.composite
def changes(draw: Draw) -> dict[str, Any]:
    """Draw the new units: money alone, one resource alone, points alone."""
    return {
        "money": draw(factors()),
        "which": draw(st.integers(0, 5)),
        "unit": draw(factors()),
        "points": draw(factors()),
    }


@pytest.mark.parametrize("feature", sorted(FEATURES))
def test_no_unit_moves_the_optimum_of_a_random_problem_which_scip_confirms(feature: str) -> None:
    bounded(f"units of {feature}", PROBLEMS, len(FEATURES))(trying(feature))()


def trying(feature: str) -> Test:
    """Return the test of each problem that is drawn with a feature."""

    @given(document=documents(of=feature), sums=st.booleans(), change=changes())
    def tried(document: Document, *, sums: bool, change: Mapping[str, Any]) -> None:
        if sums:
            document["objectives"] = as_one_priority(document["objectives"])
        problem = read_or_reject(document)
        confirmed = by_scip(problem)
        expected = ("infeasible", None) if confirmed is None else ("optimal", confirmed)
        assert_same(answer(document), expected, "as written")
        resources = resources_of(document)
        resource = resources[change["which"] % len(resources)]
        for name, new, factor in (
            ("money", money_times(document, change["money"]), {"money": change["money"]}),
            (resource, unit_of(document, resource, change["unit"]), {}),
            ("points", points_times(document, change["points"]), {"points": change["points"]}),
        ):
            assert_same(answer(new, **factor), expected, f"{name} in another unit")

    return tried


def as_one_priority(objectives: list[Document]) -> list[Document]:
    """Return the objectives as one weighted sum; the second is worth a tenth of the first."""
    first, second = objectives
    return [first | {"priority": 1}, second | {"priority": 1, "weight": 0.1}]


def read_or_reject(document: Document) -> Problem:
    try:
        return read_problem(document)
    except InvalidDocument:
        assume(False)
        raise


def answer(document: Document, *, money: float = 1.0, points: float = 1.0, relax: tuple[Group, ...] = ()) -> Answer:
    """Return the answer to a document in other units, of which the factors are those of its values."""
    problem = read_problem(document)
    outcome = solve(problem, Config(solver=EXACT, relax=relax))
    if not isinstance(outcome, Solved):
        return " ".join([outcome.status, *([outcome.reason] if hasattr(outcome, "reason") else [])]), None
    assert outcome.check.passed, outcome.check.violations
    values = {result.metric: result.value for result in outcome.objectives}
    factor = Factors(money=money, resources={}, points=points)
    first = list(first_priority(effective_objectives(problem)))
    if len(first) > 1 and len({METRICS[one.metric] for one, _ in first}) > 1:
        factor = Factors(money=1.0, resources={}, points=1.0)  # the weights change instead
    return outcome.status, sum(sign * values[one.metric] / factor.of_metric(one.metric) for one, sign in first)


def assert_same(found: Answer, expected: Answer, how: str) -> None:
    (status, value), (wanted_status, wanted) = found, expected
    words = f"{how}: {status} {value}, not {wanted_status} {wanted}"
    assert status == wanted_status, words
    assert value == (None if wanted is None else pytest.approx(wanted, rel=SLACK, abs=SLACK)), words


# ------------------------------------------------------------------------------------------------------ golden problems


@pytest.mark.parametrize("golden", cases(), ids=lambda golden: golden.name)
def test_no_unit_moves_the_optimum_of_a_golden_problem(golden: Golden) -> None:
    relax = read_config(golden.config).relax
    expected = answer(golden.problem, relax=relax)
    assert expected[0] == golden.expect.get("status", "optimal")
    wrong = []
    for name, document, factor in in_every_unit(golden.problem):
        try:
            assert_same(answer(document, relax=relax, **factor), expected, name)
        except (AssertionError, InvalidDocument) as error:
            wrong.append(f"{name}: {type(error).__name__} {error}")
    assert not wrong, "\n".join(wrong)


def in_every_unit(document: Document) -> Iterator[tuple[str, Document, dict[str, float]]]:
    """Yield a document in other units by description, with the factors of its values."""
    for factor in TENS:
        yield f"money times {factor:g}", money_times(document, factor), {"money": factor}
        yield f"points times {factor:g}", points_times(document, factor), {"points": factor}
        for resource in resources_of(document):
            yield f"{resource} in units of 1/{factor:g}", unit_of(document, resource, factor), {}


# ------------------------------------------------------------------------------------------------------------ rewriting


def records() -> list[type[BaseModel]]:
    """Return the types of all records of a problem document."""
    found: dict[type[BaseModel], None] = {}
    waiting: list[Any] = [Problem]
    while waiting:
        kind = waiting.pop()
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            if kind not in found:
                found[kind] = None
                waiting += [field.annotation for field in kind.model_fields.values()]
        else:
            waiting += [*get_args(kind), *([kind.__supertype__] if hasattr(kind, "__supertype__") else [])]
    return list(found)


def holds_numbers(kind: Any) -> bool:
    """Whether a type allows a number, outside of records of its own."""
    if hasattr(kind, "__supertype__"):
        return holds_numbers(kind.__supertype__)
    return kind in (int, float, Any) or any(holds_numbers(one) for one in get_args(kind))


@pytest.mark.parametrize("record", records(), ids=lambda record: record.__name__)
def test_every_number_of_a_document_has_a_unit(record: type[BaseModel]) -> None:
    fields = {field.alias or name: field.annotation for name, field in record.model_fields.items()}
    numeric = {name for name, annotation in fields.items() if holds_numbers(annotation)}
    known = {name for name in fields if unit_of_field(record, name) is not None}
    assert known == numeric, "tests/laws/units.py: UNITS"


def test_no_unit_is_given_to_a_field_that_does_not_exist() -> None:
    bases = {base for record in records() for base in record.__mro__}
    assert UNITS.keys() <= bases
    for model, units in UNITS.items():
        assert units.keys() <= {field.alias or name for name, field in model.model_fields.items()}, model


def test_every_unit_changes_its_powers() -> None:
    factors = Factors(money=2, resources={"hours": 3}, points=5)
    found = {
        unit.says: factors.times(30, unit, "hours")
        for units in UNITS.values()
        for one in units.values()
        for unit in (one if isinstance(one, tuple) else (one,))
        if unit is not AS_ADDRESSED and factors.times(30, unit, "hours") != 30
    }
    assert found == pytest.approx(
        {
            "M EUR": 60,
            "unit of the resource": 90,
            "M EUR per unit of the resource": 20,
            "units of the need per unit of the resource": 10,
            "risk points, or risk points per level": 150,
            "M EUR per risk point": 12,
        },
        rel=ROUND,
    )


FULL: Document = {
    "schema": "concord.problem/1",
    "periods": ["p0", "p1"],
    "defaults": {"members": {"min_contribution": 1}},
    "resources": [{"id": "money"}, {"id": "hours", "unit_cost": 0.5}],
    "members": [{"id": "a", "resources": {"money": [1, 2], "hours": {"p0": 3, "p1": 4}}}, {"id": "b"}],
    "partners": [{"id": "k", "min_contribution": {"x": 2}}, {"id": "l"}],
    "theatres": [{"id": "h", "risk": {"d": [5, 6], "e": 7}}, {"id": "g", "risk": {"p0": 1, "p1": 2}}],
    "activities": [
        {"id": "x", "theatre": "h", "pillar": "other", "reduces": {"d": 1, "e": 0.5}},
        {
            "id": "y",
            "theatre": "g",
            "pillar": "other",
            "needs": [{"from": {"money": 1, "hours": 2}, "amount": 3}],
            "effect": {"type": "piecewise", "points": [[0, 0], [2, 4]]},
            "lag": 1,
        },
    ],
    "policy": {"reserve": [{"resource": "hours", "amount": 1}], "max_total_cost": None},
    "scenarios": [
        {
            "id": "s",
            "overrides": {
                "members/a/resources/hours/p1": 1,
                "members/*/min_contribution": 3,
                "policy/reserve/hours": 2,
                "policy/reserve/money": {"amount": 4},
                "activities/x/effect": {"type": "linear"},
                "activities/y/needs/money+hours/from/hours": 5,
                "theatres/h/risk/e/p1": 9,
                "theatres/g/consent": False,
                "withdrawn/a": {},
                "withdrawn/b": None,
                "defaults/members/min_contribution": 5,
                "objectives/cost/tolerance": 0.1,
            },
        }
    ],
    "uncertainty": [
        {"address": "theatres/h/risk/e", "low": 1, "high": 2, "distribution": {"type": "normal", "mean": 1, "sd": 1}}
    ],
    "objectives": [
        {"metric": "risk_reduction", "priority": 1},
        {"metric": "cost", "weight": 0.1, "priority": 1},
        {"metric": "opposition"},
    ],
}


def part(document: Document, *path: Any) -> Any:
    found: Any = document
    for step in path:
        found = found[step]
    return found


def test_the_unit_of_money_changes_what_is_counted_in_it() -> None:
    new = money_times(FULL, 1000)
    assert new["resources"] == [{"id": "money"}, {"id": "hours", "unit_cost": 500}]
    assert new["members"][0]["resources"] == {"money": [1000, 2000], "hours": {"p0": 3, "p1": 4}}
    assert new["defaults"] == {"members": {"min_contribution": 1000}}
    assert "min_contribution" not in new["members"][0]
    assert [one.get("min_contribution") for one in new["partners"]] == [{"x": 2000}, None]
    assert new["theatres"] == FULL["theatres"]
    assert new["activities"][0]["needs"] == {"money": 1000}
    assert part(new, "activities", 1, "needs", 0) == {"from": {"money": 0.001, "hours": 2}, "amount": 3}
    assert new["policy"] == FULL["policy"]
    assert [one.get("weight", 1) for one in new["objectives"]] == [1, pytest.approx(0.0001), 1]
    assert part(new, "scenarios", 0, "overrides") == part(FULL, "scenarios", 0, "overrides") | {
        "members/*/min_contribution": 3000,
        "policy/reserve/money": {"amount": 4000},
        "defaults/members/min_contribution": 5000,
    }
    assert new["uncertainty"] == FULL["uncertainty"]


def test_the_unit_of_a_resource_changes_what_is_counted_in_it_and_its_price() -> None:
    new = unit_of(FULL, "hours", 10)
    assert new["resources"] == [{"id": "money"}, {"id": "hours", "unit_cost": 0.05}]
    assert new["members"][0]["resources"] == {"money": [1, 2], "hours": {"p0": 30, "p1": 40}}
    assert part(new, "activities", 1, "needs", 0) == {"from": {"money": 1, "hours": 0.2}, "amount": 3}
    assert part(new, "policy", "reserve", 0, "amount") == 10
    assert part(new, "scenarios", 0, "overrides") == part(FULL, "scenarios", 0, "overrides") | {
        "members/a/resources/hours/p1": 10,
        "policy/reserve/hours": 20,
        "activities/y/needs/money+hours/from/hours": 0.5,
    }
    unchanged = ("partners", "theatres", "objectives", "uncertainty", "defaults")
    assert {name: new[name] for name in unchanged} == {name: FULL[name] for name in unchanged}


def test_the_unit_of_risk_changes_what_is_counted_in_it() -> None:
    new = points_times(FULL, 100)
    assert [one["risk"] for one in new["theatres"]] == [{"d": [500, 600], "e": 700}, {"p0": 100, "p1": 200}]
    assert new["activities"][0]["effect"] == {"type": "linear", "per_level": 100}
    assert part(new, "activities", 1, "effect", "points") == [[0, 0], [2, 400]]
    assert [one.get("weight", 1) for one in new["objectives"]] == [0.01, 0.1, 1]
    assert part(new, "scenarios", 0, "overrides") == part(FULL, "scenarios", 0, "overrides") | {
        "activities/x/effect": {"type": "linear", "per_level": 100},
        "theatres/h/risk/e/p1": 900,
    }
    assert new["uncertainty"] == [
        {
            "address": "theatres/h/risk/e",
            "low": 100,
            "high": 200,
            "distribution": {"type": "normal", "mean": 100, "sd": 100},
        }
    ]
    unchanged = ("partners", "resources", "members", "policy", "defaults")
    assert {name: new[name] for name in unchanged} == {name: FULL[name] for name in unchanged}


def test_the_same_units_leave_a_document_as_it_is() -> None:
    assert read_problem(in_units(FULL)).document == FULL


def test_every_metric_has_a_unit() -> None:
    assert METRICS.keys() == {*get_args(Metric)}
