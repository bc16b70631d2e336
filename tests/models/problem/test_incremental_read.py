"""Incremental reading of a changed document gives the same result as reading the whole document."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from models import address as addresses
from models.address import apply_changes, apply_overrides, list_addresses, read
from models.change import Change
from models.errors import InvalidDocument, Issue, UnknownAddress
from models.problem.incremental_read import DERIVED, reread
from models.problem.problem import Problem
from models.reading import read_problem
from tests.laws.problems import problems
from tests.support.documents import full
from tests.support.problems import a_document, a_problem, members

FULL = read_problem(full())
MORE_CHANGES = {
    "members/*/votes": 3,
    "members/de": {"resources": {"staff": 4}},
    "positions/fr:libya": -1,
    "positions/us:train": None,
    "withdrawn/us:libya": {},
    "policy/min_spend/libya": 2,
    "policy/min_spend/iraq": None,
    "policy/forbid/watch::y1": None,
    "policy/run/train": {},
    "theatres/iraq/consent/alliance": False,
    "defaults/members/votes": 3,
    "divergence": {"max": 1},
    "concessions/budget": 2,
    "title": "another",
    "scenarios": [],
    "criterion": {"type": "regret"},
    "frameworks/ad_hoc": {"rule": {"type": "none"}},
    "members/us": None,
    "activities/train/tags": ["other"],
    "periods": ["y1"],
    "unheard_of": 1,
}
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from([0, 0.5, 1, 2, -1, 3, 40]),
    st.sampled_from(["iraq", "m0", "h1", "us", "money"]),
    st.just({}),
    st.just([]),
)


@st.composite
def changes(draw: Any, problem: Problem) -> list[Change]:
    """Draw changes at addresses of the problem, or above them: values from other addresses, or arbitrary ones."""
    known = list_addresses(problem)
    made = []
    for _ in range(draw(st.integers(1, 3))):
        segments = draw(st.sampled_from(known)).split("/")
        at = "/".join(segments[: draw(st.integers(1, len(segments)))])
        value = draw(st.one_of(VALUES, st.sampled_from(known).map(lambda other: read(problem, other))))
        made.append(Change(address=at, value=value))
    return [*made, *draw(st.lists(st.sampled_from(MORE), max_size=1))]


MORE = [Change(address=at, value=value) for at, value in MORE_CHANGES.items()]


def in_full(problem: Problem, changed: list[Change]) -> Problem | tuple[Issue, ...] | str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(addresses, "reread", lambda document, _: Problem.model_validate(document))
        return incrementally(problem, changed)


def incrementally(problem: Problem, changed: list[Change]) -> Problem | tuple[Issue, ...] | str:
    try:
        return apply_changes(problem, changed)
    except InvalidDocument as error:
        return error.issues
    except UnknownAddress as error:
        return str(error)


def assert_the_same(one: Any, other: Any) -> None:
    """Compare two results in every respect, the set of given fields included."""
    assert type(one) is type(other)
    assert one == other
    for mine, theirs in zip(parts(one), parts(other), strict=True):
        assert type(mine) is type(theirs)
        assert mine.model_fields_set == theirs.model_fields_set
        assert list(mine.__dict__)[: len(type(mine).model_fields)] == list(type(mine).model_fields)
    if isinstance(one, Problem):
        assert one.document == other.document
        assert one.model_dump_json() == other.model_dump_json()
        for name in DERIVED:
            assert getattr(one, name) == getattr(other, name)


def parts(value: Any) -> Iterator[BaseModel]:
    if isinstance(value, BaseModel):
        yield value
        value = [getattr(value, name) for name in type(value).model_fields]
    for child in value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ():
        yield from parts(child)


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_incremental_reading_of_random_changes_equals_full_reading(data: st.DataObject) -> None:
    problem = data.draw(st.one_of(problems(further=5), st.just(read_problem(full()))))
    for _ in range(data.draw(st.integers(1, 3))):
        for name in data.draw(st.lists(st.sampled_from(sorted(DERIVED)))):
            getattr(problem, name)
        changed = data.draw(changes(problem))
        full_result, result = in_full(problem, changed), incrementally(problem, changed)
        assert_the_same(result, full_result)
        if isinstance(result, Problem):
            problem = result


@pytest.mark.parametrize("address", MORE_CHANGES)
def test_incremental_reading_of_each_kind_of_change_equals_full_reading(address: str) -> None:
    change = [Change(address=address, value=MORE_CHANGES[address])]
    assert_the_same(incrementally(FULL, change), in_full(FULL, change))


def test_unchanged_parts_are_the_same_object() -> None:
    changed = apply_overrides(FULL, {"members/us/resources/money": 5, "policy/min_spend/libya": 2, "withdrawn/us": {}})
    assert changed.members[1] is FULL.members[1]
    assert changed.members[0] is not FULL.members[0]
    assert changed.members[0].caveats is FULL.members[0].caveats
    assert changed.policy.min_spend[0] is FULL.policy.min_spend[0]
    assert changed.policy.reserve is FULL.policy.reserve
    assert changed.withdrawn[0] is FULL.withdrawn[0]
    others = set(Problem.model_fields) - {"members", "policy", "withdrawn"}
    assert all(getattr(changed, name) is getattr(FULL, name) for name in others)


def test_cached_properties_are_reused_if_their_fields_are_unchanged() -> None:
    problem = read_problem(full())
    risk, contributors = problem.risk, problem.contributor
    changed = apply_overrides(problem, {"members/us/votes": 3})
    assert changed.risk is risk
    assert changed.contributor is not contributors
    assert list(changed.contributor.values()) == [*changed.members, *changed.partners]


def test_derived_lists_every_cached_property() -> None:
    assert set(DERIVED) == {name for name, value in vars(Problem).items() if isinstance(value, cached_property)}


@pytest.mark.parametrize(
    "fields, code",
    [
        ({"members": members("a", "a")}, "duplicate_id"),
        ({"members": members("a", "iraq"), "partners": members("iraq")}, "duplicate_id"),
        ({"positions": [{"member": "b", "activity": "train", "value": 1}]}, "unknown_reference"),
        ({"policy": {"run": [{"activity": "train"}, {"activity": "train"}]}}, "duplicate_record"),
        ({"policy": {"no_lead_role": ["train", "train"]}}, "repeated_reference"),
        ({"activities": [{"id": "train", "lag": 1}]}, "lag_beyond_horizon"),
        ({"members": [{"id": "a", "resources": {"money": [1, 2]}}]}, "period_mismatch"),
        ({"theatres": [{"id": "iraq", "risk": {"x": 1, "y": 2}}]}, "reduces_required"),
        ({"spoilers": [{"id": "s", "consent": {"nobody": True}}]}, "unknown_reference"),
    ],
)
def test_a_contradiction_with_an_unchanged_part_is_found(fields: dict[str, Any], code: str) -> None:
    sound = a_problem()
    with pytest.raises(ValidationError) as error:
        reread({**sound.document, **a_document(**fields)}, sound)
    assert {one.code for one in error.value.errors()[0]["ctx"]["findings"]} == {code}


def test_many_new_records_are_checked_for_duplicates() -> None:
    many = [f"m{number}" for number in range(30)]
    sound = a_problem(members=members("a"))
    grown = reread({**sound.document, "members": [*sound.document["members"], *members(*many)]}, sound)
    assert grown.members[0] is sound.members[0]
    with pytest.raises(ValidationError):
        reread({**sound.document, "members": [*sound.document["members"], *members(*many, "a")]}, sound)


def test_the_same_object_twice_in_a_list_is_a_duplicate() -> None:
    sound = a_problem(members=members("a", "b"))
    one, other = sound.document["members"]
    with pytest.raises(ValidationError):
        reread({**sound.document, "members": [one, other, one]}, sound)


def test_a_change_does_not_validate_the_whole_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Problem, "model_validate", None)
    assert apply_overrides(FULL, {"members/us/votes": 3}).members[0].votes == 3
