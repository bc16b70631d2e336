import pytest
from hypothesis import given

from models.problem.problem import Problem
from tests.support.families import permits, rows_of
from tests.support.laws import FEW, tenths
from tests.support.optima import is_infeasible, optimum
from tests.support.problems import a_problem


def failing(loss: float | None = 0.1, *, periods: int = 2, **rebuild: object) -> Problem:
    """strike gives 3 points a level and owes one level of rebuild, which has no effect, in the next period."""
    owed = {"follow_on": "rebuild", "ratio": 1, "periods": 1, "trust_loss": loss}
    return a_problem(
        periods=[f"p{n}" for n in range(1, periods + 1)],
        activities=[
            {"id": "strike", "effect": {"type": "linear", "per_level": 3}, "day_after": owed},
            {"id": "rebuild", "effect": {"type": "linear", "per_level": 0}, **rebuild},
        ],
    )


def test_rows_let_trust_fall_with_every_shortfall_and_footprints_with_trust() -> None:
    problem = a_problem(
        periods=["p1", "p2"],
        theatres=[{"id": "iraq", "footprint_cap": 10, "trust": 0.5}, {"id": "syria", "footprint_cap": 6, "trust": 0.5}],
        activities=[
            {
                "id": "strike",
                "footprint": 2,
                "day_after": {"follow_on": "rebuild", "ratio": 2, "periods": 1, "trust_loss": 0.1},
            },
            {"id": "rebuild"},
            {"id": "watch", "theatre": "syria", "footprint": 1},
        ],
    )
    assert rows_of(problem, "reputation") == (
        "reputation[short,strike,p2]: shortfall[strike,p2] - 2.0*e[strike,alliance,p1]  <=  0\n"
        "reputation[trust,iraq,p1]: trust[iraq,p2] - trust[iraq,p1]  <=  0\n"
        "reputation[trust,iraq,p2]: trust[iraq,p2+1] - trust[iraq,p2] + 0.1*shortfall[strike,p2]  <=  0\n"
        "reputation[footprint,iraq,p1]: 2.0*e[strike,alliance,p1] - 10.0*trust[iraq,p1]  <=  0\n"
        "reputation[footprint,iraq,p2]: 2.0*e[strike,alliance,p2] - 10.0*trust[iraq,p2]  <=  0\n"
        "reputation[footprint,syria,p1]: e[watch,alliance,p1]  <=  3.0\n"
        "reputation[footprint,syria,p2]: e[watch,alliance,p2]  <=  3.0\n"
    )
    assert rows_of(problem, "day_after").splitlines()[0] == (
        "day_after[rebuild,p2]: 0  <=  e[rebuild,alliance,p2] - 2.0*e[strike,alliance,p1] + shortfall[strike,p2]"
    )


def test_no_more_can_fall_short_than_is_still_owed() -> None:
    """The day after lasts one period: p3 owes for the strikes of p2 and nothing for those of p1."""
    rows = rows_of(failing(periods=3), "reputation").splitlines()
    assert rows == [
        "reputation[short,strike,p2]: shortfall[strike,p2] - e[strike,alliance,p1]  <=  0",
        "reputation[short,strike,p3]: shortfall[strike,p3] - e[strike,alliance,p2]  <=  0",
        "reputation[trust,iraq,p1]: trust[iraq,p2] - trust[iraq,p1]  <=  0",
        "reputation[trust,iraq,p2]: trust[iraq,p3] - trust[iraq,p2] + 0.1*shortfall[strike,p2]  <=  0",
        "reputation[trust,iraq,p3]: trust[iraq,p3+1] - trust[iraq,p3] + 0.1*shortfall[strike,p3]  <=  0",
    ]


def test_an_operation_that_owes_no_share_of_its_levels_costs_no_trust() -> None:
    owed = {"follow_on": "rebuild", "ratio": 0, "periods": 1, "trust_loss": 0.1}
    problem = a_problem(periods=["p1", "p2"], activities=[{"id": "strike", "day_after": owed}, {"id": "rebuild"}])
    assert rows_of(problem, "reputation") == ""


@pytest.mark.parametrize("short, holds", [(3.9, True), (4, True), (4.1, False)])
def test_permits_no_greater_shortfall_than_what_is_owed(short: float, *, holds: bool) -> None:
    decisions = {"e[strike,alliance,p1]": 4, "shortfall[strike,p2]": short}
    full = {"trust[iraq,p1]": 1, "trust[iraq,p2]": 1, "trust[iraq,p2+1]": 0.5}
    assert permits(failing(), "reputation", decisions | full) is holds


