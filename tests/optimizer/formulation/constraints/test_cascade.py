from typing import Any

import pytest
from hypothesis import given

from models.problem.problem import Problem
from optimizer import program
from tests.support.families import permits, rows_of
from tests.support.laws import FEW, tenths
from tests.support.optima import optimum
from tests.support.problems import a_problem, members

US = {"id": "us", "resources": {"money": 10}, "min_contribution": 2}
FOLLOWERS = [{"member": "uk"}, {"member": "fr", "strength": 0.5}]


def led(**cascade: Any) -> Problem:
    """us has 10 M EUR and a stake of 2. uk follows it with strength 1, fr with ½. They have 10 each, for train and
    watch.
    """
    return a_problem(
        members=[US, *members("uk", "fr")],
        activities=[{"id": "train"}, {"id": "watch"}],
        cascades=[{"pivot": "us", "followers": FOLLOWERS, **cascade}],
    )


def scaled(us: float, strength: float = 1, reference: float = 8) -> Problem:
    """us has `us` M EUR. uk has 6 and scales back with the share of the reference that us gives."""
    return a_problem(
        members=[{"id": "us", "resources": {"money": us}}, {"id": "uk", "resources": {"money": 6}}],
        cascades=[{"pivot": "us", "reference": reference, "followers": [{"member": "uk", "strength": strength}]}],
    )


def test_rows_let_followers_give_while_the_pivot_counts() -> None:
    assert rows_of(led(), "cascade") == (
        "cascade[pivot,us,iraq,p1]: pivot_presence[us,iraq,p1] - counts[us,train,p1] - counts[us,watch,p1]  <=  0\n"
        "cascade[follower,us,uk,iraq,money,p1]: x[uk,train,money,p1] + x[uk,watch,money,p1]"
        " - 10.0*pivot_presence[us,iraq,p1]  <=  0.0\n"
        "cascade[follower,us,fr,iraq,money,p1]: x[fr,train,money,p1] + x[fr,watch,money,p1]"
        " - 5.0*pivot_presence[us,iraq,p1]  <=  5.0\n"
    )


def test_rows_scale_followers_with_the_reference_and_with_what_they_bought() -> None:
    problem = a_problem(
        members=[US, *members("uk")],
        cascades=[{"pivot": "us", "reference": 8, "followers": [{"member": "uk", "strength": 0.75}]}],
        investments=[{"id": "radar", "contributor": "uk", "cost": {"money": 1}, "adds": {"money": 4}}],
    )
    assert rows_of(problem, "cascade") == (
        "cascade[pivot,us,iraq,p1]: 8.0*pivot_presence[us,iraq,p1] - x[us,train,money,p1]  <=  0\n"
        "cascade[follower,us,uk,iraq,money,p1]: x[uk,train,money,p1]"
        " - 10.5*pivot_presence[us,iraq,p1] - n[radar,p1]  <=  2.5\n"
    )


def test_rows_of_a_follower_in_full_leave_what_it_bought_to_the_pivot() -> None:
    """uk has only what it can buy: 4 with us fully present, 0 without us."""
    problem = a_problem(
        members=[{**US, "resources": {"money": 10, "staff": 1}}, {"id": "uk"}],
        resources=[{"id": "money"}, {"id": "staff"}],
        activities=[{"id": "train"}, {"id": "guard", "needs": {"staff": 1}}],
        cascades=[{"pivot": "us", "followers": [{"member": "uk"}]}],
        investments=[{"id": "radar", "contributor": "uk", "cost": {}, "adds": {"money": 4}}],
    )
    assert rows_of(problem, "cascade") == (
        "cascade[pivot,us,iraq,p1]: pivot_presence[us,iraq,p1] - counts[us,train,p1] - counts[us,guard,p1]  <=  0\n"
        "cascade[follower,us,uk,iraq,money,p1]: x[uk,train,money,p1] - 4.0*pivot_presence[us,iraq,p1]  <=  0.0\n"
    )


