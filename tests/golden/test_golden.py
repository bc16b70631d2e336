"""Every golden problem, through the library: the value worked by hand."""

import pytest

from models.outcome import Solved
from models.reading import read_config, read_problem
from optimizer import solve
from tests.support.golden import ABSOLUTE_TOLERANCE, COMPARED, LATER, Golden, cases

CASES = cases()


@pytest.mark.parametrize("golden", CASES, ids=lambda golden: golden.name)
def test_comes_to_the_value_worked_by_hand(golden: Golden) -> None:
    outcome = solve(read_problem(golden.problem), read_config(golden.config))
    assert outcome.status == golden.expect.get("status", "optimal")
    if isinstance(outcome, Solved):
        burdens = {burden.member: burden.relative_burden for burden in outcome.plan.burden}
        assert outcome.check.passed
        assert outcome.objectives[0].value == pytest.approx(golden.expect["objective"], rel=0, abs=ABSOLUTE_TOLERANCE)
        assert burdens == pytest.approx(golden.expect.get("relative_burdens", burdens), rel=0, abs=ABSOLUTE_TOLERANCE)


def test_there_are_as_many_as_were_worked() -> None:
    assert len(CASES) == 63


def test_leaves_no_expectation_aside() -> None:
    assert {key for golden in CASES for key in golden.expect} == COMPARED | LATER
