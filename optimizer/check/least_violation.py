"""Amounts ≥ 0 that minimise the largest violation of a set of rows, for quantities that a plan leaves open.

Rows and amounts must be about 1: the caller writes them relative to what they measure.
A dense simplex for a few rows in plain Python, so that the independent check needs no solver. It serves two questions:
which of several operations a missing day after is charged to (C27), and which early effect is delayed (C29).
"""

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

from optimizer.tolerances import PIVOT_ZERO

Key = TypeVar("Key", bound=Hashable)
Limit = tuple[Mapping[Key, float], float]
"""Σ coefficient · amount ≤ limit."""


def minimise_violation(limits: Sequence[Limit[Key]]) -> dict[Key, float]:
    """Return amounts ≥ 0 that minimise the largest violation of any limit (0 if all limits can hold)."""
    keys = list(dict.fromkeys(key for coefficients, _ in limits for key in coefficients))
    if not limits:
        return {}
    table = _table(limits, keys)
    basis = [len(keys) + 1 + number for number in range(len(limits))]
    worst = min(range(len(limits)), key=lambda number: table[number][-1])
    if table[worst][-1] < 0:
        _pivot(table, basis, worst, len(keys))
        _minimise(table, basis)
    amounts = dict.fromkeys(keys, 0.0)
    for number, column in enumerate(basis):
        if column < len(keys):
            amounts[keys[column]] = max(0.0, table[number][-1])
    return amounts


def _table(limits: Sequence[Limit[Key]], keys: Sequence[Key]) -> list[list[float]]:
    """Return the tableau: columns of amounts, common violation, slacks and right-hand side; the last row has costs."""
    table = []
    for number, (coefficients, limit) in enumerate(limits):
        slacks = [0.0] * len(limits)
        slacks[number] = 1.0
        table.append([*(float(coefficients.get(key, 0.0)) for key in keys), -1.0, *slacks, float(limit)])
    table.append([*(0.0 for _ in keys), 1.0, *(0.0 for _ in limits), 0.0])
    return table


def _minimise(table: list[list[float]], basis: list[int]) -> None:
    """Pivot until no column lowers the violation; Bland's rule (smallest index) guarantees termination."""
    while True:
        prices = table[-1]
        column = next((j for j in range(len(prices) - 1) if prices[j] < -PIVOT_ZERO), None)
        if column is None:
            return
        ratios = [
            (row[-1] / row[column], basis[number], number)
            for number, row in enumerate(table[:-1])
            if row[column] > PIVOT_ZERO
        ]
        if not ratios:
            return
        _pivot(table, basis, min(ratios)[2], column)


def _pivot(table: list[list[float]], basis: list[int], number: int, column: int) -> None:
    pivot = table[number][column]
    table[number] = [value / pivot for value in table[number]]
    for other, row in enumerate(table):
        factor = row[column]
        if other != number and factor:
            table[other] = [value - factor * by for value, by in zip(row, table[number], strict=True)]
    basis[number] = column
