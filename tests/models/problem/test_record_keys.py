from typing import Any

import pytest
from pydantic import BaseModel

from models.base import Entry
from models.problem.field_shapes import slots
from models.problem.problem import Problem
from models.problem.record_keys import KEYS, key_of, name_in


def record_models(model: type[BaseModel]) -> set[type[BaseModel]]:
    found: set[type[BaseModel]] = set()
    for slot in slots(model).values():
        inner = [slot.shape.records, slot.shape.fields, *slot.shape.variants.values()]
        if slot.shape.records is not None and slot.name != "plan":
            found.add(slot.shape.records)
        for one in inner:
            if one is not None and slot.name != "plan":
                found |= record_models(one)
    return found


def test_every_kind_of_record_has_an_id_or_a_natural_key() -> None:
    unnamed = {model.__name__ for model in record_models(Problem) if key_of(model) is None}
    assert unnamed == set()


def test_no_kind_of_record_has_both_an_id_and_a_natural_key() -> None:
    assert not [model for model in KEYS if issubclass(model, Entry) and "id" in model.model_fields]


def by_name(name: str) -> Any:
    return next(key for model, key in KEYS.items() if model.__name__ == name)


@pytest.mark.parametrize(
    "kind, name, fields",
    [
        ("Position", "tr:ssr", {"member": "tr", "activity": "ssr"}),
        ("Position", "tr:iraq:coalition", {"member": "tr", "theatre": "iraq", "framework": "coalition"}),
        ("Withdrawal", "us", {"member": "us"}),
        ("Withdrawal", "us:iraq", {"member": "us", "theatre": "iraq"}),
        ("Rivalry", "a:b", {"between": ["a", "b"]}),
        ("Synergy", "x:y:violence", {"activities": ["x", "y"], "driver": "violence"}),
        ("Alternatives", "x:y:z", {"activities": ["x", "y", "z"]}),
        ("Lock", "train:-:p2", {"activity": "train", "period": "p2"}),
        ("ContributorShare", "-", {}),
        ("ContributorShare", "-:iraq", {"theatre": "iraq"}),
        ("Caveat", "iraq:-:a+b", {"theatre": "iraq", "frameworks": ["a", "b"]}),
        ("Caveat", "train:activity", {"activity": "train", "scope": "activity"}),
        ("NeedLine", "money", {"from": "money"}),
        ("Uncertainty", "positions/a:b/value", {"address": "positions/a:b/value"}),
    ],
)
def test_a_key_converts_to_fields_and_back(kind: str, name: str, fields: dict[str, Any]) -> None:
    key = by_name(kind)
    assert name_in(fields, key) == name
    if kind != "NeedLine":
        assert key.fields_of(name, {"iraq"}) == fields


@pytest.mark.parametrize(
    "kind, one, other",
    [("Rivalry", "a:b", "b:a"), ("Alternatives", "x:y:z", "z:x:y"), ("NeedLine", "a+b", "b+a"), ("Lock", "a:-", "a")],
)
def test_unordered_keys_have_one_normal_form(kind: str, one: str, other: str) -> None:
    assert by_name(kind).normal(one) == by_name(kind).normal(other)


def test_ordered_keys_have_different_normal_forms() -> None:
    assert by_name("Position").normal("a:b") != by_name("Position").normal("b:a")


def test_a_key_with_too_many_or_too_few_parts_has_no_fields() -> None:
    assert by_name("Position").fields_of("a:b:c:d", set()) is None
    assert by_name("Rivalry").fields_of("a", set()) is None


def test_a_value_that_is_not_a_record_has_no_key() -> None:
    assert name_in(3, by_name("Position")) is None
    assert name_in({"member": 3}, by_name("Position")) is None
    assert name_in({"between": []}, by_name("Rivalry")) is None
