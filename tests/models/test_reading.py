import json
import time
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import CODES, ConcordError, InvalidDocument
from models.reading import read_config, read_plan, read_problem
from tests.support.documents import full, places, with_value
from tests.support.faults import faults, issues_of
from tests.support.golden import cases
from tests.support.problems import a_document

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def test_reads_every_kind_of_record() -> None:
    assert issues_of(full()) == ()


@pytest.mark.parametrize("golden", cases(), ids=lambda golden: golden.name)
def test_reads_every_golden_problem(golden: Any) -> None:
    assert read_problem(golden.problem).document == golden.problem


@given(st.data())
def test_any_value_at_any_place_gives_a_problem_or_issues(data: st.DataObject) -> None:
    loc = data.draw(st.sampled_from(list(places(full()))))
    for issue in issues_of(with_value(full(), loc, data.draw(VALUES))):
        assert issue.code in CODES
        assert issue.message
        assert json.loads(json.dumps(issue.model_dump(), allow_nan=False))
        issue.model_dump_json()


@given(VALUES)
def test_raises_nothing_but_its_own_errors(document: object) -> None:
    for read in (read_problem, read_config, read_plan):
        try:
            read(document)
        except ConcordError as error:
            assert str(error)  # noqa: PT017  (either answer is right)


@pytest.mark.parametrize(
    "fields, address, code, words",
    [
        ({"memberz": []}, "memberz", "unknown_key", "did you mean 'members'?"),
        ({"discount": "0.5"}, "discount", "not_a_number", "write 0.5 without quotes"),
        ({"discount": True}, "discount", "not_a_number", "must be a number, more than 0 and at most 1"),
        ({"discount": float("nan")}, "discount", "not_a_number", "must be a number"),
        ({"discount": 10**400}, "discount", "not_a_number", "must be a number"),
        ({"discount": 0}, "discount", "out_of_range", "must be more than 0 and at most 1"),
        ({"title": 3}, "title", "wrong_type", "must be a text"),
        ({"title": "\ud800"}, "title", "not_text", "surrogate"),
        ({"positions": {}}, "positions", "wrong_type", "must be a list"),
        ({"members": [3]}, "members/0", "wrong_type", "must be an object"),
        ({"members": []}, "members", "too_few", "at least 1 is required"),
        ({"members": [{"id": "US A"}]}, "members/US A/id", "bad_id", "small letters"),
        ({"members": [{}]}, "members/0/id", "missing", "id is required"),
        ({"schema": "concord.problem/2"}, "schema", "not_allowed", "must be concord.problem/1"),
        ({"defaults": {"member": {}}}, "defaults/member", "unknown_key", "did you mean 'members'?"),
        ({"defaults": {"members": {"votess": 1}}}, "defaults/members/votess", "unknown_key", "'votes'"),
        ({"defaults": {"members": {"votes": -1}}}, "defaults/members/votes", "out_of_range", "at least 0"),
        (
            {"members": [{"id": "a", "resources": {"money": -1}}]},
            "members/a/resources/money",
            "out_of_range",
            "must be at least 0",
        ),
        (
            {"periods": ["p", "q", "r"], "members": [{"id": "a", "resources": {"money": "x"}}]},
            "members/a/resources/money",
            "wrong_form",
            "must be a number, a list of 3 numbers, or an object {period: number}",
        ),
        (
            {"periods": ["p", "q"], "members": [{"id": "a", "resources": {"money": [1, "x"]}}]},
            "members/a/resources/money/q",
            "not_a_number",
            "must be a number, at least 0",
        ),
        (
            {"members": [{"id": "a", "min_contribution": "x"}]},
            "members/a/min_contribution",
            "wrong_form",
            "must be a number, or an object {activity: number}",
        ),
        (
            {"theatres": [{"id": "iraq", "risk": {"violence": "x"}}]},
            "theatres/iraq/risk/violence",
            "wrong_form",
            "must be a number, a list of 1 number",
        ),
        ({"theatres": [{"id": "iraq", "consent": "yes"}]}, "theatres/iraq/consent", "wrong_form", "true, false"),
        (
            {"theatres": [{"id": "iraq", "consent": {"alliance": 1}}]},
            "theatres/iraq/consent/alliance",
            "wrong_type",
            "must be true or false",
        ),
        ({"activities": [{"id": "train", "needs": 3}]}, "activities/train/needs", "wrong_form", "{resource: amount}"),
        (
            {"activities": [{"id": "train", "needs": [{"from": {"money": 0}, "amount": 1}]}]},
            "activities/train/needs/money/from/money",
            "out_of_range",
            "must be more than 0",
        ),
        (
            {"activities": [{"id": "train", "effect": {"type": "liner"}}]},
            "activities/train/effect/type",
            "not_allowed",
            "did you mean 'linear'?",
        ),
        (
            {"activities": [{"id": "train", "effect": {}}]},
            "activities/train/effect/type",
            "missing",
            "type is required",
        ),
        (
            {"activities": [{"id": "train", "effect": {"type": "linear", "per_leve": 2}}]},
            "activities/train/effect/per_leve",
            "unknown_key",
            "did you mean 'per_level'?",
        ),
        (
            {"activities": [{"id": "train", "effect": {"type": "piecewise", "points": [[0, 0], [2, 3], [1, 4]]}}]},
            "activities/train/effect/points",
            "points",
            "rise strictly",
        ),
        (
            {"activities": [{"id": "train", "lag": 0.5}]},
            "activities/train/lag",
            "not_a_number",
            "must be a whole number",
        ),
        (
            {"positions": [{"member": "a", "activity": "train", "theatre": "iraq", "value": 1}]},
            "positions/a:train",
            "one_of",
            "activity or theatre",
        ),
        (
            {"positions": [{"member": "a", "activity": "train", "value": 5}]},
            "positions/a:train/value",
            "out_of_range",
            "must be at least -2 and at most 2",
        ),
        (
            {"members": [{"id": "a", "objects_below": 1, "contributes_from": 0}]},
            "members/a",
            "contradiction",
            "objects_below (1.0) is above",
        ),
        (
            {"policy": {"pillar_share": [{"pillar": "other", "min": 0.5, "max": 0.2}]}},
            "policy/pillar_share/other",
            "contradiction",
            "min (0.5) is above max (0.2)",
        ),
        ({"scenarios": [{"id": "s", "overrides": {"discount": date(2019, 1, 1)}}]}, "scenarios/s/overrides/discount",
         "invalid", "must be a JSON value"),
        ({"defaults": {"members": [[[[]]]]}}, "defaults/members", "wrong_type", "must be an object"),
    ],
)  # fmt: skip
def test_an_issue_has_address_code_and_message(fields: dict[str, Any], address: str, code: str, words: str) -> None:
    issues = issues_of(a_document(**fields))
    assert [(issue.address, issue.code) for issue in issues] == [(address, code)]
    assert words in issues[0].message


