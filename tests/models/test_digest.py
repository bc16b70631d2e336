import pytest

from models.digest import problem_digest
from tests.support.problems import a_problem


def test_two_spellings_of_one_problem_have_one_digest() -> None:
    short = a_problem(periods=["p1", "p2"])
    long = a_problem(
        periods=["p1", "p2"],
        title="",
        defaults={"members": {"votes": 1}},
        resources=[{"id": "money", "unit": "M EUR", "unit_cost": 1.0}],
        members=[{"resources": {"money": [10, 10.0]}, "id": "a"}],
        theatres=[{"id": "iraq", "risk": {"p2": 100, "p1": 100}, "weight": 1}],
        activities=[{"id": "train", "effect": {"type": "linear", "per_level": {"p1": 1, "p2": 1}}}],
        objectives=[{"metric": "risk_reduction"}, {"metric": "cost"}],
    )
    assert problem_digest(short) == problem_digest(long)


@pytest.mark.parametrize(
    "fields",
    [
        {"discount": 0.99},
        {"title": "another"},
        {"members": [{"id": "a", "resources": {"money": 10.000001}}]},
        {
            "theatres": [{"id": "iraq", "risk": {"risk": 100, "more": 0}}],
            "activities": [{"id": "train", "reduces": {}}],
        },
        {"objectives": [{"metric": "cost"}, {"metric": "risk_reduction"}]},
        {"scenarios": [{"id": "s", "overrides": {"discount": 1}}]},
    ],
)
def test_another_problem_has_another_digest(fields: dict[str, object]) -> None:
    assert problem_digest(a_problem(**fields)) != problem_digest(a_problem())


def test_the_digest_of_a_problem_stays() -> None:
    """Recorded when the normal form was fixed: outcomes are stored under it."""
    assert problem_digest(a_problem()) == RECORDED


RECORDED = "sha256:57b76503ec401941f93414beffb5ac01fac744e67e6772d3e73c411054f84da0"
