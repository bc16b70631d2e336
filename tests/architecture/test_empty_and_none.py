"""Where a field may be None or an empty list, None means all and empty means none: no truth test may mix them up."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import pytest

import models
from models.base import Part

ROOT = Path(__file__).parents[2]
ROOMS = ("models", "optimizer", "service")
COLLECTIONS = (Mapping, Sequence, AbstractSet)


def parts() -> list[type[Part]]:
    for module in pkgutil.walk_packages(models.__path__, "models."):
        importlib.import_module(module.name)
    found, waiting = list[type[Part]](), [Part]
    while waiting:
        kind = waiting.pop()
        found.append(kind)
        waiting.extend(kind.__subclasses__())
    return found


def choices(annotation: Any) -> Iterator[Any]:
    """Yield the alternatives of a type, without `Annotated`."""
    origin = get_origin(annotation)
    if origin in {Union, UnionType}:
        for choice in get_args(annotation):
            yield from choices(choice)
    elif origin is Annotated:
        yield from choices(get_args(annotation)[0])
    else:
        yield annotation


def is_none_or_collection(annotation: Any) -> bool:
    found = tuple(choices(annotation))
    kinds = [get_origin(choice) or choice for choice in found]
    collections = [
        kind for kind in kinds if isinstance(kind, type) and issubclass(kind, COLLECTIONS) and kind is not str
    ]
    return NoneType in kinds and bool(collections)


def names() -> frozenset[str]:
    """Return the fields of documents that may be None and may be empty."""
    return frozenset(
        name
        for part in parts()
        for name, field in part.model_fields.items()
        if is_none_or_collection(field.annotation) and "min_length=1)" not in str(field.annotation)
    )


def truth_tests(tree: ast.AST) -> Iterator[ast.expr]:
    """Yield every expression whose truth decides something."""
    for node in ast.walk(tree):
        match node:
            case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test) | ast.Assert(test=test):
                yield test
            case ast.BoolOp(values=[*tests, last]):
                # `field or ()` gives something empty in both cases.
                yield from tests[:-1] if is_empty(last) else (*tests, last)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                yield operand
            case ast.comprehension(ifs=conditions):
                yield from conditions
            case ast.Call(func=ast.Name(id="bool"), args=[argument]):
                yield argument
            case _:
                pass


def is_empty(node: ast.expr) -> bool:
    return isinstance(node, ast.Tuple | ast.List | ast.Dict) and not ast.unparse(node)[1:-1]


def mixed_up(source: str, fields: frozenset[str]) -> list[str]:
    """Return `line: field` of every truth test of a field that may be None or empty."""
    return [
        f"{test.lineno}: {test.attr}"
        for test in truth_tests(ast.parse(source))
        if isinstance(test, ast.Attribute) and test.attr in fields
    ]


def test_the_fields_are_found() -> None:
    assert {"theatres", "access"} <= names()


@pytest.mark.parametrize(
    "source",
    ["c.theatres or ()", "x = all if c.theatres is None else c.theatres", "len(c.theatres)", "if c.title: pass"],
)
def test_an_unambiguous_expression_is_allowed(source: str) -> None:
    assert mixed_up(source, frozenset({"theatres"})) == []


@pytest.mark.parametrize(
    "source",
    [
        "for h in cascade.theatres or all: pass",
        "if not cascade.theatres: pass",
        "x = [c for c in all if c.theatres]",
        "x = 1 if c.theatres else 2",
        "bool(c.theatres)",
    ],
)
def test_a_truth_test_is_found(source: str) -> None:
    assert mixed_up(source, frozenset({"theatres"})) == ["1: theatres"]


def test_no_truth_test_mixes_up_none_and_empty() -> None:
    fields = names()
    found = [
        f"{file.relative_to(ROOT)}:{place}"
        for room in ROOMS
        for file in sorted((ROOT / room).rglob("*.py"))
        for place in mixed_up(file.read_text(encoding="utf-8"), fields)
    ]
    assert found == []
