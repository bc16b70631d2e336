"""Descriptions of fields: the string below a field. They are read when a schema is written, not at every start."""

import ast
from collections.abc import Iterator, Sequence
from functools import cache
from inspect import cleandoc, get_annotations, getsource
from itertools import pairwise
from sys import modules


def field_description(model: type, field: str) -> str | None:
    """Return the string below a field in the class that declares the field last; None if there is no string."""
    declaring = next((base for base in model.__mro__ if field in get_annotations(base)), None)
    return None if declaring is None else _of_module(declaring.__module__).get((declaring.__qualname__, field))


@cache
def _of_module(module: str) -> dict[tuple[str, str], str]:
    """Return {(class, field): description} of a module; classes inside functions are left out."""
    return dict(_in_classes(ast.parse(getsource(modules[module])).body, ""))


def _in_classes(statements: Sequence[ast.stmt], prefix: str) -> Iterator[tuple[tuple[str, str], str]]:
    for statement in statements:
        if isinstance(statement, ast.ClassDef):
            name = f"{prefix}{statement.name}"
            yield from (((name, field), text) for field, text in _below_fields(statement.body))
            yield from _in_classes(statement.body, f"{name}.")


def _below_fields(body: Sequence[ast.stmt]) -> Iterator[tuple[str, str]]:
    for field, below in pairwise(body):
        match field, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                yield name, cleandoc(text)
            case _:
                pass