def test_an_empty_problem_has_an_issue_for_each_required_field() -> None:
    found = {issue.address: issue.code for issue in issues_of({})}
    assert found == dict.fromkeys(("schema", "members", "theatres", "activities"), "missing")


@pytest.mark.parametrize("document", [None, [], "x", 3])
def test_a_document_that_is_not_an_object_is_refused(document: object) -> None:
    assert [(issue.address, issue.pointer, issue.code) for issue in issues_of(document)] == [("", "", "wrong_type")]


def test_a_pointer_leads_to_the_value_in_the_sent_document() -> None:
    document = a_document(members=[{"id": "a"}, {"id": "b", "resources": {"money": "x", "a/b~c": 1}}])
    assert {issue.pointer for issue in issues_of(document)} == {
        "/members/1/resources/money",
        "/members/1/resources/a~1b~0c",
    }


def test_a_text_is_not_repeated_whole() -> None:
    (issue,) = issues_of(a_document(**{"k" * 1_000_000: "v" * 1_000_000}))
    assert len(issue.model_dump_json()) < 2_000


def test_ten_thousand_members_are_one_issue() -> None:
    found = faults(members=[{"id": f"m{number}", "x": 1} for number in range(10_000)])
    assert found == {"members": "too_many"}


def test_the_first_hundred_issues_are_listed_and_the_rest_counted() -> None:
    issues = issues_of(a_document(members=[{"id": f"m{number}", "x": 1} for number in range(150)]))
    assert len(issues) == 101
    assert (issues[-1].code, issues[-1].message) == (
        "more",
        "and at least 50 more issues: correct the listed ones first",
    )


