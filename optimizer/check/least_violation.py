"""What a plan leaves open and rows leave free: amounts ≥ 0 that break a set of rows as little as can be.

A dense simplex of a few rows in plain Python, so that the second opinion needs no solver. Few questions come here: to
which of two operations a missing day after is charged (C27), which effect of a late activity is held back (C29).
"""

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
Limit = tuple[Mapping[Key, float], float]
"""Σ coefficient · amount ≤ limit."""

ZERO = 1e-12
"""A pivot or a price below this is rounding."""


def settle(limits: Sequence[Limit[Key]]) -> dict[Key, float]:
    """Amounts ≥ 0 under which the greatest excess over any limit is least (0 if all limits can hold)."""
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
    """Rows of amounts, the common excess, a slack each and the limit; the last row prices the excess."""
    table = []
    for number, (coefficients, limit) in enumerate(limits):
        slacks = [0.0] * len(limits)
        slacks[number] = 1.0
        table.append([*(float(coefficients.get(key, 0.0)) for key in keys), -1.0, *slacks, float(limit)])
    table.append([*(0.0 for _ in keys), 1.0, *(0.0 for _ in limits), 0.0])
    return table


def _minimise(table: list[list[float]], basis: list[int]) -> None:
    """Pivot by the smallest index (Bland), which ends, until no column lowers the excess."""
    while True:
        prices = table[-1]
        column = next((j for j in range(len(prices) - 1) if prices[j] < -ZERO), None)
        if column is None:
            return
        ratios = [
            (row[-1] / row[column], basis[number], number)
            for number, row in enumerate(table[:-1])
            if row[column] > ZERO
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
