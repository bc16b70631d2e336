"""Tightened programs: worked by hand, the same plans, and every step follows from what stands before it."""

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from optimizer.arrays.solver_arrays import Arrays, TightArrays
from tests.support.exact_bound import INFINITY, known_program, some_arrays
from tests.support.matrices import to_scipy

ROOM = 1e-3
"""Relative: more than a tightened number leaves for the solver's tolerances."""


def dense(arrays: Arrays) -> list[list[float]]:
    found: list[list[float]] = to_scipy(arrays.matrix).toarray().tolist()
    return found


def test_a_switch_gets_the_greatest_value_that_other_rows_allow() -> None:
    """x <= 8·z and x + y <= 6: with z on, the first row need only say x <= 6."""
    arrays = some_arrays(
        [[1, 0, -8], [1, 1, 0]], [(-INFINITY, 0), (-INFINITY, 6)], [(0, INFINITY), (0, INFINITY), (0, 1)], integer=[2]
    )
    tight = arrays.tight
    assert dense(tight)[0] == pytest.approx([1, 0, -6], rel=ROOM)
    assert dense(tight)[0][2] <= -6
    assert tight.column_upper == pytest.approx([6, 6, 1], rel=ROOM)


def test_a_side_falls_where_the_row_is_loose_with_the_switch_off() -> None:
    """x + 5·z <= 8 with x <= 6: with z off the row need only say x <= 6; with z on it still says x <= 3."""
    arrays = some_arrays([[1, 5]], [(-INFINITY, 8)], [(0, 6), (0, 1)], integer=[1])
    tight = arrays.tight
    assert dense(tight)[0] == pytest.approx([1, 3], rel=ROOM)
    assert tight.row_upper[0] == pytest.approx(6, rel=ROOM)
    assert 3 <= tight.row_upper[0] - dense(tight)[0][1] <= 3 + 1e-12


def test_a_lower_side_is_treated_alike() -> None:
    """-x + 8·z >= 0 with x <= 6."""
    arrays = some_arrays([[-1, 8]], [(0, INFINITY)], [(0, 6), (0, 1)], integer=[1])
    assert dense(arrays.tight)[0] == pytest.approx([-1, 6], rel=ROOM)


@pytest.mark.parametrize("sides", [(0, 0), (-3, 0)])
def test_rows_with_two_sides_stay(sides: tuple[float, float]) -> None:
    arrays = some_arrays([[1, -8]], [sides], [(0, 6), (0, 1)], integer=[1])
    assert dense(arrays.tight) == dense(arrays)


def test_rows_with_two_switches_stay() -> None:
    arrays = some_arrays([[1, -8, -8]], [(-INFINITY, 0)], [(0, 6), (0, 1), (0, 1)], integer=[1, 2])
    assert dense(arrays.tight) == dense(arrays)


def test_a_switch_that_cannot_be_on_is_off() -> None:
    """5·z <= x and x <= 4."""
    arrays = some_arrays([[-1, 5]], [(-INFINITY, 0)], [(0, 4), (0, 1)], integer=[1])
    assert arrays.tight.column_upper[1] == 0


def test_equal_rows_become_one_with_the_narrowest_sides() -> None:
    arrays = some_arrays([[1, 2], [2, 1], [1, 2]], [(0, 9), (-INFINITY, 7), (1, INFINITY)], [(0, 5), (0, 5)])
    tight = arrays.tight
    assert tight.kept.tolist() == [0, 1]
    assert dense(tight) == [[1, 2], [2, 1]]
    assert tight.row_lower.tolist() == [1, -INFINITY]
    assert tight.row_upper.tolist() == [9, 7]


def test_rows_with_the_same_sum_of_weights_by_chance_stay_two() -> None:
    """An empty row and a row of zeros that are stored."""
    arrays = some_arrays([[1, 1], [0, 0]], [(0, 2), (0, 2)], [(0, 1), (0, 1)])
    assert arrays.tight.kept.tolist() == [0, 1]


def test_a_program_that_contradicts_itself_stays_as_it_is() -> None:
    """x >= 3 and x <= 2: the bounds of the column cross, which is a proof."""
    arrays = some_arrays([[1], [-1]], [(3, INFINITY), (-2, INFINITY)], [(0, 9)])
    tight = arrays.tight
    assert tight.tightening.is_contradiction
    assert tight.column_upper.tolist() == [9]
    assert tight.prover.refutes(np.zeros(2))


def test_a_tightened_program_keeps_a_known_plan() -> None:
    """The plan is exact: all numbers of the program are multiples of powers of 2."""
    for seed in range(200):
        known = known_program(seed, stretch=4)
        assert_holds(known.arrays.tight, known.plan, seed)


