"""How a program is written down: as a Pyomo program (`direct` writes one at once as numbers)."""

from collections.abc import Iterator
from typing import Any, Protocol

import pyomo.environ as pyo

from optimizer.formulation.family import Index, Own
from optimizer.formulation.linear_expression import Expression
from optimizer.formulation.variables import Handle

DOMAINS = {"continuous": pyo.Reals, "binary": pyo.Binary, "integer": pyo.Integers}
INFINITY = float("inf")


class Declares(Protocol):
    """Whatever variables can be declared in."""

    def variables(self, own: Own) -> Handle:
        """Declare one family of variables; the handle maps each index to its variable."""


class PyomoWriter:
    """Writes a `ConcreteModel`: one component a family of rows or variables."""

    def __init__(self) -> None:
        """Begin an empty program."""
        self.program: Any = pyo.ConcreteModel()
        self._component: Any = None

    def variables(self, own: Own) -> Handle:
        """One `Var`."""
        bounds = {key: (_or_none(low), _or_none(high)) for key, low, high in _bounds(own)}
        keys = list(own.index)
        component = pyo.Var(
            keys, domain=DOMAINS[own.kind], bounds=None if own.kind == "binary" else lambda _, *index: bounds[index]
        )
        self.program.add_component(own.name, component)
        return {key: component[key] for key in keys}

    def family(self, name: str) -> None:
        """One `Constraint`: the rows of a family begin."""
        self._component = pyo.Constraint(pyo.Any)
        self.program.add_component(name, self._component)

    def row(self, index: Index, relation: Expression) -> None:
        """One row of it.

        A relation without variables is either always true (no row) or never (a row that cannot hold).
        """
        if index in self._component:
            raise ValueError(f"two rows of {self._component.local_name} are named {index}")
        if relation is not True:
            self._component[index] = self._impossible() if relation is False else relation

    def objective(self, name: str, expression: Expression) -> None:
        """One `Objective`, to be minimised."""
        self.program.add_component(name, pyo.Objective(expr=expression, sense=pyo.minimize))

    def _impossible(self) -> Any:  # noqa: ANN401
        if self.program.component("nothing") is None:
            self.program.nothing = pyo.Var(bounds=(0, 0))
        return self.program.nothing >= 1


def _bounds(own: Own) -> Iterator[tuple[Index, float, float]]:
    lower, upper = own.lower, INFINITY if own.upper is None else own.upper
    for key in own.index:
        yield (
            key,
            lower[key] if isinstance(lower, dict) else lower,
            upper[key] if isinstance(upper, dict) else upper,
        )


def _or_none(bound: float) -> float | None:
    return None if bound in (INFINITY, -INFINITY) else bound
