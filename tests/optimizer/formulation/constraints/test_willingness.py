import pytest
from hypothesis import given

from models.problem.problem import Problem
from tests.support.families import permits, rows_of
from tests.support.laws import FEW, tenths
from tests.support.optima import optimum, solved
from tests.support.problems import a_problem, members

FRAMEWORKS = [
    {"id": "alliance", "rule": {"type": "none", "min_participants": 1}},
    {"id": "coalition", "rule": {"type": "none"}},
]


def divided() -> Problem:
    """a contributes under both frameworks, b only in the coalition, c under none. 10 M EUR and a stake of 1 each."""
    return a_problem(
        members=members("a", "b", "c", min_contribution=1),
        frameworks=FRAMEWORKS,
        activities=[{"id": "train", "frameworks": ["alliance", "coalition"]}],
        positions=[
            {"member": "b", "activity": "train", "framework": "alliance", "value": 0},
            {"member": "c", "activity": "train", "framework": "alliance", "value": 0},
            {"member": "c", "activity": "train", "framework": "coalition", "value": 0},
        ],
    )


def test_rows_tie_a_member_to_the_frameworks_it_pays_under() -> None:
    assert rows_of(divided(), "willingness") == (
        "willingness[gives,b,train,money,p1]: x[b,train,money,p1] - 10.0*y[train,coalition,p1]  <=  0\n"
        "willingness[counts,b,train,p1]: counts[b,train,p1] - y[train,coalition,p1]  <=  0\n"
        "x[c,train,money,p1] <= 0  (c does not support train)\n"
        "counts[c,train,p1] <= 0  (c does not support train)\n"
    )


def test_a_member_without_means_does_not_skip_the_members_after_it() -> None:
    """An envoy without an endowment, first in the document, is willing in the coalition only, like b."""
    document = divided().document
    document["members"] = [{"id": "envoy"}, *document["members"]]
    document["positions"].append({"member": "envoy", "activity": "train", "framework": "alliance", "value": 0})
    assert rows_of(Problem.model_validate(document), "willingness") == rows_of(divided(), "willingness")


def test_no_row_where_all_are_willing() -> None:
    assert rows_of(a_problem(), "willingness") == ""


@pytest.mark.parametrize("coalition, holds", [(1, True), (0.5, True), (0.4, False), (0, False)])
def test_permits_to_give_under_a_framework_that_a_member_pays_under(coalition: float, *, holds: bool) -> None:
    decisions = {"x[b,train,money,p1]": 5, "y[train,coalition,p1]": coalition, "y[train,alliance,p1]": 1 - coalition}
    assert permits(divided(), "willingness", decisions) is holds


def test_forbids_the_unwilling_to_give_or_count() -> None:
    run = {"y[train,coalition,p1]": 1}
    assert permits(divided(), "willingness", run)
    assert not permits(divided(), "willingness", {**run, "x[c,train,money,p1]": 0.1})
    assert not permits(divided(), "willingness", {**run, "counts[c,train,p1]": 1})
    assert not permits(divided(), "willingness", {"y[train,alliance,p1]": 1, "counts[b,train,p1]": 1})


@pytest.mark.parametrize("position, value", [(0.9, 10), (1, 20), (1.1, 20)])
def test_a_member_gives_from_its_position_on(position: float, value: float) -> None:
    """a gives 10. b has 10 and contributes from position +1 on."""
    problem = a_problem(members=members("a", "b"), positions=[{"member": "b", "activity": "train", "value": position}])
    assert optimum(problem) == pytest.approx(value)


@pytest.mark.parametrize("multiplier, value", [(0.4, 10), (0.6, 12)])
def test_a_framework_that_more_pay_under_may_be_worth_less_effect(multiplier: float, value: float) -> None:
    """In the alliance a gives 10; in the coalition a and b give 20 at the multiplier."""
    problem = a_problem(
        members=members("a", "b"),
        frameworks=[{"id": "alliance"}, {"id": "coalition", "effect_multiplier": multiplier}],
        activities=[{"id": "train", "frameworks": ["alliance", "coalition"]}],
        positions=[{"member": "b", "activity": "train", "framework": "alliance", "value": 0}],
    )
    assert optimum(problem) == pytest.approx(value)


def test_partners_are_always_willing() -> None:
    """a gives nothing, but the partner gives its 5."""
    problem = a_problem(
        partners=[{"id": "eu", "resources": {"money": 5}}],
        positions=[{"member": "a", "activity": "train", "value": 0}],
    )
    assert optimum(problem) == pytest.approx(5)


def test_relaxing_participation_makes_all_pay() -> None:
    assert optimum(divided()) == pytest.approx(20)
    assert optimum(divided(), "participation") == pytest.approx(30)


def test_the_plan_says_why_a_member_stands_aside() -> None:
    (run,) = solved(divided()).plan.activities
    assert [(one.member, one.why) for one in run.stood_aside] == [
        ("c", "acquiesces (position 0, contributes from 1): does not block, does not contribute")
    ]


@FEW
@given(tenths(-1, 2), tenths(-1, 2), tenths(-1, 2))
def test_asking_for_more_support_before_giving_never_raises_the_optimum(one: float, other: float, at: float) -> None:
    def reduction(threshold: float) -> float:
        return optimum(
            a_problem(
                members=[*members("a"), *members("b", contributes_from=threshold)],
                positions=[{"member": "b", "activity": "train", "value": at}],
            )
        )

    low, high = sorted((one, other))
    assert reduction(low) >= reduction(high) - 1e-6
