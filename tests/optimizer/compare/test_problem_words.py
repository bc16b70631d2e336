"""Two problems in words: every change of a document is named, and nothing else."""

from typing import Any

import pytest

from models.address import RECORD, apply_overrides, contents, list_addresses
from models.reading import read_problem
from optimizer.compare.problem_words import problem_differences
from tests.support.documents import full
from tests.support.plans import a_plan
from tests.support.problems import a_problem, members

FULL = read_problem(full())
FIRST, SECOND = "only in the first", "only in the second"
CLOSED = "theatres/iraq/consent: not set → false"


@pytest.mark.parametrize(
    "overrides, sentences",
    [
        ({"members/fr/votes": 7}, ["members/fr/votes: 2 → 7"]),
        ({"members/us/resources/money/y2": 5}, ["members/us/resources/money/y2: 4 → 5"]),
        ({"withdrawn/us": {}}, ["withdrawn/us: only in the second"]),
        ({"rivalries/us:eu": None}, ["rivalries/us:eu: only in the first"]),
        ({"policy/max_total_cost": 3}, ["policy/max_total_cost: not set → 3"]),
        (
            {"theatres/iraq/consent": False},
            ["theatres/iraq/consent/alliance: true → not set", CLOSED],
        ),
        (
            {"objectives": [{"metric": "risk_reduction"}]},
            [f"objectives/cost: {FIRST}", f"objectives/risk_reduction: {SECOND}"],
        ),
    ],
)
def test_names_what_an_override_changes(overrides: dict[str, Any], sentences: list[str]) -> None:
    assert list(problem_differences(FULL, apply_overrides(FULL, overrides))) == sentences


def test_a_value_written_out_equals_its_default() -> None:
    assert not list(problem_differences(a_problem(), a_problem(members=members("a", votes=1), discount=1)))
    (line,) = problem_differences(a_problem(), a_problem(members=members("a", votes=2)))
    assert line == "members/a/votes: 1 → 2"


def test_an_object_that_replaces_null_is_named_by_its_values_alone() -> None:
    without, bounded = a_problem(), a_problem(burden_sharing={"type": "gini", "max": 0.3})
    lines = list(problem_differences(without, bounded))
    assert "burden_sharing/max: not set → 0.3" in lines
    assert all(line.startswith("burden_sharing/") for line in lines)
    assert "burden_sharing/max: 0.3 → not set" in list(problem_differences(bounded, without))


def test_the_order_of_objectives_counts() -> None:
    cost, gain = {"metric": "cost"}, {"metric": "risk_reduction"}
    first, second = a_problem(objectives=[gain, cost]), a_problem(objectives=[cost, gain])
    assert list(problem_differences(first, second)) == ["objectives: in another order"]
    assert not list(problem_differences(first, first))


def test_the_order_of_members_does_not_count() -> None:
    assert not list(problem_differences(a_problem(members=members("a", "b")), a_problem(members=members("b", "a"))))


def test_names_another_baseline() -> None:
    baseline = {"plan": a_plan(a_problem(), {"a/train": 1}).model_dump(mode="json")}
    assert list(problem_differences(a_problem(), a_problem(baseline=baseline))) == ["baseline: differs"]


def test_long_values_are_cut() -> None:
    (line,) = problem_differences(a_problem(), a_problem(periods=[f"period_{n}" for n in range(40)]))
    assert len(line) < 150


def test_the_contents_are_the_listed_addresses_and_the_records() -> None:
    found = contents(FULL)
    assert set(list_addresses(FULL)) < set(found)
    assert found["withdrawn/fr"] is RECORD
