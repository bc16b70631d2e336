import pytest

from optimizer.check.consent import rows
from optimizer.check.row import EXACT, RuleRow
from optimizer.tolerances import SIZE_FLOOR
from tests.support.plans import a_plan, broken, broken_rows, rows_of
from tests.support.problems import a_problem

FRAMEWORKS = [{"id": "alliance"}, {"id": "coalition", "rule": {"type": "none"}}]


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
def test_the_host_may_refuse_a_framework(consent: object, verdict: set[str]) -> None:
    problem = a_problem(frameworks=FRAMEWORKS, theatres=[{"id": "iraq", "consent": consent}])
    assert broken(problem, a_plan(problem, {"a/train": 1})) == verdict


def test_requires_the_consent_of_the_theatre_in_which_an_activity_is_run() -> None:
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
def test_requires_the_consent_of_active_spoilers(spoiler: dict[str, object], verdict: set[str]) -> None:
    problem = a_problem(
        frameworks=FRAMEWORKS, theatres=[{"id": "iraq"}, {"id": "syria"}], spoilers=[{"id": "ru", **spoiler}]
    )
    assert broken(problem, a_plan(problem, {"a/train": 1})) == verdict


@pytest.mark.parametrize("host, who", [(True, "An active spoiler in"), (False, "The host of")])
def test_states_whether_the_host_or_a_spoiler_refuses(*, host: bool, who: str) -> None:
    problem = a_problem(theatres=[{"id": "iraq", "consent": host}], spoilers=[{"id": "ru", "consent": False}])
    (row,) = rows_of(rows, problem, a_plan(problem, {"a/train": 1}))
    assert row.sentence == f"{who} iraq does not consent to train under alliance, but it runs in p1."


def test_has_no_rows_if_consent_is_relaxed() -> None:
    problem = a_problem(theatres=[{"id": "iraq", "consent": False}])
    plan = a_plan(problem, {"a/train": 1})
    assert broken_rows(problem, plan) == ["consent train/alliance/p1"]
    assert not broken(problem, plan, relax=("consent",))


@pytest.mark.parametrize("consent", [True, False])
def test_states_whether_the_host_consents(*, consent: bool) -> None:
    problem = a_problem(theatres=[{"id": "iraq", "consent": consent}])
    assert rows_of(rows, problem, a_plan(problem, {"a/train": 0.5})) == [
        RuleRow(
            key="train/alliance/p1",
            left=1,
            sense="<=",
            right=1 if consent else 0,
            sentence="The host of iraq does not consent to train under alliance, but it runs in p1.",
            scale=SIZE_FLOOR * 10,
            tolerance=EXACT,
        )
    ]


@pytest.mark.parametrize("level", [0.5, 8])
def test_with_recourse_a_refusal_forbids_the_level(level: float) -> None:
    """If the host consents, the row holds at any level; if it refuses, only at level 0."""
    refused = {"id": "refused", "overrides": {"theatres/iraq/consent": False}}
    problem = a_problem(scenarios=[{"id": "as_is"}, refused], criterion={"type": "expected", "recourse": True})
    plan = a_plan(problem, {"a/train/money/p1/as_is": level, "a/train/money/p1/refused": level}, runs={"train": None})
    agreed, forbidden = rows_of(rows, problem, plan)
    assert (agreed.left, agreed.holds) == (level, True)
    assert forbidden == RuleRow(
        key="train/alliance/p1",
        left=level,
        sense="<=",
        right=0,
        sentence="The host of iraq does not consent to train under alliance, but it runs in p1.",
        scale=SIZE_FLOOR * 10,
    )


def test_without_recourse_a_refusal_closes_the_framework_at_any_level() -> None:
    """The same applies without scenarios: a level of 0 breaks the row too."""
    refused = {"theatres/iraq/consent": False}
    two_scenarios = a_problem(scenarios=[{"id": "as_is"}, {"id": "refused", "overrides": refused}])
    no_scenarios = a_problem(
        theatres=[{"id": "iraq", "consent": False}], criterion={"type": "expected", "recourse": True}
    )
    for problem in (two_scenarios, no_scenarios):
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
def test_a_spoiler_refuses_the_frameworks_it_names_in_its_theatres(
    spoiler: dict[str, object], verdict: set[str]
) -> None:
    problem = a_problem(
        frameworks=FRAMEWORKS, theatres=[{"id": "iraq"}, {"id": "syria"}], spoilers=[{"id": "ru", **spoiler}]
    )
    assert broken(problem, a_plan(problem, {"a/train": 1})) == verdict
