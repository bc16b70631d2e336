"""Many small linear programs as blocks of a single program, which CBC solves through PuLP.

Each block has a factor `open` between 0 and 1 with a larger objective coefficient than anything in the block. It is 1
if the block is feasible and 0 if it is infeasible, so an infeasible block does not affect the others.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Self

import pulp

Relation = Literal["<=", "=="]
OPEN_IS_WORTH = 1e5
"""Greater than the optimal value of any tiny problem."""
HALF_OPEN = 1e-4
"""A value of `open` between this and its complement to 1 indicates an error in this module."""
TIE = 1e-6
"""Tolerance for equal values when a later objective is optimised, relative to 1 plus the value."""


@dataclass(frozen=True)
class Sum:
    """A linear expression: a constant and a coefficient per variable name."""

    terms: Mapping[str, float] = field(default_factory=dict)
    constant: float = 0.0

    def __add__(self, other: "Sum | float") -> "Sum":
        more = other if isinstance(other, Sum) else Sum({}, other)
        names = dict.fromkeys([*self.terms, *more.terms])
        together = {name: self.terms.get(name, 0.0) + more.terms.get(name, 0.0) for name in names}
        return Sum(together, self.constant + more.constant)

    __radd__ = __add__

    def __mul__(self, factor: float) -> "Sum":
        return Sum({name: factor * value for name, value in self.terms.items()}, factor * self.constant)

    __rmul__ = __mul__

    def __neg__(self) -> "Sum":
        return -1 * self

    def __sub__(self, other: "Sum | float") -> "Sum":
        return self + (-1 * other)

    def __rsub__(self, other: float) -> "Sum":
        return other + (-1 * self)


def total(sums: Iterable[Sum]) -> Sum:
    """Return the sum of linear expressions."""
    terms: dict[str, float] = {}
    constant = 0.0
    for one in sums:
        constant += one.constant
        for name, value in one.terms.items():
            terms[name] = terms.get(name, 0.0) + value
    return Sum(terms, constant)


@dataclass
class Block:
    """A linear program: rows, objectives to maximise in order, and variables that are at least 0 unless free."""

    free: set[str] = field(default_factory=set)
    rows: list[tuple[Sum, Relation]] = field(default_factory=list)
    goals: list[Sum] = field(default_factory=list)

    def variable(self, *name: object, free: bool = False) -> Sum:
        """Return a variable by its name, and mark it as free if requested."""
        text = "_".join(str(part) for part in name)
        if free:
            self.free.add(text)
        return Sum({text: 1.0})

    def at_most(self, left: Sum | float, right: Sum | float) -> Self:
        """Add the row left <= right."""
        self.rows.append((Sum() + left - right, "<="))
        return self

    def equal(self, left: Sum | float, right: Sum | float) -> Self:
        """Add the row left == right."""
        self.rows.append((Sum() + left - right, "=="))
        return self


def best(blocks: Sequence[Block]) -> list[float] | None:
    """Return the lexicographic maximum of the objectives over all blocks, or None if every block is infeasible."""
    left, values = list(blocks), list[float]()
    goals = len(blocks[0].goals) if blocks else 0
    for place in range(goals):
        reached = _maxima(left, place)
        if not reached:
            return None
        most = max(reached.values())
        values.append(most)
        kept = [left[number] for number, value in reached.items() if value >= most - TIE * (1 + abs(most))]
        left = [Block(one.free, [*one.rows, _not_below(one.goals[place], most)], one.goals) for one in kept]
    return values


def _not_below(goal: Sum, value: float) -> tuple[Sum, Relation]:
    return Sum({}, value - TIE * (1 + abs(value))) - goal, "<="


def _maxima(blocks: Sequence[Block], place: int) -> dict[int, float]:
    """Return the maximum of an objective in each feasible block, by number of the block."""
    program = pulp.LpProblem("blocks", pulp.LpMaximize)
    opens, goals = [], []
    for number, block in enumerate(blocks):
        is_open = program.add_variable(f"open{number}", 0, 1)
        made = _variables(program, number, block)
        opens.append(is_open)
        goals.append(_expression(block.goals[place], made, is_open))
        for row, relation in block.rows:
            side = _expression(row, made, is_open)
            program += side == 0 if relation == "==" else side <= 0
    program.setObjective(pulp.lpSum(goals) + OPEN_IS_WORTH * pulp.lpSum(opens))
    program.solve(pulp.COIN_CMD(path=pulp.PULP_CBC_CMD.pulp_cbc_path, msg=False))
    assert pulp.LpStatus[program.status] == "Optimal", pulp.LpStatus[program.status]
    return {number: goals[number].value() or 0.0 for number, one in enumerate(opens) if _is_open(one.value() or 0.0)}


def _is_open(value: float) -> bool:
    assert value < HALF_OPEN or value > 1 - HALF_OPEN, f"a block is open by {value}"
    return value > HALF_OPEN


def _variables(program: pulp.LpProblem, number: int, block: Block) -> dict[str, pulp.LpVariable]:
    names = dict.fromkeys(name for one in (*block.goals, *(row for row, _ in block.rows)) for name in one.terms)
    return {
        name: program.add_variable(f"v{number}_{place}", None if name in block.free else 0)
        for place, name in enumerate(names)
    }


def _expression(one: Sum, made: Mapping[str, pulp.LpVariable], is_open: pulp.LpVariable) -> pulp.LpAffineExpression:
    terms = [(made[name], value) for name, value in one.terms.items() if value != 0]
    return pulp.LpAffineExpression([*terms, (is_open, one.constant)])
