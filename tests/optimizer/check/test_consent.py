import pytest

from tests.support.plans import a_plan, broken, broken_rows
from tests.support.problems import a_problem

FLAGS = [{"id": "alliance"}, {"id": "coalition", "rule": {"type": "none"}}]


@pytest.mark.parametrize(
    "consent, verdict",
    [
        (True, set()),
        (False, {"consent"}),
        ({"alliance": False}, {"consent"}),
        ({"coalition": False}, set()),
        ({"*": False}, {"consent"}),
        ({"*": False, "alliance": True}, set()),
    ],
)
def test_the_host_may_refuse_a_flag(consent: object, verdict: set[str]) -> None:
    problem = a_problem(frameworks=FLAGS, theatres=[{"id": "iraq", "consent": consent}])
    assert broken(problem, a_plan(problem, {"a/train": 1})) == verdict


def test_is_asked_of_the_host_where_an_activity_is_run() -> None:
    problem = a_problem(
        theatres=[{"id": "iraq"}, {"id": "syria", "consent": False}],
        activities=[{"id": "hub", "theatre": "iraq", "serves": ["iraq", "syria"]}],
    )
    assert not broken(problem, a_plan(problem, {"a/hub": 1}))


@pytest.mark.parametrize(
    "spoiler, verdict",
    [
        ({"consent": False}, {"consent"}),
        ({"consent": {"coalition": False}}, set()),
        ({"consent": False, "active": False}, set()),
        ({"consent": False, "theatres": ["syria"]}, set()),
    ],
)
def test_an_active_spoiler_must_let_it_run_too(spoiler: dict[str, object], verdict: set[str]) -> None:
    problem = a_problem(
        frameworks=FLAGS, theatres=[{"id": "iraq"}, {"id": "syria"}], spoilers=[{"id": "ru", **spoiler}]
    )
    assert broken(problem, a_plan(problem, {"a/train": 1})) == verdict


def test_is_not_asked_where_consent_is_relaxed() -> None:
    problem = a_problem(theatres=[{"id": "iraq", "consent": False}])
    plan = a_plan(problem, {"a/train": 1})
    assert broken_rows(problem, plan) == ["consent train/alliance/p1"]
    assert not broken(problem, plan, relax=("consent",))
