"""Faults of a study are reported with address, code and suggestion."""

from typing import Any

import pytest

from models.errors import InvalidDocument, Issue
from models.study.reading import read_study
from models.study.spec import KINDS, LATER, Sweep
from tests.support.studies import MONEY, SMALLEST, a_sweep, a_tornado, smallest


def issues(document: Any, **problem: Any) -> tuple[Issue, ...]:
    with pytest.raises(InvalidDocument) as raised:
        read_study(document, smallest(**problem))
    return raised.value.issues


def only(document: Any, **problem: Any) -> Issue:
    (issue,) = issues(document, **problem)
    return issue


def test_reads_a_study_that_contains_its_problem() -> None:
    problem, spec = read_study(a_sweep(problem=SMALLEST))
    assert [member.id for member in problem.members] == ["a", "b"]
    assert isinstance(spec, Sweep)
    assert (spec.size, spec.fidelity, spec.config.solver.time_limit_s) == (3, "solve", 60)


def test_a_study_without_problem_is_refused() -> None:
    with pytest.raises(InvalidDocument, match="problem is required"):
        read_study(a_sweep())


def test_a_study_with_two_problems_is_refused() -> None:
    assert only(a_sweep(problem=SMALLEST)).code == "not_together"


def test_an_issue_of_the_problem_has_its_address_in_the_study() -> None:
    wrong = SMALLEST | {"members": [{"id": "a", "resources": {"money": -1}}]}
    with pytest.raises(InvalidDocument) as raised:
        read_study(a_sweep(problem=wrong))
    (issue,) = raised.value.issues
    assert (issue.address, issue.pointer, issue.code) == (
        "problem/members/a/resources/money",
        "/problem/members/0/resources/money",
        "out_of_range",
    )


@pytest.mark.parametrize("document", [[], "sweep", None, 3])
def test_a_study_is_an_object(document: Any) -> None:
    assert only(document).code == "wrong_type"


@pytest.mark.parametrize("kind", LATER)
def test_an_unsupported_kind_lists_the_supported_ones(kind: str) -> None:
    issue = only({"schema": "concord.study/1", "kind": kind})
    assert (issue.address, issue.code, issue.allowed) == ("kind", "not_supported_yet", list(KINDS))


def test_an_unknown_kind_has_a_suggestion() -> None:
    issue = only({"schema": "concord.study/1", "kind": "tornados"})
    assert (issue.code, issue.suggestion) == ("not_allowed", "tornado")


def test_the_kind_is_required() -> None:
    assert only({"schema": "concord.study/1"}).code == "missing"


def test_an_unknown_key_has_a_suggestion() -> None:
    issue = only(a_sweep(fidelty="bound"))
    assert (issue.address, issue.code, issue.suggestion) == ("fidelty", "unknown_key", "fidelity")


def test_an_unknown_key_of_an_axis_has_its_address() -> None:
    issue = only(a_sweep({"address": MONEY, "value": [1]}, {"address": MONEY, "label": "again", "values": [1]}))
    assert (issue.pointer, issue.code, issue.suggestion) == ("/axes/0/value", "unknown_key", "values")


@pytest.mark.parametrize(
    "axis",
    [
        {"address": MONEY},
        {"address": MONEY, "values": [1], "low": 1, "high": 2, "steps": 2},
        {"address": MONEY, "values": [1], "options": [{"label": "x"}]},
    ],
)
def test_an_axis_has_exactly_one_form(axis: dict[str, Any]) -> None:
    issue = only(a_sweep(axis))
    assert (issue.pointer, issue.code) == ("/axes/0", "one_of")


def test_values_need_an_address() -> None:
    assert only(a_sweep({"values": [1, 2]})).pointer == "/axes/0/address"


def test_an_unknown_address_of_an_axis_has_a_suggestion() -> None:
    issue = only(a_sweep({"address": "members/a/resources/mony", "values": [1]}))
    assert (issue.pointer, issue.code, issue.suggestion) == ("/axes/0/address", "unknown_reference", "money")
    issue = only(a_sweep({"address": "theatres/lybia/weight", "values": [1]}))
    assert (issue.pointer, issue.code, issue.suggestion) == (
        "/axes/0/address",
        "unknown_address",
        "theatres/libya/weight",
    )


