"""Badly coupled programs: a binary and a column meet in a coefficient of 1e-5 to 1e-9, and the optimum is known.

A solver accepts a binary of 1e-7 as 0, a reduced cost of 1e-8 as 0 and drops coefficients of 1e-9. Each kind of program
turns one of these into a wrong value. Each consists of pairs of a binary b and a column x that meet in one row only,
so the optimum follows pair by pair, in exact arithmetic.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from random import Random

import numpy as np

from optimizer.arrays.array_types import Floats
from optimizer.arrays.solver_arrays import Arrays
from optimizer.arrays.sparse import from_dense

COUPLINGS = [factor * 10.0**-power for power in (9, 8, 7, 6) for factor in (1, 2, 5)] + [1e-5]
COUNT = 80


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A binary b and 0 <= x <= most in a row of_binary*b + of_column*x <= 0, with a cost each."""

    of_binary: float
    of_column: float
    most: float
    binary_cost: float
    column_cost: float

    def value(self, binary: int) -> Fraction:
        """The least cost with the binary fixed. The row bounds x on one side."""
        coefficient, side = Fraction(self.of_column), -Fraction(self.of_binary) * binary
        low = max(Fraction(0), side / coefficient) if coefficient < 0 else Fraction(0)
        high = min(Fraction(self.most), side / coefficient) if coefficient > 0 else Fraction(self.most)
        assert low <= high, "the generator only makes pairs that both choices satisfy"
        cost = Fraction(self.column_cost)
        return Fraction(self.binary_cost) * binary + cost * (high if cost < 0 else low)


@dataclass(frozen=True, kw_only=True)
class CoupledProgram:
    """A minimised program with its exact optimum."""

    kind: str
    arrays: Arrays
    vector: Floats
    optimum: Fraction


def _leak(chance: Random, coupling: float) -> Pair:
    """x <= b / coupling: a binary of 1e-7 permits a whole unit of x."""
    most, price = chance.uniform(5, 50), chance.uniform(1, 3)
    cost = price * most * chance.choice([0.4, 1.5])
    return Pair(of_binary=-1 / coupling, of_column=1.0, most=most, binary_cost=cost, column_cost=-price)


def _small_entry(chance: Random, coupling: float) -> Pair:
    """coupling * x <= b: a dropped entry frees x."""
    most, price = chance.uniform(0.3, 1.0) / coupling, chance.uniform(1, 3) * coupling
    cost = price * most * chance.choice([0.4, 1.5])
    return Pair(of_binary=-1.0, of_column=coupling, most=most, binary_cost=cost, column_cost=-price)


def _gate(chance: Random, coupling: float) -> Pair:
    """b <= coupling * x: a dropped entry closes a binary that pays."""
    reward = chance.uniform(1, 10)
    cost = reward * coupling * chance.choice([0.3, 0.9])
    return Pair(of_binary=1.0, of_column=-coupling, most=2 / coupling, binary_cost=-reward, column_cost=cost)


def _small_cost(chance: Random, coupling: float) -> Pair:
    """A column that pays less a unit than a solver's dual tolerance, and has many units."""
    most, price = chance.uniform(1, 5) / coupling, chance.uniform(0.5, 0.9) * coupling
    cost = price * most * chance.choice([0.4, 0.8])
    return Pair(of_binary=-most, of_column=1.0, most=2 * most, binary_cost=cost, column_cost=-price)


KINDS: dict[str, Callable[[Random, float], Pair]] = {
    "leak": _leak,
    "small entry": _small_entry,
    "gate": _gate,
    "small cost": _small_cost,
}


def coupled_programs() -> list[CoupledProgram]:
    """The same 80 programs every time, as many of each kind."""
    kinds = list(KINDS)
    return [_program(kinds[number % len(kinds)], Random(number)) for number in range(COUNT)]  # noqa: S311


def _program(kind: str, chance: Random) -> CoupledProgram:
    pairs = [KINDS[kind](chance, chance.choice(COUPLINGS)) for _ in range(chance.randint(1, 5))]
    at_least = chance.randint(0, 1)
    off = [pair.value(0) for pair in pairs]
    extra = sorted(pair.value(1) - pair.value(0) for pair in pairs)
    chosen = [one for number, one in enumerate(extra) if number < at_least or one < 0]
    count = len(pairs)
    matrix = np.zeros((count + 1, 2 * count))
    for number, pair in enumerate(pairs):
        matrix[number, 2 * number : 2 * number + 2] = pair.of_binary, pair.of_column
    matrix[count, ::2] = 1.0
    return CoupledProgram(
        kind=kind,
        arrays=Arrays(
            matrix=from_dense(matrix),
            row_lower=np.array([-np.inf] * count + [float(at_least)]),
            row_upper=np.array([0.0] * count + [np.inf]),
            column_lower=np.zeros(2 * count),
            column_upper=np.array([upper for pair in pairs for upper in (1.0, pair.most)]),
            integer=np.array([True, False] * count),
        ),
        vector=np.array([cost for pair in pairs for cost in (pair.binary_cost, pair.column_cost)]),
        optimum=sum(off, start=Fraction(0)) + sum(chosen, start=Fraction(0)),
    )
