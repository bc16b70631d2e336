from optimizer.check.participation import rows
from optimizer.check.row import RuleRow
from tests.support.plans import a_plan, broken, broken_rows, rows_of
from tests.support.problems import a_problem, members


def test_allows_a_contributor_with_access() -> None:
    problem = a_problem(members=members("a", "b"), theatres=[{"id": "iraq", "access": ["a"]}])
    assert not broken(problem, a_plan(problem, {"a/train": 1}))


def test_forbids_a_contributor_without_access_even_if_groups_are_relaxed() -> None:
    problem = a_problem(members=members("a", "b"), theatres=[{"id": "iraq", "access": ["a"]}])
    plan = a_plan(problem, {"b/train": 0.001})
    assert broken_rows(problem, plan) == ["participation b/train/money/p1"]
    assert broken(problem, plan, relax=("participation", "consent", "decision", "policy")) == {"participation"}


def test_requires_access_where_an_activity_is_run_and_not_where_it_serves() -> None:
    problem = a_problem(
        theatres=[{"id": "iraq"}, {"id": "syria", "access": []}],
        activities=[{"id": "hub", "theatre": "iraq", "serves": ["iraq", "syria"]}],
    )
    assert not broken(problem, a_plan(problem, {"a/hub": 1}))


def test_states_contributions_without_access() -> None:
    """Only b has access to iraq; its contributions precede and follow those of a."""
    problem = a_problem(
        members=members("a", "b"),
        theatres=[{"id": "iraq", "access": ["b"]}],
        activities=[{"id": "train"}, {"id": "watch"}],
    )
    plan = a_plan(problem, {"b/train": 1, "a/train": 3, "b/watch": 1, "a/watch": 0.5})
    assert rows_of(rows, problem, plan) == [
        RuleRow(
            key=f"a/{activity}/money/p1",
            left=amount,
            sense="<=",
            right=0,
            sentence=f"a gives {amount} M EUR of money in iraq in p1, but it has no access there.",
            scale=10,
        )
        for activity, amount in (("train", 3), ("watch", 0.5))
    ]
