"""The oracle agrees with values worked by hand, and the random problems cover the model."""

from inspect import getsource

import pytest
from pydantic import BaseModel

from models.problem.activity import Activity
from models.problem.framework import Consensus, Majority
from models.problem.member import Member, Partner
from models.problem.policy import Policy
from models.problem.problem import Problem
from models.problem.theatre import Theatre
from models.reading import read_problem
from tests.laws import balance_features, effect_features, politics_features, problems
from tests.laws.oracle import optima
from tests.support.golden import Golden, cases

MOST_CHOICES = 600
WITHOUT_INFLUENCE = frozenset({"title", "source", "confidence", "uncertainty"})
"""Fields without influence on a plan."""
NEAR = 1e-5
"""Tolerance, relative to one plus the value."""
CASES = tuple(golden for golden in cases() if "objective" in golden.expect)


@pytest.mark.parametrize("golden", CASES, ids=lambda golden: golden.name)
def test_agrees_with_the_values_worked_by_hand(golden: Golden) -> None:
    problem = read_problem(golden.problem)
    found = optima(problem, golden.relax, most_choices=MOST_CHOICES)
    assert found is not None
    assert found[0] == pytest.approx(golden.expect["objective"], rel=NEAR, abs=NEAR)


@pytest.mark.parametrize("record", [Problem, Policy, Theatre, Activity, Member, Partner, Consensus, Majority])
def test_draws_every_field_with_influence_on_a_plan(record: type[BaseModel]) -> None:
    drawn = "".join(getsource(module) for module in (problems, effect_features, politics_features, balance_features))
    fields = {field.alias or name for name, field in record.model_fields.items()} - WITHOUT_INFLUENCE
    missing = {name for name in fields if f'"{name}"' not in drawn}
    assert not missing, f"tests/laws/*_features.py: no feature draws {sorted(missing)}; see CONTRIBUTING.md, step 7"