def test_rows_of_a_follower_without_means_leave_it_what_it_buys_and_nothing_else() -> None:
    """uk follows us with strength ¼ and can buy 4: 1 depends on the presence of us, 3 do not."""
    problem = a_problem(
        members=[US, {"id": "uk"}],
        cascades=[{"pivot": "us", "followers": [{"member": "uk", "strength": 0.25}]}],
        investments=[{"id": "radar", "contributor": "uk", "cost": {}, "adds": {"money": 4}}],
    )
    assert rows_of(problem, "cascade").splitlines()[1] == (
        "cascade[follower,us,uk,iraq,money,p1]: x[uk,train,money,p1]"
        " - pivot_presence[us,iraq,p1] - 3.0*n[radar,p1]  <=  0.0"
    )


def test_rows_of_a_scenario_use_the_greatest_endowment_of_that_scenario() -> None:
    problem = a_problem(
        members=[US, {"id": "uk", "resources": {"money": 6}}],
        cascades=[{"pivot": "us", "followers": [{"member": "uk", "strength": 0.5}]}],
        scenarios=[{"id": "as_is"}, {"id": "broke", "overrides": {"members/uk/resources": {}}}],
    )
    assert rows_of(problem, "cascade").splitlines()[1::2] == [
        (
            "cascade[follower,us,uk,iraq,money,p1,as_is]: x[uk,train,money,p1]"
            " - 3.0*pivot_presence@as_is[us,iraq,p1]  <=  3.0"
        ),
        (
            "cascade[follower,us,uk,iraq,money,p1,broke]: x[uk,train,money,p1]"
            " - 0.0*pivot_presence@broke[us,iraq,p1]  <=  0.0"
        ),
    ]


def test_presence_is_counted_where_the_pivot_has_something_to_give_and_without_a_reference() -> None:
    unarmed = a_problem(
        members=[US, *members("uk")],
        resources=[{"id": "money"}, {"id": "staff"}],
        activities=[{"id": "train"}, {"id": "guard", "needs": {"staff": 1}}],
        cascades=[{"pivot": "us", "followers": [{"member": "uk"}]}],
    )
    first, *_ = rows_of(unarmed, "cascade").splitlines()
    assert first == "cascade[pivot,us,iraq,p1]: pivot_presence[us,iraq,p1] - counts[us,train,p1]  <=  0"
    assert rows_of(scaled(8), "participation") == ""
    assert [presence.bounds for presence in program(scaled(8)).pivot_presence.values()] == [(0, 1)]


def test_rows_are_of_the_theatres_that_a_cascade_names() -> None:
    """us has only ships, which only syria needs. The cascade names only syria."""
    problem = a_problem(
        resources=[{"id": "money"}, {"id": "ships"}],
        members=[{**US, "resources": {"ships": 5}}, *members("uk")],
        theatres=[{"id": "iraq"}, {"id": "syria"}],
        activities=[
            {"id": "train"},
            {"id": "sail", "theatre": "syria", "needs": {"ships": 1}},
            {"id": "patrol", "theatre": "syria"},
        ],
        cascades=[{"pivot": "us", "theatres": ["syria"], "reference": 4, "followers": [{"member": "uk"}]}],
    )
    assert rows_of(problem, "cascade") == (
        "cascade[pivot,us,syria,p1]: 4.0*pivot_presence[us,syria,p1] - x[us,sail,ships,p1]  <=  0\n"
        "cascade[follower,us,uk,syria,money,p1]: x[uk,patrol,money,p1] - 10.0*pivot_presence[us,syria,p1]  <=  0.0\n"
    )


@pytest.mark.parametrize("given, holds", [(4.9, True), (5, True), (5.1, False)])
def test_permits_what_does_not_depend_on_the_pivot(given: float, *, holds: bool) -> None:
    assert permits(led(), "cascade", {"x[fr,train,money,p1]": given}) is holds


@pytest.mark.parametrize("presence, holds", [(1, True), (0.6, True), (0.5, False), (0, False)])
def test_permits_followers_in_proportion_to_the_presence_of_the_pivot(presence: float, *, holds: bool) -> None:
    decisions = {"x[uk,train,money,p1]": 6, "pivot_presence[us,iraq,p1]": presence, "counts[us,watch,p1]": 1}
    assert permits(led(), "cascade", decisions) is holds


