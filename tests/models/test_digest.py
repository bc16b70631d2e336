from collections.abc import Iterator, Sequence
from contextlib import suppress
from hashlib import sha256
from typing import Any, Literal

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from models import digest
from models.address import apply_overrides, list_addresses, read
from models.digest import problem_digest
from models.errors import InvalidDocument, UnknownAddress
from models.problem.activity import Activity, PiecewiseEffect
from models.problem.field_shapes import Shape
from models.problem.incremental_read import reread
from models.problem.member import Caveat, Member
from models.problem.policy import Policy
from models.problem.problem import Problem
from models.problem.theatre import Theatre
from models.reading import read_problem
from tests.laws.problems import problems
from tests.support.documents import full
from tests.support.golden import cases
from tests.support.problems import a_document, a_problem


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


def with_all_defaults(problem: Problem) -> dict[str, Any]:
    """Return a document that writes out the value of every field."""
    return problem.model_dump(mode="json", by_alias=True, exclude={"defaults"})


@settings(deadline=None, max_examples=100)
@given(st.one_of(problems(further=5), st.just(read_problem(full()))))
def test_defaults_that_are_written_out_do_not_change_the_digest(problem: Problem) -> None:
    document = with_all_defaults(problem)
    assert len(document) == len(Problem.model_fields) - len({"defaults"})
    assert problem_digest(read_problem(document)) == problem_digest(problem)


@pytest.mark.parametrize("golden", cases(), ids=lambda golden: golden.name)
def test_defaults_of_a_golden_problem_that_are_written_out_do_not_change_its_digest(golden: Any) -> None:
    problem = read_problem(golden.problem)
    assert problem_digest(read_problem(with_all_defaults(problem))) == problem_digest(problem)


class Added(BaseModel):
    added: float | None = None
    added_list: tuple[str, ...] = ()


class NextCaveat(Added, Caveat):
    pass


class NextMember(Added, Member):
    caveats: tuple[NextCaveat, ...] = ()


class NextLinearEffect(Added):
    type: Literal["linear"]
    per_level: float | tuple[float, ...] | dict[str, float] = 1.0
    deviation: float | None = None


class NextActivity(Added, Activity):
    effect: NextLinearEffect | PiecewiseEffect = NextLinearEffect(type="linear")  # type: ignore[assignment]


class NextTheatre(Added, Theatre):
    pass


class NextPolicy(Added, Policy):
    pass


class NextProblem(Added, Problem):
    """The problem of a later release, in which every kind of part has more optional fields."""

    members: tuple[NextMember, ...]
    theatres: tuple[NextTheatre, ...]
    activities: tuple[NextActivity, ...]
    policy: NextPolicy = NextPolicy()


@pytest.mark.parametrize("document", [full(), a_document(), a_document(policy={"max_opposition": 1})])
def test_new_optional_fields_do_not_change_the_digest(document: dict[str, Any]) -> None:
    later = NextProblem.model_validate(document)
    assert problem_digest(later) == problem_digest(read_problem(document))
    assert problem_digest(later.model_copy(update={"added": None})) == problem_digest(later)


@pytest.mark.parametrize("path", ["", "members", "theatres", "activities", "policy"])
def test_a_new_optional_field_counts_once_it_is_used(path: str) -> None:
    document = full()
    part = document.get(path, document)
    (part[0] if isinstance(part, list) else part)["added"] = 1
    assert problem_digest(NextProblem.model_validate(document)) != problem_digest(read_problem(full()))


