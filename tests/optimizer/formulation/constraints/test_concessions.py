import pytest
from hypothesis import given

from models.problem.problem import Problem
from optimizer import program
from tests.support.families import permits, rows_of
from tests.support.laws import FEW, tenths
from tests.support.optima import optimum, solved
from tests.support.problems import a_problem, members

CASE = "g[b,train,alliance]"


def two_cases(budget: float = 2, max_per_case: float = 1.75) -> Problem:
    """b is at -1.5: 0.5 points below its objection limit in the alliance, 1.5 points short of a vote in favour."""
    return a_problem(
        members=members("a", "b"),
        frameworks=[
            {"id": "alliance"},
            {"id": "vote", "rule": {"type": "majority", "quota": 1}},
            {"id": "coalition", "rule": {"type": "participants"}},
        ],
        activities=[{"id": "train", "frameworks": ["alliance", "vote", "coalition"]}],
        positions=[{"member": "b", "activity": "train", "value": -1.5}],
        concessions={"budget": budget, "max_per_case": max_per_case},
    )


def two_objections(budget: float, **more: object) -> Problem:
    """c objects by 1 point to train (1 point a level) and to watch (2 a level, up to level 4). a has 10 M EUR."""
    return a_problem(
        members=[*members("a"), {"id": "c"}],
        activities=[
            {"id": "train"},
            {"id": "watch", "max_level": 4, "effect": {"type": "linear", "per_level": 2}},
        ],
        positions=[{"member": "c", "activity": one, "value": -2} for one in ("train", "watch")],
        concessions={"budget": budget, **more},
    )


def test_rows_share_one_budget_and_cap_each_case() -> None:
    assert rows_of(two_cases(), "concessions") == (
        "concessions[budget]: g[b,train,alliance] + g[b,train,vote]  <=  2.0\n"
        "g[b,train,alliance] <= 1.75  (at most 1.75 can be conceded to b over train under alliance)\n"
        "g[b,train,vote] <= 1.75  (at most 1.75 can be conceded to b over train under vote)\n"
    )


def test_a_concession_under_a_framework_is_bounded_by_the_gap_there() -> None:
    """b is at -1.5 in the alliance, half a point below its objection limit, and 2 points short of a vote in favour."""
    problem = a_problem(
        members=members("a", "b"),
        frameworks=[{"id": "alliance"}, {"id": "vote", "rule": {"type": "majority", "quota": 1}}],
        activities=[{"id": "train", "frameworks": ["alliance", "vote"]}],
        positions=[
            {"member": "b", "activity": "train", "framework": "alliance", "value": -1.5},
            {"member": "b", "activity": "train", "framework": "vote", "value": -2},
        ],
        concessions={"budget": 4},
    )
    assert {key: conceded.bounds for key, conceded in program(problem).g.items()} == {
        ("b", "train", "alliance"): (0, 0.5),
        ("b", "train", "vote"): (0, 2),
    }


def test_nothing_is_conceded_in_a_scenario_without_capital() -> None:
    problem = a_problem(
        members=members("a", "b"),
        positions=[{"member": "b", "activity": "train", "value": -2}],
        concessions={"budget": 2},
        scenarios=[{"id": "as_is"}, {"id": "broke", "overrides": {"concessions": None}}],
    )
    assert rows_of(problem, "concessions") == (
        "concessions[budget,as_is]: g[b,train,alliance]  <=  2.0\n"
        "g[b,train,alliance] <= 4  (at most 4 can be conceded to b over train under alliance)\n"
        "g[b,train,alliance] <= 0  (at most 0 can be conceded to b over train under alliance)\n"
    )


def test_no_row_without_objections() -> None:
    assert rows_of(a_problem(concessions={"budget": 1}), "concessions") == ""


def test_nothing_can_be_conceded_without_capital() -> None:
    problem = two_cases()
    assert len(program(problem).g) == 2
    assert len(program(problem.model_copy(update={"concessions": None})).g) == 0


@pytest.mark.parametrize("points, holds", [(0.9, True), (1, True), (1.1, False)])
def test_permits_to_spend_the_budget(points: float, *, holds: bool) -> None:
    assert permits(two_cases(), "concessions", {CASE: 1, "g[b,train,vote]": points}) is holds


