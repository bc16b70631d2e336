"""Every golden problem, through the library: the value worked by hand, or an honest refusal."""

import pytest

from models.errors import InvalidDocument
from models.outcome import Infeasible, Outcome, Solved
from models.reading import read_config, read_problem
from optimizer import solve
from tests.support.golden import ABSOLUTE_TOLERANCE, AWAITED, Golden, cases

CASES = cases()


def _named(golden: Golden) -> str:
    return golden.name


def _solved(golden: Golden) -> Outcome:
    return solve(read_problem(golden.problem), read_config(golden.config))


@pytest.mark.parametrize("golden", [one for one in CASES if one.name not in AWAITED], ids=_named)
def test_comes_to_the_value_worked_by_hand(golden: Golden) -> None:
    outcome = _solved(golden)
    if "status" in golden.expect:
        assert outcome.status == golden.expect["status"]
        assert isinstance(outcome, Infeasible)
        return
    assert isinstance(outcome, Solved)
    assert outcome.objectives[0].value == pytest.approx(golden.expect["objective"], rel=0, abs=ABSOLUTE_TOLERANCE)
    assert outcome.check.passed


@pytest.mark.parametrize("golden", [one for one in CASES if one.name in AWAITED], ids=_named)
def test_is_refused_while_its_family_is_not_built(golden: Golden) -> None:
    with pytest.raises(InvalidDocument) as refused:
        _solved(golden)
    assert {issue.code for issue in refused.value.issues} == {"not_supported_yet"}


def test_there_are_as_many_as_were_worked() -> None:
    assert len(CASES) == 63


def test_awaits_only_cases_that_exist() -> None:
    assert {one.name for one in CASES} >= AWAITED