@pytest.mark.parametrize(
    "fields",
    [
        {"discount": 0.99},
        {"title": "another"},
        {"members": [{"id": "a", "resources": {"money": 10.000001}}]},
        {"members": [{"id": "a", "resources": {"money": 10}, "votes": 0}]},
        {"members": [{"id": "a", "resources": {"money": 10}, "threat": {}}]},
        {"theatres": [{"id": "iraq", "consent": False}]},
        {"theatres": [{"id": "iraq", "access": []}]},
        {"activities": [{"id": "train", "max_level": 0}]},
        {"activities": [{"id": "train", "effect": {"type": "linear", "per_level": 2}}]},
        {"activities": [{"id": "train", "effect": {"type": "piecewise", "points": [[0, 0], [1, 1]]}}]},
        {"frameworks": [{"id": "alliance", "rule": {"type": "none"}}]},
        {"policy": {"max_total_cost": 0}},
        {"concessions": {"budget": 0}},
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


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Yield every value of a document that is neither a list nor an object, and every empty one, with its path."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    if not steps or not value:
        yield path, value
    for step, child in steps:
        yield from leaves(child, (*path, step))


def meaning(problem: Problem) -> dict[tuple[str | int, ...], Any]:
    """Return every value of the problem by its path, with each number by period in one form."""
    periods = problem.periods

    def listed(value: Any) -> Any:
        if isinstance(value, dict):
            if value and set(value) == set(periods):
                return [listed(value[period]) for period in periods]
            return {key: listed(child) for key, child in value.items()}
        if isinstance(value, list):
            children = [listed(child) for child in value]
            is_constant = len(children) == len(periods) and all(child == children[0] for child in children)
            return children[0] if is_constant and isinstance(children[0], float) else children
        return value

    return dict(leaves(listed(with_all_defaults(problem))))


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_problems_that_differ_have_different_digests(data: st.DataObject) -> None:
    problem = data.draw(st.one_of(problems(further=5), st.just(read_problem(full()))))
    known = list_addresses(problem)
    address, other = data.draw(st.sampled_from(known)), data.draw(st.sampled_from(known))
    value = data.draw(st.sampled_from([0, 0.5, 1, 2, None, True, False, {}, [], read(problem, other)]))
    with suppress(InvalidDocument, UnknownAddress):
        changed = apply_overrides(problem, {address: value})
        if meaning(changed) != meaning(problem):
            assert problem_digest(changed) != problem_digest(problem)


def test_the_digest_of_a_problem_stays() -> None:
    """The digest is recorded, because outcomes are stored under it."""
    assert problem_digest(a_problem()) == RECORDED


RECORDED = "sha256:abf972b493dc02b44835830bf47ade957c5aa66b19903990e2d43983f5ec8286"


def digest_of_whole_document(problem: Problem) -> str:
    """Return the digest by its definition: of the whole document at once."""
    document = problem.model_dump(mode="json", by_alias=True, exclude={"defaults"})
    normal = digest._normal(document, Shape(fields=Problem), problem.periods)
    return f"sha256:{sha256(rfc8785.dumps(normal)).hexdigest()}"


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_the_digest_of_a_changed_problem_is_that_of_its_whole_document(data: st.DataObject) -> None:
    problem = data.draw(st.one_of(problems(further=5), st.just(read_problem(full()))))
    for _ in range(3):
        if data.draw(st.booleans()):
            assert problem_digest(problem) == digest_of_whole_document(problem)
        known = list_addresses(problem)
        address, other = data.draw(st.sampled_from(known)), data.draw(st.sampled_from(known))
        with suppress(InvalidDocument, UnknownAddress):
            problem = apply_overrides(problem, {address: read(problem, other)})
    assert problem_digest(problem) == digest_of_whole_document(problem)


@pytest.mark.parametrize(
    "overrides",
    [
        {"members/us/resources/money": [2, 2]},
        {"members/de": {}},
        {"withdrawn/fr": None},
        {"activities/train/effect/per_level": {"y1": 3, "y2": 3}},
        {"positions/fr:train": 1},
        {"policy/min_spend/libya": 2},
        {"defaults/members/votes": 3},
        {"notes": "\u20ac \U0001f600 \x07"},
    ],
)
def test_the_digest_after_a_change_of_each_kind_is_that_of_the_whole(overrides: dict[str, Any]) -> None:
    problem = read_problem(full())
    problem_digest(problem)
    changed = apply_overrides(problem, overrides)
    assert problem_digest(changed) == digest_of_whole_document(changed) != problem_digest(problem)


def test_only_changed_records_are_serialized(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = read_problem(full())
    problem_digest(problem)
    changed = apply_overrides(problem, {"members/us/votes": 3})
    serialized: list[BaseModel] = []
    serialize = digest._record

    def recorded(record: BaseModel, periods: Sequence[str]) -> bytes:
        serialized.append(record)
        return serialize(record, periods)

    monkeypatch.setattr(digest, "_record", recorded)
    monkeypatch.setattr(digest, "_field", None)
    problem_digest(changed)
    assert serialized == [changed.members[0]]


def test_numbers_by_period_are_serialized_again_if_the_periods_change() -> None:
    problem = read_problem(a_document(periods=["p1", "p2"], theatres=[{"id": "iraq", "risk": {"p1": 1, "p2": 1}}]))
    problem_digest(problem)
    turned = reread({**problem.document, "periods": ["p2", "p1"]}, problem)
    assert turned.theatres is problem.theatres
    assert problem_digest(turned) == digest_of_whole_document(turned)