def test_values_nested_too_deeply_are_one_issue() -> None:
    deep: list[Any] = []
    for _ in range(60):
        deep = [deep]
    assert faults(defaults={"members": deep}) == {"defaults": "too_deep"}


def test_a_document_with_millions_of_faults_is_refused_in_seconds() -> None:
    member = {f"k{number}": 0 for number in range(1_000)}
    began = time.monotonic()
    found = faults(members=[{"id": f"m{number}", **member} for number in range(1_000)])
    assert found == {"": "too_many"}
    assert time.monotonic() - began < 10


def test_an_invalid_default_is_one_issue() -> None:
    found = faults(defaults={"members": {"votes": "x"}}, members=[{"id": "a"}, {"id": "b"}])
    assert found == {"defaults/members/votes": "not_a_number"}


def test_a_config_fills_defaults_and_refuses_unknown_values() -> None:
    assert read_config({"solver": {"time_limit_s": 5}}).solver.mip_gap == 1e-4
    with pytest.raises(InvalidDocument) as refused:
        read_config({"relax": ["consnt"], "solver": {"threads": 0}, "gap": 1})
    assert {issue.address: (issue.code, issue.suggestion) for issue in refused.value.issues} == {
        "solver/threads": ("out_of_range", None),
        "relax/0": ("not_allowed", "consent"),
        "gap": ("unknown_key", None),
    }


def test_an_allocation_requires_an_amount() -> None:
    with pytest.raises(InvalidDocument) as refused:
        read_plan({"allocations": [{"contributor": "a"}]})
    assert "allocations/0/amount" in {issue.address for issue in refused.value.issues}


@pytest.mark.parametrize(
    "change, address, form",
    [
        ({"activities": [{"id": "train", "effect": 1.2}]}, "effect", {"type": "linear", "per_level": 1.2}),
        ({"activities": [{"id": "train", "effect": "threshold"}]}, "effect", None),
        ({"frameworks": [{"id": "f", "rule": "consensus"}]}, "rule", {"type": "consensus"}),
        ({"frameworks": [{"id": "f", "rule": "consensuss"}]}, "rule", {"type": "consensus"}),
        ({"burden_sharing": 0.1}, "burden_sharing", {"type": "proportional", "tolerance": 0.1}),
        ({"burden_sharing": "minimax"}, "burden_sharing", {"type": "minimax"}),
        ({"criterion": ["cvar"]}, "criterion", {"type": "expected"}),
    ],
)
def test_a_value_in_the_place_of_an_object_with_a_type_shows_the_right_form(
    change: dict[str, Any], address: str, form: dict[str, Any] | None
) -> None:
    (issue,) = issues_of(a_document(**change))
    assert issue.address.endswith(address)
    assert issue.code == "wrong_type"
    assert issue.suggestion is not None
    assert issue.suggestion in issue.message
    if form is None:
        assert issue.suggestion == '{"type": "threshold", "threshold": …, "per_level": …}'
    else:
        assert json.loads(issue.suggestion) == form
        assert not issues_of(_with_form(change, form))


def _with_form(change: dict[str, Any], form: dict[str, Any]) -> dict[str, Any]:
    """Return the document with the suggested object in the place of the refused value."""
    ((name, value),) = change.items()
    if name not in {"activities", "frameworks"}:
        return a_document(**{name: form})
    (record,) = value
    return a_document(**{name: [{key: entry if key == "id" else form for key, entry in record.items()}]})


@pytest.mark.parametrize(
    "share, suggestion", [(20, "0.2"), (1.5, "0.015"), (100, "1"), (101, None), (-1, None), (True, None)]
)
def test_a_percentage_in_the_place_of_a_share_is_written_as_a_share(share: float, suggestion: str | None) -> None:
    (issue,) = issues_of(a_document(policy={"min_pre_conflict_share": share}))
    assert issue.suggestion == suggestion
    assert (f"; write {suggestion} for {share:g} %" in issue.message) == (suggestion is not None)


def test_only_a_share_is_written_as_a_share() -> None:
    """A discount is above 0 and a position at most 1, but at least -1."""
    for change in ({"discount": 20}, {"default_position": 20}):
        (issue,) = issues_of(a_document(**change))
        assert "%" not in issue.message