@pytest.mark.parametrize("points, holds", [(1.7, True), (1.75, True), (1.8, False)])
def test_permits_up_to_the_maximum_of_one_case(points: float, *, holds: bool) -> None:
    assert permits(two_cases(), "concessions", {CASE: points}) is holds


@pytest.mark.parametrize("budget, value", [(0.9, 0), (1, 10), (1.9, 10), (2, 14)])
def test_the_budget_goes_where_it_buys_most(budget: float, value: float) -> None:
    """One objection bought off: train gives 10, more than watch with 4·2. Both: 8 from watch and 6 from train."""
    assert optimum(two_objections(budget)) == pytest.approx(value)


def test_a_gap_above_the_maximum_of_one_case_stays_closed() -> None:
    """Each gap is 1 point and a case allows 0.9. Nothing runs, for any budget."""
    assert optimum(two_objections(100, max_per_case=0.9)) == pytest.approx(0)


def test_a_concession_is_bought_once_for_all_periods() -> None:
    """c objects by 1 point. A concession of 1 opens train in both periods: 10 + 10."""
    problem = a_problem(
        periods=["p1", "p2"],
        members=[*members("a"), {"id": "c"}],
        positions=[{"member": "c", "activity": "train", "value": -2}],
        concessions={"budget": 1},
    )
    assert optimum(problem) == pytest.approx(20)


@pytest.mark.parametrize(
    "capital, value", [({"concessions/budget": 1}, 10), ({"concessions/budget": 0.5}, 0), ({"concessions": None}, 0)]
)
def test_a_concession_is_affordable_in_every_scenario_or_not_made(
    capital: dict[str, float | None], value: float
) -> None:
    """c objects to train by 1 point. The budget is 2 in one scenario and `capital` in the other."""
    problem = a_problem(
        members=[*members("a"), {"id": "c"}],
        positions=[{"member": "c", "activity": "train", "value": -2}],
        concessions={"budget": 2},
        scenarios=[{"id": "as_is"}, {"id": "changed", "overrides": capital}],
    )
    assert optimum(problem) == pytest.approx(value)


def test_a_concession_reaches_the_widest_gap_of_all_scenarios() -> None:
    """c objects by ½ point in one scenario and by 1 in the other. A concession of 1 opens train in both."""
    problem = a_problem(
        members=[*members("a"), {"id": "c"}],
        positions=[{"member": "c", "activity": "train", "value": -1.5}],
        concessions={"budget": 1},
        scenarios=[{"id": "as_is"}, {"id": "harder", "overrides": {"positions/c:train": -2}}],
    )
    outcome = solved(problem)
    assert outcome.objectives[0].value == pytest.approx(10)
    assert [one.amount for one in outcome.plan.concessions] == [1]


def test_relaxing_decisions_needs_no_concession() -> None:
    outcome = solved(two_objections(0), "decision")
    assert outcome.objectives[0].value == pytest.approx(14)
    assert outcome.plan.concessions == ()


def test_the_plan_spends_what_it_needs_and_no_more() -> None:
    plan = solved(two_objections(1.9)).plan
    assert [(one.member, one.activity, one.framework, one.amount) for one in plan.concessions] == [
        ("c", "train", "alliance", 1)
    ]


def test_the_plan_says_who_was_won_over() -> None:
    (run,) = solved(two_objections(1)).plan.activities
    assert [(one.member, one.why) for one in run.stood_aside] == [
        ("c", "won over by a concession of 1: does not block, does not contribute")
    ]


@FEW
@given(tenths(0, 3), tenths(0, 3))
def test_more_capital_never_lowers_the_optimum(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert optimum(two_objections(low)) <= optimum(two_objections(high)) + 1e-6


@FEW
@given(tenths(0, 2), tenths(0, 2))
def test_a_greater_cap_on_each_case_never_lowers_the_optimum(one: float, other: float) -> None:
    low, high = sorted((one, other))
    least, most = (optimum(two_objections(2, max_per_case=cap)) for cap in (low, high))
    assert least <= most + 1e-6
