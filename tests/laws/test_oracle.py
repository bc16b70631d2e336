"""Tiny problems come to what the oracle says: every choice tried, what is left solved by another solver."""

from inspect import getsource
from typing import get_args

import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st
from pydantic import BaseModel

from models.config import Config, Group, SolverConfig
from models.errors import InvalidDocument
from models.outcome import Solved
from models.problem.activity import Activity
from models.problem.framework import Consensus, Majority
from models.problem.member import Member, Partner
from models.problem.policy import Policy
from models.problem.problem import Problem
from models.problem.theatre import Theatre
from models.reading import read_problem
from optimizer import solve
from tests.laws import balance_features, effect_features, politics_features, problems
from tests.laws.bounded import bounded
from tests.laws.draws import Document
from tests.laws.oracle import TooManyChoices, optima
from tests.laws.problems import documents
from tests.support.golden import Golden, cases

MOST_CHOICES = 600
"""Each is a block of some thirty rows: more take seconds."""
SAYS_NOTHING = frozenset({"title", "source", "confidence", "uncertainty"})
"""No number of the plan follows from them."""
FIRST, LATER = 1e-5, 5e-4
"""Relative to one plus the value. A later objective moves by what the tolerance of the first gives away."""
CASES = tuple(golden for golden in cases() if "objective" in golden.expect)


@bounded(100)
@given(
    document=documents(),
    relax=st.lists(st.sampled_from(get_args(Group)), max_size=3, unique=True),
    is_relaxed=st.booleans(),
)
def test_the_optimum_is_that_of_the_best_choice(document: Document, relax: list[Group], *, is_relaxed: bool) -> None:
    groups = tuple(relax) if is_relaxed else ()
    try:
        problem = read_problem(document)
        outcome = solve(problem, Config(solver=SolverConfig(mip_gap=1e-6), relax=groups))
        expected = optima(problem, groups, most_choices=MOST_CHOICES)
    except (InvalidDocument, TooManyChoices):
        assume(False)
        raise
    event("plan" if expected is not None else "no plan")
    if expected is None:
        assert outcome.status == "infeasible"
        return
    assert isinstance(outcome, Solved), outcome
    found = {result.metric: result.value for result in outcome.objectives}
    named = [objective["metric"] for objective in document["objectives"]]
    if "max_regret" in found:
        found["risk_reduction"] = found["max_regret"]
    assert found[named[0]] == pytest.approx(expected[0], rel=FIRST, abs=FIRST)
    if "max_burden" in named or len(found) == len(named):
        assert found[named[1]] == pytest.approx(expected[1], rel=LATER, abs=LATER)


@pytest.mark.parametrize("golden", CASES, ids=lambda golden: golden.name)
def test_agrees_with_the_values_worked_by_hand(golden: Golden) -> None:
    problem = read_problem(golden.problem)
    found = optima(problem, golden.relax, most_choices=MOST_CHOICES)
    assert found is not None
    assert found[0] == pytest.approx(golden.expect["objective"], rel=FIRST, abs=FIRST)


@pytest.mark.parametrize("record", [Problem, Policy, Theatre, Activity, Member, Partner, Consensus, Majority])
def test_every_field_that_a_plan_follows_from_is_drawn(record: type[BaseModel]) -> None:
    drawn = "".join(getsource(module) for module in (problems, effect_features, politics_features, balance_features))
    fields = {field.alias or name for name, field in record.model_fields.items()} - SAYS_NOTHING
    assert not {name for name in fields if f'"{name}"' not in drawn}
