from typing import Any

import pytest

from tests.support.faults import faults, issues_of
from tests.support.problems import a_document


@pytest.mark.parametrize(
    "fields, address",
    [
        ({"members": [{"id": "a"}, {"id": "a"}]}, "members/1/id"),
        ({"partners": [{"id": "a"}]}, "partners/a/id"),
        ({"activities": [{"id": "iraq"}]}, "activities/iraq/id"),
        ({"theatres": [{"id": "iraq"}, {"id": "iraq"}]}, "theatres/1/id"),
        ({"resources": [{"id": "money"}, {"id": "money"}]}, "resources/1/id"),
        ({"frameworks": [{"id": "alliance"}, {"id": "alliance"}]}, "frameworks/1/id"),
        ({"scenarios": [{"id": "s"}, {"id": "s"}]}, "scenarios/1/id"),
        ({"spoilers": [{"id": "s"}, {"id": "s"}]}, "spoilers/1/id"),
        ({"periods": ["p1", "p1"]}, "periods/1"),
    ],
)
def test_a_repeated_id_is_refused(fields: dict[str, Any], address: str) -> None:
    assert faults(**fields) == {address: "duplicate_id"}


def test_a_second_position_with_the_same_key_is_refused() -> None:
    one = {"member": "a", "activity": "train", "value": 1}
    assert faults(positions=[one, {**one, "value": 2}]) == {"positions/1": "duplicate_position"}
    others = [{**one, "framework": "alliance"}, {"member": "a", "theatre": "iraq", "value": 1}]
    assert faults(positions=[one, *others]) == {}


TWO = {"members": [{"id": "a"}, {"id": "b"}], "activities": [{"id": "train"}, {"id": "watch"}]}


@pytest.mark.parametrize(
    "fields, address",
    [
        ({"cascades": [{"pivot": "a", "followers": [{"member": "b"}]}] * 2}, "cascades/1"),
        ({"cascades": [{"pivot": "a", "followers": [{"member": "b"}] * 2}]}, "cascades/a/followers/1"),
        ({"rivalries": [{"between": ["a", "b"]}, {"between": ["b", "a"]}]}, "rivalries/1"),
        ({"withdrawn": [{"member": "a"}] * 2}, "withdrawn/1"),
        (
            {
                "synergies": [
                    {"activities": ["train", "watch"], "effect": 1},
                    {"activities": ["watch", "train"], "effect": 2},
                ]
            },
            "synergies/1",
        ),
        ({"alternatives": [{"activities": ["train", "watch"]}] * 2}, "alternatives/1"),
        ({"policy": {"min_spend": [{"theatre": "iraq", "amount": 1}] * 2}}, "policy/min_spend/1"),
        ({"policy": {"max_contributor_share": [{"share": 0.5}, {"share": 0.6}]}}, "policy/max_contributor_share/1"),
        ({"policy": {"run": [{"activity": "train"}] * 2}}, "policy/run/1"),
        ({"objectives": [{"metric": "cost"}, {"metric": "cost", "sense": "maximize"}]}, "objectives/1"),
        ({"uncertainty": [{"address": "discount", "low": 0.1, "high": 1}] * 2}, "uncertainty/1"),
        (
            {
                "members": [
                    {"id": "a", "caveats": [{"theatre": "iraq", "max_level": level} for level in (1, 2)]},
                    {"id": "b"},
                ]
            },
            "members/a/caveats/1",
        ),
    ],
)
def test_a_second_record_with_the_same_key_is_refused(fields: dict[str, Any], address: str) -> None:
    assert faults(**{**TWO, **fields}) == {address: "duplicate_record"}


def test_records_that_differ_in_a_part_of_their_key_are_accepted() -> None:
    caveats = [
        {"theatre": "iraq", "max_level": 1},
        {"theatre": "iraq", "max_level": 1, "scope": "activity"},
        {"theatre": "iraq", "max_level": 1, "frameworks": ["alliance"]},
    ]
    assert faults(members=[{"id": "a", "caveats": caveats}], withdrawn=[{"member": "a"}]) == {}


def test_a_duplicate_names_the_earlier_record() -> None:
    (issue,) = issues_of(a_document(withdrawn=[{"member": "a"}, {"member": "a", "theatre": "iraq"}, {"member": "a"}]))
    assert issue.message == "has the same key as record number 1 of this list: a"