@pytest.mark.parametrize("left, holds", [(0.5, True), (0.6, True), (0.7, False)])
def test_permits_no_more_trust_than_is_left(left: float, *, holds: bool) -> None:
    decisions = {"e[strike,alliance,p1]": 4, "shortfall[strike,p2]": 4, "trust[iraq,p1]": 1, "trust[iraq,p2]": 1}
    assert permits(failing(), "reputation", decisions | {"trust[iraq,p2+1]": left}) is holds


@pytest.mark.parametrize("loss, value", [(None, 12), (0, 30), (0.1, 30), (0.2, 27), (1, 15)])
def test_trust_is_spent_even_past_the_last_period(loss: float | None, value: float) -> None:
    """rebuild reaches level 4 only. Without trust_loss no shortfall is allowed: strike 4, 12 points. Otherwise the
    shortfall x - 4 costs trust, of which there is 1: (x - 4)·loss <= 1. Loss 0 and 0.1: x = 10. 0.2: x = 9. 1: x = 5.
    """
    assert optimum(failing(loss, max_level=4)) == pytest.approx(value)


@pytest.mark.parametrize("loss, value", [(0.1, 60), (0.2, 45), (1, 33)])
def test_every_shortfall_takes_from_the_same_trust(loss: float, value: float) -> None:
    """Three periods with strike in the first two: 10 in p1, x in p2, where rebuild gets 10 - x. p3 delivers for p2 in
    full. The shortfall x of p2 is limited by loss·x <= 1: x = 10, 5, 1, so 30 + 3x.
    """
    assert optimum(failing(loss, periods=3)) == pytest.approx(value)


def losing_access(loss: float | None) -> Problem:
    """strike runs in p1 only. patrol has a footprint of 1 a level, and the theatre bears 10 at full trust."""
    owed = {"follow_on": "rebuild", "ratio": 1, "periods": 1, "trust_loss": loss}
    return a_problem(
        periods=["p1", "p2", "p3"],
        theatres=[{"id": "iraq", "footprint_cap": 10}],
        activities=[
            {"id": "strike", "effect": {"type": "linear", "per_level": 3}, "day_after": owed},
            {"id": "patrol", "footprint": 1},
            {"id": "rebuild", "effect": {"type": "linear", "per_level": 0}},
        ],
        policy={"forbid": [{"activity": "strike", "period": "p2"}]},
    )


@pytest.mark.parametrize("loss, value", [(None, 40), (0.05, 45), (0.1, 40), (0, 50)])
def test_failure_costs_later_access(loss: float | None, value: float) -> None:
    """p1: strike 10 (30). p2: rebuild r and patrol 10 - r. p3: patrol up to 10·(1 - loss·(10 - r)). No trust_loss: r =
    10, 30 + 0 + 10. Loss 0: r = 0, 30 + 10 + 10. Loss 0.05: r = 0, 30 + 10 + 5. Loss 0.1: every r gives 40.
    """
    assert optimum(losing_access(loss)) == pytest.approx(value)


@pytest.mark.parametrize("trust, value", [(0, 0), (0.5, 2), (1, 4), (4, 10)])
def test_a_theatre_bears_its_cap_times_trust(trust: float, value: float) -> None:
    """A cap of 4: two levels of train at trust ½. At trust 4 the 10 M EUR are the limit."""
    problem = a_problem(
        theatres=[{"id": "iraq", "footprint_cap": 4, "trust": trust}], activities=[{"id": "train", "footprint": 1}]
    )
    assert optimum(problem) == pytest.approx(value)


def test_no_policy_relaxed_lifts_a_footprint() -> None:
    """Without a day after strike runs in p1 and p3, patrol in p2: 30 + 10 + 30. The footprint cap of 4 stays."""
    assert optimum(losing_access(None), "policy") == pytest.approx(70)
    capped = a_problem(
        theatres=[{"id": "iraq", "footprint_cap": 4}],
        activities=[{"id": "train", "footprint": 1}],
        policy={"min_level": [{"activity": "train", "level": 5}]},
    )
    assert is_infeasible(capped)
    assert optimum(capped, "policy") == pytest.approx(4)


@FEW
@given(tenths(0, 1), tenths(0, 1))
def test_a_greater_loss_of_trust_never_raises_the_optimum(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert optimum(losing_access(high)) <= optimum(losing_access(low)) + 1e-6