def assert_holds(arrays: Arrays, plan: np.ndarray, seed: int) -> None:
    activity = to_scipy(arrays.matrix) @ plan
    assert (arrays.column_lower <= plan).all(), seed
    assert (plan <= arrays.column_upper).all(), seed
    assert (arrays.row_lower <= activity).all(), seed
    assert (activity <= arrays.row_upper).all(), seed


def switched_program(seed: int) -> tuple[Arrays, np.ndarray]:
    """Return a random program of amounts and switches, loosely linked, and an objective to minimise."""
    chance = np.random.default_rng(seed)
    amounts, switches = 4, 3
    linked = np.hstack(
        [np.eye(amounts), -chance.integers(4, 20, amounts)[:, None] * _one_of(chance, amounts, switches)]
    )
    means = np.hstack([chance.integers(0, 3, (3, amounts)), chance.integers(0, 4, (3, switches))])
    needs = np.hstack([-chance.integers(0, 2, (1, amounts)), chance.integers(0, 3, (1, switches))])
    matrix = np.vstack([linked, means, needs]).astype(float)
    upper = np.concatenate([np.zeros(amounts), chance.integers(3, 12, 3), [0]]).astype(float)
    rows = [(-INFINITY, float(one)) for one in upper]
    columns = [(0.0, INFINITY)] * amounts + [(0.0, 1.0)] * switches
    integer = list(range(amounts, amounts + switches))
    worth = np.concatenate([-chance.integers(1, 9, amounts), chance.integers(-3, 6, switches)]).astype(float)
    return some_arrays(matrix.tolist(), rows, columns, integer=integer), worth


def _one_of(chance: np.random.Generator, height: int, width: int) -> np.ndarray:
    """One 1 in each row."""
    return np.eye(width)[chance.integers(0, width, height)]


def best(arrays: Arrays, worth: np.ndarray) -> float | None:
    """The least value of an objective, by another solver interface; None if it has none."""
    found = milp(
        worth,
        integrality=arrays.integer.astype(int),
        bounds=Bounds(arrays.column_lower, arrays.column_upper),
        constraints=LinearConstraint(to_scipy(arrays.matrix).toarray(), arrays.row_lower, arrays.row_upper),
    )
    return None if found.x is None else float(found.fun)


def test_tightening_changes_no_optimum_and_only_improves_the_relaxation() -> None:
    changed = 0
    for seed in range(100):
        arrays, worth = switched_program(seed)
        tight = arrays.tight
        changed += len(tight.tightening.coefficients.row) > 0
        before, after = best(arrays, worth), best(tight, worth)
        assert (before is None) == (after is None), seed
        if before is not None and after is not None:
            assert after == pytest.approx(before, rel=1e-5, abs=1e-5), seed
    assert changed > 25


def test_each_step_follows_from_what_stands_before_it() -> None:
    """A new bound is no tighter than its row and the bounds before allow."""
    for seed in range(40):
        arrays, _ = switched_program(seed)
        tight = TightArrays.of(arrays)
        lower, upper = arrays.column_lower.copy(), arrays.column_upper.copy()
        matrix, row_lower, row_upper = _rows_before(arrays, tight)
        before = lower.copy(), upper.copy()
        last = None
        for step in tight.tightening.narrowings:
            if last in ("lower", step.side):  # a round may have one step for each side
                before = lower.copy(), upper.copy()
            last = step.side
            for row, column, bound in zip(step.row, step.column, step.bound, strict=True):
                others = matrix[row].copy()
                entry, others[column] = others[column], 0.0
                least = np.minimum(*_products(others, before)).sum()
                most = np.maximum(*_products(others, before)).sum()
                ends = (row_upper[row] - least) / entry, (row_lower[row] - most) / entry
                is_upper = step.side == "upper"
                implied = ends[0] if (entry > 0) == is_upper else ends[1]
                implied = implied if not arrays.integer[column] else np.floor(implied) if is_upper else np.ceil(implied)
                room = 1e-9 * (1 + abs(implied))
                assert bound >= implied - room if is_upper else bound <= implied + room, (seed, step.side)
                (upper if is_upper else lower)[column] = bound


def _rows_before(arrays: Arrays, tight: TightArrays) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The rows that the steps refer to: one of several equal ones, with the narrowest sides."""
    matrix = to_scipy(arrays.matrix).toarray()
    equal = [(matrix == matrix[row]).all(axis=1) for row in tight.kept]
    lower = np.array([arrays.row_lower[rows].max() for rows in equal])
    upper = np.array([arrays.row_upper[rows].min() for rows in equal])
    return matrix[tight.kept], lower, upper


def _products(entries: np.ndarray, bounds: tuple[np.ndarray, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    with np.errstate(invalid="ignore"):
        ends = [np.where(entries == 0, 0.0, entries * one) for one in bounds]
    return ends[0], ends[1]
