import pytest

from optimizer.check.consent import rows
from optimizer.check.row import EXACT, Row
from tests.support.plans import a_plan, broken, broken_rows, rows_of
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


@pytest.mark.parametrize("consent", [True, False])
def test_says_whether_the_host_lets_it_run(*, consent: bool) -> None:
    problem = a_problem(theatres=[{"id": "iraq", "consent": consent}])
    assert rows_of(rows, problem, a_plan(problem, {"a/train": 0.5})) == [
        Row(
            key="train/alliance/p1",
            left=1,
            sense="<=",
            right=1 if consent else 0,
            sentence="iraq does not consent to train under alliance",
            tolerance=EXACT,
        )
    ]


@pytest.mark.parametrize("level", [0.5, 8])
def test_with_recourse_says_what_level_a_refusal_leaves(level: float) -> None:
    """Where the host agrees the row asks for nothing, whatever the level; elsewhere it asks for none."""
    refused = {"id": "refused", "overrides": {"theatres/iraq/consent": False}}
    problem = a_problem(scenarios=[{"id": "as_is"}, refused], criterion={"type": "expected", "recourse": True})
    plan = a_plan(problem, {"a/train/money/p1/as_is": level, "a/train/money/p1/refused": level}, runs={"train": None})
    agreed, forbidden = rows_of(rows, problem, plan)
    assert (agreed.left, agreed.holds) == (level, True)
    assert forbidden == Row(
        key="train/alliance/p1",
        left=level,
        sense="<=",
        right=0,
        sentence="iraq does not consent to train under alliance",
    )


def test_what_is_decided_once_for_all_futures_runs_or_not_whatever_its_level() -> None:
    """Without recourse, or without futures, a refusal closes the framework: a level of 0 is no way round it."""
    refused = {"theatres/iraq/consent": False}
    both = a_problem(scenarios=[{"id": "as_is"}, {"id": "refused", "overrides": refused}])
    one = a_problem(theatres=[{"id": "iraq", "consent": False}], criterion={"type": "expected", "recourse": True})
    for problem in (both, one):
        plan = a_plan(problem, {"a/train": 0}, runs={"train": None})
        assert broken(problem, plan) == {"consent"}
        assert {row.left for row in rows_of(rows, problem, plan)} == {1}


@pytest.mark.parametrize(
    "spoiler, verdict",
    [
        ({"consent": False, "theatres": ["iraq"]}, {"consent"}),
        ({"consent": {"alliance": False}}, {"consent"}),
        ({"consent": {"*": False}}, {"consent"}),
        ({"consent": {"*": False, "alliance": True}}, set()),
        ({"consent": {"*": True, "alliance": False}}, {"consent"}),
    ],
)
def test_a_spoiler_refuses_where_it_is_and_what_it_names(spoiler: dict[str, object], verdict: set[str]) -> None:
    problem = a_problem(
        frameworks=FLAGS, theatres=[{"id": "iraq"}, {"id": "syria"}], spoilers=[{"id": "ru", **spoiler}]
    )
    assert broken(problem, a_plan(problem, {"a/train": 1})) == verdict
