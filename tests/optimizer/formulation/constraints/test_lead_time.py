import pytest
from hypothesis import given

from models.problem.problem import Problem
from tests.support.families import permits, rows_of
from tests.support.laws import FEW, tenths
from tests.support.optima import optimum
from tests.support.problems import a_problem

NOTHING = {"type": "linear", "per_level": 0}


def striking(periods: int = 3, lead: dict[str, int] | None = None, **fields: object) -> Problem:
    """strike gives 2 points a level, in the same period if patrol ran in the period before, else one period later."""
    waits = {"with_presence": 0, "without": 1, "presence_from": ["patrol"], **(lead or {})}
    return a_problem(
        periods=[f"p{n}" for n in range(1, periods + 1)],
        activities=[
            {"id": "strike", "effect": {"type": "linear", "per_level": 2}, "lead_time": waits},
            {"id": "patrol", "min_level": 1, "effect": NOTHING},
        ],
        **fields,
    )


def test_rows_split_a_level_by_presence_in_the_period_before() -> None:
    assert rows_of(striking(2), "lead_time") == (
        "lead_time[split,strike,p1]: E[strike,p1] - slow[strike,p1]  ==  0\n"
        "lead_time[split,strike,p2]: E[strike,p2] - fast[strike,p2] - slow[strike,p2]  ==  0\n"
        "lead_time[fast,strike,p2]: fast[strike,p2] - 10.0*near[strike,p2]  <=  0\n"
        "lead_time[slow,strike,p2]: slow[strike,p2] + 10.0*near[strike,p2]  <=  10.0\n"
        "lead_time[absent,strike,p2]: near[strike,p2] - y[patrol,alliance,p1]  <=  0\n"
        "lead_time[present,strike,patrol,p2]: 0  <=  near[strike,p2] - y[patrol,alliance,p1]\n"
    )
    assert rows_of(striking(2), "risk") == (
        "risk[iraq,risk,p1]: 0  <=  - cut[iraq,risk,p1] + w[patrol,p1]\n"
        "risk[iraq,risk,p2]: 0  <=  - cut[iraq,risk,p2] + w[patrol,p2] + 2.0*fast[strike,p2] + 2.0*slow[strike,p1]\n"
    )


def test_arrivals_carry_the_effect_multiplier_of_the_scenario() -> None:
    """2 points a level, a quarter of that in the storm. patrol, earlier in the document, has no lead time."""
    activities = striking().document["activities"][::-1]
    problem = a_problem(
        periods=["p1", "p2"],
        activities=activities,
        scenarios=[{"id": "storm", "effect_multiplier": {"strike": 0.25}}],
    )
    assert rows_of(problem, "risk").splitlines()[1] == (
        "risk[iraq,risk,p2]: 0  <=  - cut[iraq,risk,p2] + w[patrol,p2] + 0.5*fast[strike,p2] + 0.5*slow[strike,p1]"
    )


@pytest.mark.parametrize(
    "patrol, near, fast, slow, holds",
    [
        (1, 1, 4, 0, True),
        (1, 1, 0, 4, False),
        (0, 0, 0, 4, True),
        (0, 0, 4, 0, False),
        (0, 1, 4, 0, False),
        (1, 0, 0, 4, False),
    ],
)
def test_permits_a_level_to_arrive_only_as_presence_has_it(
    patrol: int, near: int, fast: float, slow: float, *, holds: bool
) -> None:
    decisions = {
        "y[patrol,alliance,p1]": patrol,
        "near[strike,p2]": near,
        "E[strike,p2]": 4,
        "fast[strike,p2]": fast,
        "slow[strike,p2]": slow,
    }
    assert permits(striking(2), "lead_time", decisions) is holds


def test_presence_is_worth_its_price_where_time_runs_out() -> None:
    """10 M EUR a period. Without patrol the strikes of p1 and p2 arrive: 20 + 20. With a patrol in p2 for 1 M EUR
    the strikes of all periods arrive: 20, 9·2 and 20.
    """
    assert optimum(striking()) == pytest.approx(20 + 18 + 20)


def test_presence_is_not_worth_more_than_it_wins() -> None:
    """A patrol for 10 takes all of p2: 20 + 0 + 20 with it, 20 + 20 without. At 20 no patrol is affordable: 40."""
    for least in (10, 20):
        document = striking().document
        document["activities"][1]["min_level"] = least
        assert optimum(Problem.model_validate(document)) == pytest.approx(40)


def test_presence_is_a_fact_and_no_choice() -> None:
    """Risk is 10 in p3 only; money is 1, 5 and 0. A strike in p2 without presence arrives in p3: 10. With a patrol in
    p1, set by policy, it arrives in p2, where there is no risk.
    """

    def waiting(**policy: object) -> Problem:
        return striking(
            theatres=[{"id": "iraq", "risk": [0, 0, 10]}],
            members=[{"id": "a", "resources": {"money": [1, 5, 0]}}],
            policy=policy,
        )

    assert optimum(waiting()) == pytest.approx(10)
    assert optimum(waiting(run=[{"activity": "patrol", "period": "p1"}])) == pytest.approx(0)


def test_lead_times_may_both_be_long() -> None:
    """One period with presence, two without, four periods. Strikes of p1 arrive in p3. Strikes of p2 arrive in p4, or
    in p3 with a patrol in p1. Strikes of p3 arrive in p4 with a patrol in p2. A patrol in p2 for 1 M EUR: 20 + 18 + 20.
    Another in p1 would only cost.
    """
    assert optimum(striking(4, {"with_presence": 1, "without": 2})) == pytest.approx(58)


@FEW
@given(tenths(1, 12), tenths(1, 12))
def test_a_dearer_presence_never_raises_the_optimum(one: float, other: float) -> None:
    def reduction(least: float) -> float:
        document = striking().document
        document["activities"][1]["min_level"] = least
        return optimum(Problem.model_validate(document))

    low, high = sorted((one, other))
    assert reduction(high) <= reduction(low) + 1e-6