def test_forbids_the_presence_of_a_pivot_that_does_not_count() -> None:
    assert not permits(led(), "cascade", {"pivot_presence[us,iraq,p1]": 1})


@pytest.mark.parametrize("given, holds", [(8, True), (4, False)])
def test_permits_presence_by_what_the_pivot_gives_of_its_reference(given: float, *, holds: bool) -> None:
    decisions = {"x[us,train,money,p1]": given, "pivot_presence[us,iraq,p1]": 1}
    assert permits(scaled(8), "cascade", decisions) is holds


@pytest.mark.parametrize("us, strength, value", [(10, 1, 16), (4, 1, 7), (4, 0.5, 8.5), (0.8, 1, 1.4)])
def test_followers_scale_back_with_the_pivot(us: float, strength: float, value: float) -> None:
    """Reference 8. With 4 given by us, uk gives half of the part that follows: 4 + 3, or 4 + 3 + 3/2 at strength ½.
    With 0.8, a tenth.
    """
    assert optimum(scaled(us, strength)) == pytest.approx(value)


def test_a_pivot_that_stays_out_of_one_theatre_leaves_its_followers_in_the_other() -> None:
    """A level gives 1 point in iraq and 1.5 in syria. us has 10; uk has 10, for iraq only, and follows us there. us
    gives its stake of 2 in iraq and 8 in syria: 2 + 8·1.5 + 10.
    """
    problem = a_problem(
        members=[US, *members("uk")],
        theatres=[{"id": "iraq"}, {"id": "syria", "access": ["us"]}],
        activities=[
            {"id": "train", "effect": {"type": "linear", "per_level": 1}},
            {"id": "patrol", "theatre": "syria", "effect": {"type": "linear", "per_level": 1.5}},
        ],
        cascades=[{"pivot": "us", "theatres": ["iraq"], "followers": [{"member": "uk"}]}],
    )
    assert optimum(problem) == pytest.approx(2 + 8 * 1.5 + 10)


@pytest.mark.parametrize("theatres, value", [(["iraq"], 4), (["syria"], 10), (None, 0)])
def test_a_cascade_holds_in_the_theatres_that_it_names(theatres: list[str] | None, value: float) -> None:
    """us has withdrawn, and uk follows it where the cascade holds. uk's 10 give 10 points with train in iraq, or 4 with
    patrol in syria.
    """
    problem = a_problem(
        members=[US, *members("uk")],
        theatres=[{"id": "iraq"}, {"id": "syria"}],
        activities=[
            {"id": "train"},
            {"id": "patrol", "theatre": "syria", "effect": {"type": "linear", "per_level": 0.4}},
        ],
        cascades=[{"pivot": "us", "theatres": theatres, "followers": [{"member": "uk"}]}],
        withdrawn=[{"member": "us"}],
    )
    assert optimum(problem) == pytest.approx(value)


def test_partners_follow_as_members_do() -> None:
    """us has left. eu follows with strength 1 and gives nothing; un follows with ½ and gives half of its 4."""
    problem = a_problem(
        members=[US],
        partners=[{"id": "eu", "resources": {"money": 6}}, {"id": "un", "resources": {"money": 4}}],
        cascades=[{"pivot": "us", "followers": [{"member": "eu"}, {"member": "un", "strength": 0.5}]}],
        withdrawn=[{"member": "us"}],
    )
    assert optimum(problem) == pytest.approx(2)


def test_relaxing_cascades_frees_it() -> None:
    """us has left: of the 20 of uk and fr only half of fr's 10 remain. Relaxed, all 20 remain."""
    gone = a_problem(
        members=[US, *members("uk", "fr")],
        cascades=[{"pivot": "us", "followers": FOLLOWERS}],
        withdrawn=[{"member": "us"}],
    )
    assert optimum(gone) == pytest.approx(5)
    assert optimum(gone, "cascade") == pytest.approx(20)


@FEW
@given(tenths(0, 1), tenths(0, 1), tenths(0, 10))
def test_following_more_closely_never_raises_the_optimum(one: float, other: float, us: float) -> None:
    low, high = sorted((one, other))
    assert optimum(scaled(us, low)) >= optimum(scaled(us, high)) - 1e-6