def test_an_invalid_value_of_an_axis_is_found_beforehand() -> None:
    issue = only(a_sweep({"address": MONEY, "values": [3, -1, 5]}))
    assert (issue.pointer, issue.code) == ("/axes/0/values/1", "out_of_range")
    assert MONEY in issue.message


def test_an_invalid_end_of_a_range_is_found_beforehand() -> None:
    issue = only(a_sweep({"address": MONEY, "low": -1, "high": 5, "steps": 3}))
    assert (issue.pointer, issue.code) == ("/axes/0/low", "out_of_range")


@pytest.mark.parametrize("low, high", [(3, 3), (4, 3)])
def test_low_must_be_below_high(low: float, high: float) -> None:
    assert only(a_sweep({"address": MONEY, "low": low, "high": high, "steps": 3})).code == "contradiction"
    assert only(a_tornado({"address": MONEY, "low": low, "high": high})).pointer == "/inputs/0/low"


def test_a_range_needs_low_high_and_steps() -> None:
    issue = only(a_sweep({"address": MONEY, "low": 1, "steps": 3}))
    assert (issue.pointer, issue.code) == ("/axes/0/high", "missing")


def test_a_grid_that_is_too_large_is_refused_before_it_is_expanded() -> None:
    axes = [{"address": MONEY, "label": str(one), "low": 0, "high": 1, "steps": 10_000} for one in range(5)]
    issue = only(a_sweep(*axes))
    assert (issue.address, issue.code, issue.allowed) == ("axes", "too_many", "at most 10,000 points")
    assert "100,000,000,000,000,000,000 points" in issue.message


def test_zip_requires_axes_of_equal_length() -> None:
    other = {"address": "members/b/resources/money", "values": [1, 2]}
    issue = only(a_sweep({"address": MONEY, "values": [1, 2, 3]}, other, combine="zip"))
    assert (issue.address, issue.code) == ("axes", "contradiction")
    assert "3, 2" in issue.message


def test_two_axes_of_one_name_are_refused() -> None:
    assert only(a_sweep({"address": MONEY, "values": [1]}, {"address": MONEY, "values": [2]})).pointer == "/axes/1"


def test_options_need_an_axis_label_and_different_labels() -> None:
    found = issues(a_sweep({"options": [{"label": "x"}, {"label": "x"}]}))
    assert [(issue.pointer, issue.code) for issue in found] == [
        ("/axes/0/label", "missing"),
        ("/axes/0/options/1/label", "duplicate_record"),
    ]


def test_a_factor_must_be_a_number() -> None:
    issue = only(a_sweep({"address": MONEY, "by": "times", "values": [1, "much"]}))
    assert (issue.pointer, issue.code) == ("/axes/0/values/1", "not_a_number")


def test_an_option_with_an_unknown_address_is_found_beforehand() -> None:
    options = [{"label": "as is"}, {"label": "worse", "changes": [{"address": "theatres/lybia/risk", "times": 2}]}]
    issue = only(a_sweep({"label": "libya", "options": options}))
    assert (issue.pointer, issue.code) == ("/axes/0/options/1", "unknown_address")


def test_a_tornado_uses_the_uncertainty_of_the_problem() -> None:
    uncertain = [{"address": MONEY, "low": 4, "high": 8}]
    read_study(a_tornado(), smallest(uncertainty=uncertain))
    assert only(a_tornado()).code == "missing"


def test_an_unknown_address_of_an_override_is_found_beforehand() -> None:
    issue = only(a_sweep(config={"overrides": {"members/c/votes": 1}}))
    assert (issue.address, issue.code) == ("config/overrides", "unknown_address")


@pytest.mark.parametrize(
    "measure, code, suggestion",
    [
        ("risk_reducton", "unknown_reference", "risk_reduction"),
        ("activitys/train:p1/level", "unknown_reference", "activities"),
        ("activities/train:p1/levl", "unknown_reference", "activities/train:p1/level"),
        ("activities/trian:p1/level", "unknown_reference", "train"),
        ("activities/train/level", "invalid", None),
        ("burden/*/relative_burden", "not_allowed", None),
    ],
)
def test_an_invalid_measure_is_found_beforehand(measure: str, code: str, suggestion: str | None) -> None:
    issue = only(a_sweep(measures=["cost", measure]))
    assert (issue.address, issue.code, issue.suggestion) == ("measures/1", code, suggestion)
