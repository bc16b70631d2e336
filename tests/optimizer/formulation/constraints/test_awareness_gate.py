import pytest
from hypothesis import given

from models.problem.problem import Problem
from tests.support.families import permits, rows_of
from tests.support.laws import FEW, tenths
from tests.support.optima import optimum, solved
from tests.support.problems import a_problem


def gated(awareness: float = 1, *, factor: float = 2, **strike: object) -> Problem:
    gate = {"factor": factor, "from": ["watch"]}
    return a_problem(
        periods=["p1", "p2"],
        theatres=[{"id": "iraq", "risk": {"violence": 90, "grievance": 90}, "awareness": awareness}],
        activities=[
            {"id": "watch", "reduces": {"violence": 0.5}},
            {"id": "strike", "reduces": {"violence": 3}, "awareness_gate": gate, **strike},
        ],
    )


HARMFUL = {"violence": 3, "grievance": -1}


def test_rows_let_awareness_of_the_period_before_limit() -> None:
    assert rows_of(gated(), "awareness_gate") == (
        "awareness_gate[gate,strike,p1]: E[strike,p1]  <=  2.0\n"
        "awareness_gate[gate,strike,p2]: E[strike,p2] - 2.0*E[watch,p1]  <=  2.0\n"
    )


def test_rows_of_harm_pin_the_effective_level_from_below_too() -> None:
    assert rows_of(gated(reduces=HARMFUL), "awareness_gate") == (
        "awareness_gate[gate,strike,p1]: E[strike,p1]  <=  2.0\n"
        "awareness_gate[made,strike,p1]: 0  <=  E[strike,p1] - e[strike,alliance,p1]"
        " + 10.0*awareness_binds[strike,p1]\n"
        "awareness_gate[allowed,strike,p1]: 0.0  <=  E[strike,p1] - 2.0*awareness_binds[strike,p1]\n"
        "awareness_gate[gate,strike,p2]: E[strike,p2] - 2.0*E[watch,p1]  <=  2.0\n"
        "awareness_gate[made,strike,p2]: 0  <=  E[strike,p2] - e[strike,alliance,p2]"
        " + 10.0*awareness_binds[strike,p2]\n"
        "awareness_gate[allowed,strike,p2]: -20.0  <=  E[strike,p2] - 2.0*E[watch,p1]"
        " - 22.0*awareness_binds[strike,p2]\n"
    )


@pytest.mark.parametrize("level, holds", [(7.9, True), (8, True), (8.1, False)])
def test_permits_an_effective_level_up_to_what_awareness_allows(level: float, *, holds: bool) -> None:
    assert permits(gated(), "awareness_gate", {"E[watch,p1]": 3, "E[strike,p2]": level}) is holds


def test_no_source_informs_before_the_first_period() -> None:
    assert not permits(gated(), "awareness_gate", {"E[watch,p1]": 9, "E[strike,p1]": 3})


@pytest.mark.parametrize("awareness, value", [(0, 35), (1, 40), (5, 60)])
def test_watching_first_pays_for_itself(awareness: float, value: float) -> None:
    """10 M EUR a period. strike gives 3 a level, at most 2·(awareness + watch before) levels; watch gives ½ a level.
    Awareness 0: watch 10 in p1 (5), strike 10 in p2 (30). Awareness 1: strike 2 (6) and watch 8 (4) in p1, strike 10 in
    p2 (30). Awareness 5: strike in both.
    """
    assert optimum(gated(awareness)) == pytest.approx(value)


def test_a_gate_without_sources_allows_the_awareness_of_the_theatre() -> None:
    """Awareness 2, factor 1.5: 3 levels at 1 point each; the other 7 M EUR stay unspent."""
    problem = a_problem(
        theatres=[{"id": "iraq", "awareness": 2}], activities=[{"id": "strike", "awareness_gate": {"factor": 1.5}}]
    )
    assert optimum(problem) == pytest.approx(3)
    assert [objective.value for objective in solved(problem).objectives] == pytest.approx([3, 3])


def test_a_plan_reports_the_effective_level_that_awareness_allows() -> None:
    """A floor of 8 levels of strike, of which awareness allows 3: the effective level is 3."""
    problem = a_problem(
        theatres=[{"id": "iraq", "awareness": 3}],
        activities=[{"id": "strike", "awareness_gate": {"factor": 1}}],
        policy={"min_level": [{"activity": "strike", "level": 8}]},
    )
    (run,) = solved(problem).plan.activities
    assert (run.level, run.effective_level, run.effect) == pytest.approx((8, 3, 3))


def test_harm_counts_the_smaller_of_produced_and_allowed_level_in_full() -> None:
    """A floor of 4 levels, and awareness allows 4: each level removes 1 point and adds 3. If `awareness_binds` could be
    ½, E could be 2 although 4 levels are produced and allowed.
    """
    problem = a_problem(
        theatres=[{"id": "iraq", "risk": {"violence": 90, "grievance": 90}, "awareness": 2}],
        activities=[
            {"id": "strike", "reduces": {"violence": 1, "grievance": -3}, "awareness_gate": {"factor": 2}},
        ],
        policy={"min_level": [{"activity": "strike", "level": 4}]},
    )
    assert optimum(problem) == pytest.approx(4 * (1 - 3))


@FEW
@given(tenths(0, 6), tenths(0, 6))
def test_more_awareness_never_lowers_the_optimum(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert optimum(gated(low)) <= optimum(gated(high)) + 1e-6
