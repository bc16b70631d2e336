"""How a program is written down: as a Pyomo program, or at once as lists of numbers."""

from collections.abc import Iterator
from typing import Any, Protocol

import pyomo.environ as pyo

from optimizer.affine import Affine, Relation, column
from optimizer.decisions import Handle
from optimizer.expressions import Expression
from optimizer.family import Index, Own

DOMAINS = {"continuous": pyo.Reals, "binary": pyo.Binary, "integer": pyo.Integers}
INFINITY = float("inf")


class Writer(Protocol):
    """Whatever families can be written into."""

    def variables(self, own: Own) -> Handle:
        """Declare one family of variables; the handle maps each index to its variable."""

    def family(self, name: str) -> None:
        """Begin the rows of a family."""

    def row(self, index: Index, relation: Expression) -> None:
        """Add a row to the family begun last.

        A relation without variables is either always true (no row) or never (a row that cannot hold).
        """

    def objective(self, name: str, expression: Expression) -> None:
        """Add something to be minimised."""


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
        """One `Constraint`."""
        self._component = pyo.Constraint(pyo.Any)
        self.program.add_component(name, self._component)

    def row(self, index: Index, relation: Expression) -> None:
        """One row of it."""
        if index in self._component:
            raise ValueError(f"two rows of {self._component.local_name} are named {index}")
        if relation is not True:
            self._component[index] = self._impossible() if relation is False else relation

    def objective(self, name: str, expression: Expression) -> None:
        """One `Objective`."""
        self.program.add_component(name, pyo.Objective(expr=expression, sense=pyo.minimize))

    def _impossible(self) -> Any:  # noqa: ANN401
        if self.program.component("nothing") is None:
            self.program.nothing = pyo.Var(bounds=(0, 0))
        return self.program.nothing >= 1


class DirectWriter:
    """Writes lists: the names, bounds and kinds of columns, and for each row its name, its sides and its terms."""

    def __init__(self) -> None:
        """Begin an empty program."""
        self.columns: list[tuple[str, Index]] = []
        self.lower: list[float] = []
        self.upper: list[float] = []
        self.integer: list[bool] = []
        self.rows: list[tuple[str, Index]] = []
        self.relations: list[Relation] = []
        self.objectives: list[tuple[str, Affine]] = []
        self._family = ""
        self._seen: set[Index] = set()

    def variables(self, own: Own) -> Handle:
        """Columns, one after the other."""
        start = len(self.columns)
        self.columns.extend((own.name, key) for key in own.index)
        if own.kind == "binary":
            self.lower.extend([0.0] * len(own.index))
            self.upper.extend([1.0] * len(own.index))
        else:
            for _, low, high in _bounds(own):
                self.lower.append(low)
                self.upper.append(high)
        self.integer.extend([own.kind != "continuous"] * len(own.index))
        return {key: column(place) for place, key in enumerate(own.index, start=start)}

    def family(self, name: str) -> None:
        """Only its name is kept."""
        self._family = name
        self._seen = set()

    def row(self, index: Index, relation: Expression) -> None:
        """One row."""
        if index in self._seen:
            raise ValueError(f"two rows of {self._family} are named {index}")
        if relation is True:
            return
        self._seen.add(index)
        self.rows.append((self._family, index))
        self.relations.append(Relation(Affine((), ()), "at_least", 1.0) if relation is False else relation)

    def objective(self, name: str, expression: Expression) -> None:
        """One sum."""
        self.objectives.append((name, expression if isinstance(expression, Affine) else Affine((), (), expression)))


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
