import pytest
from hypothesis import given

from models.problem.problem import Problem
from tests.support.families import permits, rows_of
from tests.support.laws import FEW, tenths
from tests.support.optima import optimum, solved
from tests.support.problems import a_problem

NOTHING = {"type": "linear", "per_level": 0}


def two_operations() -> Problem:
    """Two operations of different value that owe the same follow-on, which has no effect."""
    return a_problem(
        periods=["p1", "p2", "p3"],
        activities=[
            {
                "id": "strike",
                "effect": {"type": "linear", "per_level": 3},
                "day_after": {"follow_on": "rebuild", "ratio": 2, "periods": 1},
            },
            {"id": "raid", "day_after": {"follow_on": "rebuild", "ratio": 1, "periods": 2, "beyond_horizon": "ignore"}},
            {"id": "rebuild", "effect": NOTHING},
        ],
    )


def test_rows_add_up_what_each_operation_owes() -> None:
    assert rows_of(two_operations(), "day_after") == (
        "day_after[rebuild,p2]: 0  <=  e[rebuild,alliance,p2] - 2.0*e[strike,alliance,p1] - e[raid,alliance,p1]\n"
        "day_after[rebuild,p3]: 0  <=  e[rebuild,alliance,p3] - 2.0*e[strike,alliance,p2] - e[raid,alliance,p2]"
        " - e[raid,alliance,p1]\n"
        "y[strike,alliance,p3] <= 0  (strike would owe rebuild past the last period)\n"
    )


@pytest.mark.parametrize("rebuild, holds", [(6.9, False), (7, True), (7.1, True)])
def test_permits_a_follow_on_from_what_is_owed_on(rebuild: float, *, holds: bool) -> None:
    decisions = {
        "e[strike,alliance,p1]": 2,
        "e[raid,alliance,p1]": 3,
        "e[rebuild,alliance,p2]": rebuild,
        "e[rebuild,alliance,p3]": 3,
    }
    assert permits(two_operations(), "day_after", decisions) is holds


def test_owes_for_as_many_periods_as_it_says() -> None:
    decisions = {"e[raid,alliance,p1]": 3, "e[rebuild,alliance,p2]": 3}
    assert not permits(two_operations(), "day_after", decisions)
    assert permits(two_operations(), "day_after", decisions | {"e[rebuild,alliance,p3]": 3})


def test_forbids_an_operation_whose_day_after_has_no_room() -> None:
    assert not permits(two_operations(), "day_after", {"y[strike,alliance,p3]": 1})
    assert permits(two_operations(), "day_after", {"y[raid,alliance,p3]": 1})


def test_an_operation_that_owes_no_share_of_its_levels_has_no_rows() -> None:
    debt = {"follow_on": "rebuild", "ratio": 0, "periods": 1, "beyond_horizon": "ignore"}
    problem = a_problem(periods=["p1", "p2"], activities=[{"id": "strike", "day_after": debt}, {"id": "rebuild"}])
    assert rows_of(problem, "day_after") == ""


def shared_follow_on(**raid: object) -> Problem:
    return a_problem(
        periods=["p1", "p2"],
        activities=[
            {
                "id": "strike",
                "effect": {"type": "linear", "per_level": 3},
                "max_level": 4,
                "day_after": {"follow_on": "rebuild", "ratio": 1, "periods": 1},
            },
            {
                "id": "raid",
                "effect": {"type": "linear", "per_level": 2},
                "day_after": {"follow_on": "rebuild", "ratio": 2, "periods": 1, **raid},
            },
            {"id": "rebuild", "effect": NOTHING},
        ],
    )


def test_two_operations_do_not_share_a_day_after() -> None:
    """p1: strike 4 (12 points) owes 4, raid x owes 2x. p2 has 10 M EUR, so x = 3 (6 points): 18. If one rebuild served
    both, x would be 5.
    """
    assert optimum(shared_follow_on()) == pytest.approx(18)


def test_a_duty_past_the_horizon_can_be_ignored() -> None:
    """raid may run in p2 and owe nothing. A raid level in p1 costs two in p2. So p1 runs strike 4 (12), and p2 runs
    rebuild 4 and raid 6 (12).
    """
    assert optimum(shared_follow_on(beyond_horizon="ignore")) == pytest.approx(24)


def test_an_operation_that_can_never_be_followed_is_warned_about() -> None:
    problem = a_problem(
        activities=[
            {"id": "strike", "day_after": {"follow_on": "rebuild", "ratio": 1, "periods": 1}},
            {"id": "rebuild"},
        ]
    )
    outcome = solved(problem)
    assert outcome.objectives[0].value == pytest.approx(10)
    assert " ".join(outcome.warnings) == (
        "strike cannot run: it would owe rebuild for 1 period, past the last period; "
        "add periods, or set beyond_horizon to ignore"
    )


def test_policy_relaxed_frees_it() -> None:
    """Without a day after: strike 4 (12) and raid 6 (12) in both periods."""
    assert optimum(shared_follow_on(), "policy") == pytest.approx(48)


@FEW
@given(tenths(0, 3), tenths(0, 3))
def test_owing_more_never_raises_the_optimum(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert optimum(shared_follow_on(ratio=high)) <= optimum(shared_follow_on(ratio=low)) + 1e-6
