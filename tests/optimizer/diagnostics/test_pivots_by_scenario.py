from models.problem.problem import Problem
from optimizer.diagnostics.warnings import assumptions
from tests.support.optima import optimum
from tests.support.problems import a_problem, members

SAYS = (
    "a counts in iraq only if it can in every scenario, also with recourse: it cannot in scenario gone, "
    "so b follows it out in all scenarios"
)


def followed(overrides: dict[str, object] | None = None, *, recourse: bool = True) -> Problem:
    """b follows a, which the second scenario may change."""
    return a_problem(
        members=members("a", "b", min_contribution=1),
        cascades=[{"pivot": "a", "followers": [{"member": "b", "strength": 1}]}],
        scenarios=[{"id": "as_is"}, {"id": "gone", "overrides": overrides or {}}],
        criterion={"type": "expected", "recourse": recourse},
    )


def test_a_pivot_that_leaves_in_one_scenario_is_named_with_its_followers() -> None:
    """a gives its 10 in the first scenario; b, which follows, gives its 10 in none: 5 expected instead of 10 or 15."""
    problem = followed({"withdrawn/a": {}})
    assert SAYS in assumptions(problem)
    assert optimum(problem) == 5
    assert optimum(problem, "cascade") == 15


def test_a_pivot_without_means_is_named() -> None:
    assert SAYS in assumptions(followed({"members/a/resources/money": 0}))


def test_a_pivot_that_stays_or_a_plan_without_recourse_has_no_sentence() -> None:
    assert not [said for said in assumptions(followed()) if "counts in" in said]
    without = followed({"withdrawn/a": {}}, recourse=False)
    assert not [said for said in assumptions(without) if "counts in" in said]
