import pytest
from hypothesis import given

from models.problem.problem import Problem
from optimizer.data.bounds import Bounds
from optimizer.data.index_sets import IndexSets
from tests.support.families import rows_of
from tests.support.laws import FEW, tenths
from tests.support.optima import optimum, solved
from tests.support.problems import a_problem

THREE = ["p1", "p2", "p3"]


def moving(**iraq: object) -> Problem:
    return a_problem(
        periods=THREE,
        theatres=[{"id": "iraq", "risk": {"violence": 10, "grievance": 8}, **iraq}],
        activities=[{"id": "train", "task": "civil", "reduces": {"violence": 0, "grievance": 1}}],
    )


def path(problem: Problem, driver: str) -> list[float]:
    risk = Bounds(problem, IndexSets(problems=(problem,))).risk
    return [risk["iraq", driver, period] for period in THREE]  # type: ignore[index]


def test_adds_terms_but_no_rows() -> None:
    problem = moving(
        growth={"violence": 0.2}, spillover=[{"from": "grievance", "to": "violence", "rate": 0.4}], persistence=0.5
    )
    assert rows_of(problem, "risk_dynamics") == ""
    assert rows_of(problem, "risk").splitlines()[1] == (
        "risk[iraq,violence,p2]: 0  <=  - cut[iraq,violence,p2] + 0.5*cut[iraq,violence,p1]"
        " + 0.1*cut[iraq,violence,p1] + 0.2*cut[iraq,grievance,p1]"
    )


def test_a_theatre_without_persistence_does_not_skip_the_next() -> None:
    problem = a_problem(
        periods=["p1", "p2"],
        theatres=[
            {"id": "syria", "growth": {"risk": 0.2}},
            {"id": "iraq", "growth": {"risk": 0.2}, "persistence": 0.5},
        ],
        activities=[{"id": "train", "theatre": "iraq"}],
    )
    assert rows_of(problem, "risk").splitlines()[1:] == [
        "risk[syria,risk,p2]: 0  <=  - cut[syria,risk,p2]",
        "risk[iraq,risk,p1]: 0  <=  - cut[iraq,risk,p1] + w[train,p1]",
        "risk[iraq,risk,p2]: 0  <=  - cut[iraq,risk,p2] + w[train,p2] + 0.5*cut[iraq,risk,p1] + 0.1*cut[iraq,risk,p1]",
    ]


def test_risk_left_alone_grows_and_spills_over() -> None:
    """Grievance 8 grows by ¼ to 10 and 12.5; half of it feeds violence: 10, 10 + 4, 14 + 5."""
    problem = moving(growth={"grievance": 0.25}, spillover=[{"from": "grievance", "to": "violence", "rate": 0.5}])
    assert path(problem, "grievance") == pytest.approx([8, 10, 12.5])
    assert path(problem, "violence") == pytest.approx([10, 14, 19])


def test_risk_may_also_shrink() -> None:
    assert path(moving(growth={"grievance": -0.5}), "grievance") == pytest.approx([8, 4, 2])


def test_what_has_grown_can_all_be_removed_and_no_more() -> None:
    """10 M EUR a period. Grievance 8, 8.8, 9.68 is less than that each period: 26.48 points. The plan reports this
    baseline.
    """
    problem = moving(growth={"grievance": 0.1})
    assert optimum(problem) == pytest.approx(26.48)
    stated = [one.baseline for one in solved(problem).plan.coverage if one.driver == "grievance"]
    assert stated == pytest.approx([8, 8.8, 9.68])


def early(**iraq: object) -> Problem:
    """4 M EUR in the first period and nothing after."""
    document = moving(**iraq).document
    document["members"][0]["resources"]["money"] = [4, 0, 0]
    return Problem.model_validate(document)


def test_gains_that_persist_grow_like_the_risk() -> None:
    """4 points, of which half persists and grows by a fifth: 4 + 2.4 + 1.44."""
    assert optimum(early(growth={"grievance": 0.2}, persistence=0.5)) == pytest.approx(7.84)


def test_gains_at_the_source_spill_over() -> None:
    """Full persistence: grievance 4, 4, 4; violence ½·4 in p2, 2 + ½·4 in p3: 12 + 2 + 4."""
    feeding = [{"from": "grievance", "to": "violence", "rate": 0.5}]
    assert optimum(early(spillover=feeding, persistence=1)) == pytest.approx(18)


def test_without_persistence_gains_do_not_grow() -> None:
    """No persistence: 4 points in p1."""
    assert optimum(early(growth={"grievance": 0.2})) == pytest.approx(4)


def test_persistent_harm_spills_over() -> None:
    """Policy forces 4 levels in p1. Each adds ½ to grievance, which persists and feeds violence at rate 1. p1: violence
    4 removed, grievance -2. p2: violence 4 - 2, grievance -2. p3: violence 2 - 2, grievance -2.
    """
    problem = a_problem(
        periods=THREE,
        members=[{"id": "a", "resources": {"money": [4, 0, 0]}}],
        theatres=[
            {
                "id": "iraq",
                "risk": {"violence": 10, "grievance": 8},
                "spillover": [{"from": "grievance", "to": "violence", "rate": 1}],
                "persistence": 1,
            }
        ],
        activities=[{"id": "train", "reduces": {"violence": 1, "grievance": -0.5}, "min_level": 4}],
        policy={"run": [{"activity": "train", "period": "p1"}]},
    )
    assert optimum(problem) == pytest.approx((4 + 2 + 0) - 3 * 2)


@FEW
@given(tenths(-0.5, 0.5), tenths(-0.5, 0.5))
def test_faster_growth_never_lowers_what_can_be_removed(one: float, other: float) -> None:
    def reduction(growth: float) -> float:
        return optimum(early(growth={"grievance": growth}, persistence=0.5))

    low, high = sorted((one, other))
    assert reduction(low) <= reduction(high) + 1e-6
