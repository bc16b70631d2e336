"""Bounds from multipliers in exact arithmetic, and random programs whose optimum is known by duality."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

import numpy as np

from optimizer.arrays.array_types import Floats
from optimizer.arrays.solver_arrays import Arrays
from optimizer.arrays.sparse import from_dense
from tests.support.matrices import to_scipy

INFINITY = float("inf")
STRETCH = 30
"""Rows and columns are scaled by up to 2 to this power, up or down: by 1e-9 to 1e9."""


def some_arrays(
    matrix: Sequence[Sequence[float]],
    rows: Sequence[tuple[float, float]],
    columns: Sequence[tuple[float, float]],
    *,
    integer: Sequence[int] = (),
) -> Arrays:
    """Return the arrays of a small program; `rows` and `columns` hold lower and upper sides."""
    return Arrays(
        matrix=from_dense(np.array(matrix, dtype=float)),
        row_lower=np.array([lower for lower, _ in rows], dtype=float),
        row_upper=np.array([upper for _, upper in rows], dtype=float),
        column_lower=np.array([lower for lower, _ in columns], dtype=float),
        column_upper=np.array([upper for _, upper in columns], dtype=float),
        integer=np.isin(np.arange(len(columns)), integer),
    )


@dataclass(frozen=True, kw_only=True)
class ExactBound:
    """The bound that the multipliers prove (None for -inf), and the sum of its absolute terms."""

    value: Fraction | None
    size: Fraction


def exact_bound(arrays: Arrays, vector: Floats, constant: float, multipliers: Floats) -> ExactBound:
    """Return the bound, computed in exact arithmetic from the doubles as they are."""
    dense = to_scipy(arrays.matrix).toarray()
    lower, upper = arrays.column_lower, arrays.column_upper
    y = [
        Fraction(one) if np.isfinite(low if one > 0 else high) else Fraction(0)
        for one, low, high in zip(multipliers, arrays.row_lower, arrays.row_upper, strict=True)
    ]
    terms = [Fraction(constant)]
    sizes = [abs(terms[0])]
    for one, low, high in zip(y, arrays.row_lower, arrays.row_upper, strict=True):
        terms.append(one * Fraction(low if one > 0 else high) if one else Fraction(0))
        sizes.append(abs(terms[-1]))
    for column, cost in enumerate(vector):
        products = [Fraction(cost), *(-one * Fraction(entry) for one, entry in zip(y, dense[:, column], strict=True))]
        reduced = sum(products, start=Fraction(0))
        end = (lower[column] if reduced > 0 else upper[column]) if reduced else 0.0
        if not np.isfinite(end):
            return ExactBound(value=None, size=Fraction(0))
        terms.append(reduced * Fraction(end))
        widest = max((abs(Fraction(one)) for one in (lower[column], upper[column]) if np.isfinite(one)), default=0)
        sizes.append(sum(map(abs, products), start=Fraction(0)) * widest)
    return ExactBound(value=sum(terms, start=Fraction(0)), size=sum(sizes, start=Fraction(0)))


@dataclass(frozen=True, kw_only=True)
class KnownProgram:
    """A program with an optimal plan, optimal multipliers and the exact optimum."""

    arrays: Arrays
    vector: Floats
    constant: float
    plan: Floats
    multipliers: Floats
    optimum: Fraction


def known_program(seed: int, *, stretch: int = STRETCH) -> KnownProgram:
    """Return a random program: small whole numbers, then rows and columns scaled by powers of 2.

    Plan and multipliers are drawn first; sides, bounds and costs are set so that they satisfy complementary slackness.
    All numbers are small multiples of powers of 2, so nothing is rounded.
    """
    chance = Random(seed)  # noqa: S311
    row_count, column_count = chance.randint(1, 8), chance.randint(1, 8)
    entry_choices = [-3, -2, -1, 0, 0, 0, 1, 2, 3]
    entries = np.array([[chance.choice(entry_choices) for _ in range(column_count)] for _ in range(row_count)], float)
    plan = np.array([chance.randint(-5, 5) for _ in range(column_count)], float)
    rows, multipliers = zip(*(_a_row(chance, activity) for activity in entries @ plan), strict=True)
    columns, reduced = zip(*(_a_column(chance, value) for value in plan), strict=True)
    vector = entries.T @ np.array(multipliers) + np.array(reduced)
    row_scale = np.array([2.0 ** chance.randint(-stretch, stretch) for _ in range(row_count)])
    column_scale = np.array([2.0 ** chance.randint(-stretch, stretch) for _ in range(column_count)])
    constant = float(chance.randint(-3, 3))
    low, high = np.array(rows).T * row_scale
    least, most = np.array(columns).T * column_scale
    return KnownProgram(
        arrays=Arrays(
            matrix=from_dense(entries * row_scale[:, None] / column_scale),
            row_lower=low,
            row_upper=high,
            column_lower=least,
            column_upper=most,
            integer=(column_scale == 1) & np.array([chance.random() < 0.5 for _ in range(column_count)]),
        ),
        vector=vector / column_scale,
        constant=constant,
        plan=plan * column_scale,
        multipliers=np.array(multipliers) / row_scale,
        optimum=Fraction(float(vector @ plan + constant)),
    )


def _a_row(chance: Random, activity: float) -> tuple[tuple[float, float], float]:
    """Return sides that the activity satisfies, and a multiplier that fits them."""
    multiplier = float(chance.randint(0, 4))
    room = chance.choice([1.0, 4.0, INFINITY])
    match chance.choice(["equal", "lower", "upper", "slack", "free"]):
        case "equal":
            return (activity, activity), multiplier * chance.choice([-1, 1])
        case "lower":
            return (activity, activity + room), multiplier
        case "upper":
            return (activity - room, activity), -multiplier
        case "slack":
            return (activity - room, activity + 2.0), 0.0
        case _:
            return (-INFINITY, INFINITY), 0.0


def _a_column(chance: Random, value: float) -> tuple[tuple[float, float], float]:
    """Return bounds that hold the value, and a reduced cost that fits them."""
    reduced = float(chance.randint(0, 4))
    room = chance.choice([1.0, 4.0, INFINITY])
    match chance.choice(["fixed", "lower", "upper", "between", "free"]):
        case "fixed":
            return (value, value), reduced * chance.choice([-1, 1])
        case "lower":
            return (value, value + room), reduced
        case "upper":
            return (value - room, value), -reduced
        case "between":
            return (value - room, value + 2.0), 0.0
        case _:
            return (-INFINITY, INFINITY), 0.0
