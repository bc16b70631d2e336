from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from typing import Any

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from models import digest
from models.address import apply_overrides, list_addresses, read
from models.digest import problem_digest
from models.errors import InvalidDocument, UnknownAddress
from models.problem.field_shapes import Shape
from models.problem.incremental_read import reread
from models.problem.problem import Problem
from models.reading import read_problem
from tests.laws.problems import problems
from tests.support.documents import full
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


def whole(problem: Problem) -> str:
    """The digest as it is defined: of the whole document at once."""
    document = problem.model_dump(mode="json", by_alias=True, exclude={"defaults"})
    normal = digest._normal(document, Shape(fields=Problem), problem.periods)
    return f"sha256:{sha256(rfc8785.dumps(normal)).hexdigest()}"


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_the_digest_of_a_changed_problem_is_that_of_its_whole_document(data: st.DataObject) -> None:
    problem = data.draw(st.one_of(problems(further=5), st.just(read_problem(full()))))
    for _ in range(3):
        if data.draw(st.booleans()):
            assert problem_digest(problem) == whole(problem)
        known = list_addresses(problem)
        address, other = data.draw(st.sampled_from(known)), data.draw(st.sampled_from(known))
        with suppress(InvalidDocument, UnknownAddress):
            problem = apply_overrides(problem, {address: read(problem, other)})
    assert problem_digest(problem) == whole(problem)


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
    assert problem_digest(changed) == whole(changed) != problem_digest(problem)


def test_only_what_changed_is_written_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = read_problem(full())
    problem_digest(problem)
    changed = apply_overrides(problem, {"members/us/votes": 3})
    written: list[BaseModel] = []
    record = digest._record

    def noted(one: BaseModel, periods: Sequence[str]) -> bytes:
        written.append(one)
        return record(one, periods)

    monkeypatch.setattr(digest, "_record", noted)
    monkeypatch.setattr(digest, "_field", None)
    problem_digest(changed)
    assert written == [changed.members[0]]


def test_numbers_by_period_are_written_anew_where_the_periods_are_others() -> None:
    problem = read_problem(a_document(periods=["p1", "p2"], theatres=[{"id": "iraq", "risk": {"p1": 1, "p2": 1}}]))
    problem_digest(problem)
    turned = reread({**problem.document, "periods": ["p2", "p1"]}, problem)
    assert turned.theatres is problem.theatres
    assert problem_digest(turned) == whole(turned)
