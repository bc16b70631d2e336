"""Bounds recomputed from multipliers: never above the exact optimum, and close to what the multipliers are worth."""

import copy
import pickle
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from models.config import SolverConfig
from models.problem.problem import Problem
from optimizer.arrays.array_program import write_program
from optimizer.arrays.array_types import Floats
from optimizer.arrays.column_bounds import ColumnBounds
from optimizer.arrays.priorities import priorities_of
from optimizer.arrays.safe_bound import BoundedObjective, BoundProver, SafeBound, _ReducedCosts, _sum_rounded_down
from optimizer.arrays.solver_arrays import Arrays
from optimizer.arrays.sparse import from_dense
from optimizer.data.effective_objectives import effective_objectives
from optimizer.solver.highs import HighsProgram
from optimizer.solver.statuses import TERMINATIONS
from optimizer.tolerances import DOCUMENT_ROUNDING
from tests.support.coupled_programs import CoupledProgram, coupled_programs
from tests.support.duals import plain_highs, row_duals
from tests.support.exact_bound import INFINITY, exact_bound, known_program, some_arrays
from tests.support.matrices import to_scipy

PROBLEMS = Path(__file__).resolve().parents[3] / "examples" / "problems"
FREE = (-INFINITY, INFINITY)
EXACT = SolverConfig(mip_gap=0.0)
ROUNDINGS = [0.0, DOCUMENT_ROUNDING]


def floats(*numbers: float) -> Floats:
    return np.array(numbers, dtype=float)


# ---------------------------------------------------------------------------------------------------- worked by hand

SHOPPING = some_arrays([[1, 1]], [(4, INFINITY)], [(0, 3), (0, 10)])
"""2x + 3y with x + y >= 4, x <= 3: x = 3, y = 1, value 9."""
LIMITED = some_arrays([[1, 2], [3, 1]], [(-INFINITY, 4), (-INFINITY, 6)], [(0, INFINITY)] * 2)
"""-x - y with x + 2y <= 4, 3x + y <= 6: x = 8/5, y = 6/5, value -14/5 by the multipliers -2/5 and -1/5."""
BALANCED = some_arrays([[1, -1]], [(-2, -2)], [(-5, 5), (-9, 9)])
"""x + y with x - y = -2: x = -5, y = -3, value -8."""
FREE_WITHIN_ROWS = some_arrays([[1]], [(2, INFINITY)], [FREE])
"""x with x >= 2 as a row only: value 2."""
WORST_CASE = some_arrays([[1, -1], [1, -3]], [(-INFINITY, 0)] * 2, [FREE, (0, 1)])
"""-w with w <= x and w <= 3x, x <= 1: w = 1; nothing bounds w from below."""


@pytest.mark.parametrize(
    "arrays, vector, constant, multipliers, value",
    [
        (SHOPPING, (2, 3), 0.0, (3,), 9),
        (SHOPPING, (2, 3), -1.5, (3,), 7.5),
        (SHOPPING, (2, 3), 0.0, (2,), 8),
        (SHOPPING, (2, 3), 0.0, (0,), 0),
        (SHOPPING, (2, 3), 0.0, (-7,), 0),
        (SHOPPING, (2, 3), 0.0, (5,), -9),
        (LIMITED, (-1, -1), 0.0, (-0.4, -0.2), -2.8),
        (LIMITED, (-1, -1), 0.0, (-1, 0), -4),
        (BALANCED, (1, 1), 0.0, (-1,), -8),
        (BALANCED, (1, 1), 0.0, (1,), -20),
        (FREE_WITHIN_ROWS, (1,), 0.0, (1,), 2),
        (WORST_CASE, (-1, 0), 0.0, (-1, 0), -1),
    ],
)
def test_the_bound_that_the_multipliers_are_worth(
    arrays: Arrays,
    vector: tuple[float, ...],
    constant: float,
    multipliers: tuple[float, ...],
    value: float,
) -> None:
    for rounding in ROUNDINGS:
        proven = BoundProver(arrays, rounding=rounding).prove(floats(*vector), constant, floats(*multipliers)).value
        assert proven <= value
        assert proven == pytest.approx(value, rel=1e-13, abs=1e-13)


def test_a_column_that_nothing_bounds_makes_the_bound_worthless_and_is_named() -> None:
    prover = BoundProver(some_arrays([[1, 1]], [(-INFINITY, 5)], [FREE, (0, INFINITY)]))
    assert prover.prove(floats(1, 0), 0.0, floats(0)).value == -INFINITY
    assert prover.unbounded_columns.tolist() == [0, 1]


def test_a_column_that_nothing_bounds_does_no_harm_if_its_reduced_cost_is_exactly_0() -> None:
    prover = BoundProver(some_arrays([[0, 1]], [(2, INFINITY)], [FREE, (0, 5)]))
    assert prover.prove(floats(0, 1), 0.0, floats(1)).value == pytest.approx(2)


def test_the_columns_are_bounded_only_if_an_infinite_bound_is_needed() -> None:
    bounded, unbounded = BoundProver(SHOPPING), BoundProver(LIMITED)
    bounded.prove(floats(2, 3), 0.0, floats(3))
    unbounded.prove(floats(-1, -1), 0.0, floats(-0.4, -0.2))
    assert "_propagated_bounds" not in vars(bounded)
    assert "_propagated_bounds" in vars(unbounded)


def test_whole_columns_strengthen_a_bound() -> None:
    """3x <= 10 with x whole: -x is at least -3, which no multipliers of the relaxation prove."""
    arrays = some_arrays([[3]], [(-INFINITY, 10)], [(0, INFINITY)], integer=[0])
    assert BoundProver(arrays).prove(floats(-1), 0.0, floats(0)).value == pytest.approx(-3)


def test_bounded_objectives_are_rows_with_multipliers_of_their_own() -> None:
    """Greatest y at the least cost: 2x + 3y <= 9 with x + y >= 4 and x <= 3 leaves y = 1."""
    prover, earlier = BoundProver(SHOPPING), [(floats(2, 3), 9.0)]
    most = prover.prove(floats(0, -1), 0.0, floats(2, -1), earlier).value
    assert most == pytest.approx(-1)
    assert most <= -1
    assert prover.prove(floats(0, -1), 0.0, floats(2, 1), earlier).value == pytest.approx(2 * 4 - 2 * 3 - 3 * 10)


def test_every_row_and_bounded_objective_needs_a_multiplier() -> None:
    prover = BoundProver(SHOPPING)
    with pytest.raises(ValueError, match="1 multipliers for 2 rows"):
        prover.prove(floats(0, 1), 0.0, floats(3), [(floats(2, 3), 9.0)])


@pytest.mark.parametrize("multiplier", [np.nan, INFINITY, -INFINITY, 1e308, -1e308, 1e-320])
def test_absurd_multipliers_prove_little_and_nothing_false(multiplier: float) -> None:
    assert BoundProver(SHOPPING).prove(floats(2, 3), 0.0, floats(multiplier)).value <= 9
    assert BoundProver(LIMITED).prove(floats(-1, -1), 0.0, floats(multiplier, -1)).value <= -2.8
    assert not BoundProver(LIMITED).refutes(floats(multiplier, 1))


@pytest.mark.parametrize("vector, constant", [((np.nan, 1), 0.0), ((INFINITY, 1), 0.0), ((1e308, 1e308), 1e308)])
def test_absurd_objectives_have_no_bound(vector: tuple[float, float], constant: float) -> None:
    assert BoundProver(SHOPPING).prove(floats(*vector), constant, floats(1e308)).value == -INFINITY


def test_a_sum_that_overflows_is_no_bound() -> None:
    fixed = some_arrays([[0, 0]], [FREE], [(1, 1)] * 2)
    assert BoundProver(fixed).prove(floats(1.5e308, 1.5e308), 0.0, floats(0)).value == -INFINITY


def test_products_that_underflow_are_no_zero() -> None:
    """y with 1e-200·x + y >= 1e200 and x free: 0. The product of 1e-200 and a multiplier of 1e-200 is 0 as a double."""
    arrays = some_arrays([[1e-200, 1.0]], [(1e200, INFINITY)], [FREE, (0, 1)])
    assert BoundProver(arrays).prove(floats(0, 1), 0.0, floats(1e-200)).value <= 0


def test_the_repair_keeps_multipliers_on_finite_sides() -> None:
    """w with w >= x, w >= 2 - x and x <= 5, the first row divided by 10: the greater multiplier cannot give way.

    1 - 2/10 - 1.9 = -1.1 becomes 0 with (2, 0.8). What is left of x is -0.6, at most 5 times: 1.6 - 3.
    """
    arrays = some_arrays([[0.1, -0.1], [1, 1]], [(0, INFINITY), (2, INFINITY)], [(0, INFINITY), (0, 5)])
    assert BoundProver(arrays).prove(floats(1, 0), 0.0, floats(2, 1.9)).value == pytest.approx(-1.4)


def test_the_repair_passes_over_explicit_zeros() -> None:
    """-w with w <= x <= 1; the row with the greater multiplier is x >= 0. What is left of x is -1 - 2."""
    arrays = some_arrays([[1, -1], [1, 1]], [(-INFINITY, 0), (0, INFINITY)], [FREE, (0, 1)])
    arrays.matrix.data[1] = 0.0
    assert BoundProver(arrays).prove(floats(-1, 0), 0.0, floats(-1, 2)).value == pytest.approx(-3)


# ------------------------------------------------------------------------------------------- against exact arithmetic


def noisy(multipliers: Floats, chance: np.random.Generator, size: float) -> Floats:
    scale = np.where(multipliers == 0, chance.choice([0, 1e-9, 1e-6, 1, 1e6], len(multipliers)), np.abs(multipliers))
    return multipliers + size * scale * chance.standard_normal(len(multipliers))


@pytest.mark.parametrize("seed", range(50))
def test_no_multipliers_prove_more_than_exact_arithmetic(seed: int) -> None:
    """Decimals of magnitude 1e-9 to 1e9 that are no doubles, all columns bounded."""
    chance = np.random.default_rng(seed)
    rows, columns = chance.integers(1, 9, 2)
    matrix = chance.choice([0, 0, 0.1, -0.3, 1 / 3, 7.7], (rows, columns)) * 10.0 ** chance.integers(-9, 10, (rows, 1))
    low = chance.choice([-INFINITY, -0.7, 0.1, 1e9], rows)
    arrays = Arrays(
        matrix=from_dense(matrix),
        row_lower=low,
        row_upper=np.where(chance.random(rows) < 0.5, INFINITY, low + 1),
        column_lower=chance.choice([-1e9, -0.3, 0, 1 / 3], columns),
        column_upper=chance.choice([1 / 3, 0.9, 1e9 / 3], columns),
        integer=np.zeros(columns, dtype=bool),
    )
    arrays = replace(arrays, row_upper=np.where(np.isfinite(low), arrays.row_upper, 0.3))
    vector = chance.choice([0, 0.1, -0.7, 1e9 / 7], columns)
    multipliers = chance.standard_normal(rows) * 10.0 ** chance.integers(-9, 10, rows)
    exact = exact_bound(arrays, vector, 0.1, multipliers)
    assert exact.value is not None
    for rounding in ROUNDINGS:
        proven = BoundProver(arrays, rounding=rounding).prove(vector, 0.1, multipliers).value
        assert proven <= exact.value
        assert exact.value - Fraction(proven) <= Fraction(1e-13) * exact.size


NO_COLUMN = [(0.0, 0.0)]
"""One column, fixed at 0: only the rows add to the bound."""


def test_the_terms_of_rows_are_rounded_down() -> None:
    """Products of decimals that nearly cancel."""
    for seed in range(100):
        chance = np.random.default_rng(seed)
        sides = chance.standard_normal(4)
        sides[3] = sides[:3].sum()
        arrays = some_arrays([[1]] * 4, [(side, side) for side in sides], NO_COLUMN)
        multipliers = 0.1 * floats(1, 1, 1, -1)
        exact = exact_bound(arrays, floats(0), 0.0, multipliers)
        assert exact.value is not None
        assert BoundProver(arrays, rounding=0.0).prove(floats(0), 0.0, multipliers).value <= exact.value


def test_the_terms_of_rows_count_the_rounding_of_their_sides() -> None:
    arrays = some_arrays([[1], [1]], [(1, 1), (1, 1)], NO_COLUMN)
    assert BoundProver(arrays, rounding=1e-3).prove(floats(0), 0.0, floats(1, -1)).value <= -2e-3
    assert BoundProver(arrays, rounding=1e-3).prove(floats(0), 1.0, floats(0, 0)).value <= 1 - 1e-3


def test_a_long_sum_is_exact() -> None:
    """Adding -0.49 to 2^53 again and again changes nothing in doubles, in each of the orders that numpy adds in."""
    sides = np.full(128, 1e-3)
    sides[::8] = -0.49
    sides[0] = 2.0**53
    arrays = some_arrays([[1]] * 128, [(side, side) for side in sides], NO_COLUMN)
    exact = exact_bound(arrays, floats(0), 0.0, np.ones(128))
    assert exact.value is not None
    assert BoundProver(arrays, rounding=0.0).prove(floats(0), 0.0, np.ones(128)).value <= exact.value


def test_every_step_rounds_down_on_its_own() -> None:
    chance = np.random.default_rng(0)
    value, end = chance.standard_normal((2, 1000))
    terms = _ReducedCosts(value=value, error=np.zeros(1000)).least_terms(ColumnBounds(lower=end, upper=end))
    total = _sum_rounded_down([value])
    assert all(term <= Fraction(a) * Fraction(b) for term, a, b in zip(terms.tolist(), value, end, strict=True))
    assert total < sum(map(Fraction, value.tolist()), start=Fraction(0))
    assert _sum_rounded_down([floats(1.0, -1.0)]) < 0


@pytest.mark.parametrize("seed", range(20))
def test_the_bound_holds_for_all_numbers_within_the_rounding(seed: int) -> None:
    """Each number moves by up to one in a thousand: the bound from the same multipliers stays above the safe one."""
    rounding = 1e-3
    known, chance = known_program(seed, stretch=0), np.random.default_rng(seed)
    arrays = replace(
        known.arrays,
        column_lower=np.maximum(known.arrays.column_lower, -10.0),
        column_upper=np.minimum(known.arrays.column_upper, 10.0),
        integer=np.zeros_like(known.arrays.integer),
    )

    def moved(numbers: Floats) -> Floats:
        return numbers * (1 + rounding * chance.choice([-1, 1], numbers.shape))

    proven = BoundProver(arrays, rounding=rounding).prove(known.vector, known.constant, known.multipliers).value
    for _ in range(20):
        matrix = replace(arrays.matrix, data=moved(arrays.matrix.data))
        near = Arrays(
            matrix=matrix,
            row_lower=moved(arrays.row_lower),
            row_upper=moved(arrays.row_upper),
            column_lower=moved(arrays.column_lower),
            column_upper=moved(arrays.column_upper),
            integer=arrays.integer,
        )
        exact = exact_bound(near, moved(known.vector), float(moved(floats(known.constant))[0]), known.multipliers)
        assert exact.value is not None
        assert proven <= exact.value


def test_no_multipliers_prove_more_than_the_optimum() -> None:
    """Free columns, infinite sides, equality rows, whole columns, coefficients of 1e-18 to 1e18."""
    for seed in range(300):
        known, chance = known_program(seed), np.random.default_rng(seed)
        count = len(known.multipliers)
        tries = [known.multipliers, -known.multipliers, np.zeros(count)]
        tries += [noisy(known.multipliers, chance, size) for size in (1e-15, 1e-12, 1e-9, 1e-6, 1e-3, 1.0)]
        tries += [chance.standard_normal(count) * 10.0**power for power in (-9, 0, 9)]
        for rounding in ROUNDINGS:
            prover = BoundProver(known.arrays, rounding=rounding)
            for multipliers in tries:
                assert prover.prove(known.vector, known.constant, multipliers).value <= known.optimum, seed
                assert not prover.refutes(multipliers), seed


def test_optimal_multipliers_prove_the_optimum_unless_a_free_column_stands_in_the_way() -> None:
    """The bound is worthless in few programs only, and else exact to the rounding of its terms."""
    worthless = 0
    for seed in range(300):
        known = known_program(seed, stretch=3)
        prover = BoundProver(known.arrays)
        proven = prover.prove(known.vector, known.constant, known.multipliers).value
        if proven == -INFINITY:
            worthless += 1
            assert prover.unbounded_columns.size
        else:
            assert proven == pytest.approx(float(known.optimum), rel=1e-9, abs=1e-9)
    assert worthless < 100


# ------------------------------------------------------------------------------------------------------ no plan at all


@pytest.mark.parametrize("ray", [(1, -1), (-1, 1), (1e-6, -1e-6), (1e9, -1e9), (1, -1.0000001)])
def test_a_ray_refutes_rows_that_contradict_each_other(ray: tuple[float, float]) -> None:
    """x + y >= 4 and x + y <= 3, in any scale and with either sign."""
    arrays = some_arrays([[1, 1], [1, 1]], [(4, INFINITY), (-INFINITY, 3)], [(0, INFINITY)] * 2)
    assert BoundProver(arrays).refutes(floats(*ray))


@pytest.mark.parametrize("ray", [(1, 1), (1, 0), (0, 0), (2, -1)])
def test_other_multipliers_refute_nothing(ray: tuple[float, float]) -> None:
    arrays = some_arrays([[1, 1], [1, 1]], [(4, INFINITY), (-INFINITY, 3)], [FREE] * 2)
    assert not BoundProver(arrays).refutes(floats(*ray))


def test_the_ray_of_the_solver_refutes() -> None:
    arrays = some_arrays([[0.3, 0.7], [1, 1]], [(9.0, INFINITY), (-INFINITY, 3.3)], [(0, INFINITY)] * 2)
    program = HighsProgram(arrays, EXACT, is_linear=True)
    program._set("presolve", "off")
    assert program.run(time_limit_s=10).termination == "infeasible"
    ray = program.refutation
    assert ray is not None
    assert BoundProver(arrays).refutes(ray)


def test_a_bounded_objective_can_contradict_the_rows() -> None:
    prover = BoundProver(SHOPPING)
    assert prover.refutes(floats(3, -1), [(floats(2, 3), 8.9)])
    assert not prover.refutes(floats(3, -1), [(floats(2, 3), 9.0)])


def test_three_thirds_that_miss_one_by_rounding_are_no_contradiction() -> None:
    """Shares of fl(1/3) of one total: exact doubles sum to less than 1, the decimals of the document do not."""
    third = 1 / 3
    arrays = some_arrays(
        [[1, 0, 0, -third], [0, 1, 0, -third], [0, 0, 1, -third], [1, 1, 1, -1], [0, 0, 0, 1]],
        [(0, 0)] * 4 + [(1, INFINITY)],
        [(0, 10)] * 4,
    )
    for last in (0.0, 2.0**-54, 5e-17, 1e-16):
        assert not BoundProver(arrays).refutes(floats(1, 1, 1, -1, last))


def test_a_feasible_program_that_solvers_called_infeasible_is_not_refuted() -> None:
    """The "innocuous" program of Neumaier and Shcherbina (2004): 20 whole columns, plan (1, 2, 1, 2, ..., 1, 2)."""
    s, count = 6, 20
    matrix = np.zeros((count, count))
    side = np.zeros(count)
    matrix[0, :2] = s + 1, -1
    side[0] = s - 1
    for row in range(1, count - 1):
        matrix[row, row - 1 : row + 2] = -s, s + 1, -1
        side[row] = (-1) ** (row + 1) * (s + 1)
    matrix[count - 1, count - 3 :] = -s, -(3 * s - 1), 3
    side[count - 1] = -(5 * s - 7)
    plan = np.tile([1, 2], count // 2)
    assert (matrix @ plan >= side).all()
    columns = [(0.0, 10.0)] * 13 + [(0.0, 1e6)] * 7
    rows = [(float(one), INFINITY) for one in side]
    arrays = some_arrays(matrix.tolist(), rows, columns, integer=range(count))
    vector = np.zeros(count)
    vector[-1] = -1.0
    prover, chance = BoundProver(arrays), np.random.default_rng(0)
    candidates = [relaxation(arrays, vector), *np.abs(chance.standard_normal((500, count)))]
    candidates += [np.abs(np.cumprod(chance.uniform(0.5, 8, count)))[::-1] for _ in range(500)]
    for multipliers in candidates:
        assert prover.prove(vector, 0.0, multipliers).value <= -2
        assert not prover.refutes(multipliers)


# ----------------------------------------------------------------------------------------------- badly coupled programs


def relaxation(arrays: Arrays, vector: Floats) -> Floats:
    """The row duals of the relaxation, as the optimizer's solver finds them."""
    program = HighsProgram(arrays, EXACT, is_linear=True)
    program.minimise(vector, 0.0)
    program.run(time_limit_s=10)
    return row_duals(program)


def room_of(program: CoupledProgram) -> Fraction:
    """What a claim may be off by and still count as right."""
    return Fraction(1e-6) * max(Fraction(1), abs(program.optimum))


def is_false(program: CoupledProgram, termination: str, value: float | None, bound: float) -> bool:
    """Whether a claim is false: no plan, a bound above the optimum, or an "optimal" value below it."""
    if termination != "optimal" or value is None:
        return termination == "infeasible"
    return bound > program.optimum + room_of(program) or value < program.optimum - room_of(program)


def is_claim_of_highs_false(program: CoupledProgram) -> bool:
    highs = plain_highs(program.arrays, program.vector)
    termination = TERMINATIONS[highs.getModelStatus().name]
    info = highs.getInfo()
    return is_false(program, termination, info.objective_function_value, info.mip_dual_bound)


def is_claim_of_the_optimizer_false(program: CoupledProgram) -> bool:
    engine = HighsProgram(program.arrays, EXACT)
    engine.minimise(program.vector, 0.0)
    answer = engine.run(time_limit_s=10)
    return is_false(program, answer.termination, answer.objective, answer.bound)


def test_the_optimum_of_a_coupled_program_is_the_best_of_all_choices_of_its_binaries() -> None:
    for program in coupled_programs():
        best = min(_fixed_values(program))
        assert best == pytest.approx(float(program.optimum), rel=1e-6, abs=1e-6)


def _fixed_values(program: CoupledProgram) -> list[float]:
    """The least cost for each choice of the binaries, read from the arrays alone."""
    matrix, count = to_scipy(program.arrays.matrix).toarray(), len(program.vector) // 2
    values = []
    for choice in np.ndindex(*[2] * count):
        if sum(choice) < program.arrays.row_lower[-1]:
            continue
        total = 0.0
        for pair, binary in enumerate(choice):
            of_binary, of_column = matrix[pair, 2 * pair : 2 * pair + 2]
            cost, limit = program.vector[2 * pair + 1], -of_binary * binary / of_column
            most = program.arrays.column_upper[2 * pair + 1]
            ends = (0.0, min(limit, most)) if of_column > 0 else (max(limit, 0.0), most)
            total += program.vector[2 * pair] * binary + min(cost * end for end in ends)
        values.append(total)
    return values


def test_no_bound_of_eighty_badly_coupled_programs_is_false(
    record_testsuite_property: Callable[[str, object], None],
) -> None:
    """From the duals of plain HiGHS, whose own claims about these programs are often false, and of the optimizer."""
    of_highs, of_optimizer, relaxations = Counter[str](), Counter[str](), 0
    programs = coupled_programs()
    assert len(programs) == 80
    for program in programs:
        of_highs[program.kind] += is_claim_of_highs_false(program)
        of_optimizer[program.kind] += is_claim_of_the_optimizer_false(program)
        plain = plain_highs(program.arrays, program.vector, is_linear=True)
        relaxations += plain.getInfo().objective_function_value > program.optimum + room_of(program)
        prover = BoundProver(program.arrays)
        for duals in (np.array(plain.getSolution().row_dual), relaxation(program.arrays, program.vector)):
            assert np.isfinite(prover.prove(program.vector, 0.0, duals).value)
            for factor in (1.0, 1 + 1e-12, 1 + 1e-7, 0.5, 1.7, -1.0):
                assert prover.prove(program.vector, 0.0, factor * duals).value <= program.optimum
                assert not prover.refutes(factor * duals)
    record_testsuite_property("false claims of HiGHS", dict(of_highs))
    record_testsuite_property("false relaxations of HiGHS", relaxations)
    record_testsuite_property("false claims of the optimizer", dict(of_optimizer))
    assert of_highs.total() >= 20, "the programs no longer mislead HiGHS: find worse ones"
    assert relaxations, "no reduced cost misleads HiGHS: a bound that trusts it would pass"


# ----------------------------------------------------------------------------------------------------- whole problems

UNUSED = {"floor_out_of_reach", "southern_flank_2019_futures"}
"""One has no plan; the other takes long to solve."""
FEASIBLE = [path for path in sorted(PROBLEMS.glob("*.json")) if path.stem not in UNUSED]


@pytest.mark.parametrize("path", FEASIBLE, ids=lambda path: path.stem)
def test_hardly_anything_of_a_relaxation_is_lost(path: Path) -> None:
    """Both objectives of the examples, the second with the first bounded; no column stands in the way."""
    problem = Problem.model_validate_json(path.read_bytes())
    compiled = write_program(problem).compiled
    arrays = Arrays.of(compiled, ())
    prover, program = BoundProver(arrays), HighsProgram(arrays, EXACT, is_linear=True)
    bounded: list[BoundedObjective] = []
    for priority in priorities_of(effective_objectives(problem), compiled):
        program.minimise(priority.vector, priority.constant)
        program.bound_objectives(bounded)
        claimed = program.run(time_limit_s=60).bound
        proven = prover.prove(priority.vector, priority.constant, row_duals(program), bounded).value
        assert proven == pytest.approx(claimed, rel=1e-10, abs=1e-10)
        bounded.append((priority.vector, claimed + 1e-9 * abs(claimed)))


# ------------------------------------------------------------------------------------------------------------- the type


def test_nothing_but_the_prover_makes_a_safe_bound() -> None:
    with pytest.raises(TypeError):
        SafeBound(1.0)  # type: ignore[call-arg]
    proven = BoundProver(SHOPPING).prove(floats(2, 3), 0.0, floats(3))
    with pytest.raises(TypeError):
        replace(proven, value=10.0)
    with pytest.raises(AttributeError):
        proven.value = 10.0  # type: ignore[misc]


def test_a_safe_bound_travels_between_processes() -> None:
    proven = BoundProver(SHOPPING).prove(floats(2, 3), 0.0, floats(3))
    assert pickle.loads(pickle.dumps(proven)) == proven == copy.copy(proven)  # noqa: S301


def test_bounds_of_a_column_that_cross_refute_a_program() -> None:
    """x + y <= 5 and x >= 8, without upper bounds of columns: the ray alone needs them."""
    arrays = Arrays(
        matrix=from_dense(np.array([[1.0, 1.0], [1.0, 0.0]])),
        row_lower=np.array([-np.inf, 8.0]),
        row_upper=np.array([5.0, np.inf]),
        column_lower=np.zeros(2),
        column_upper=np.full(2, np.inf),
        integer=np.zeros(2, dtype=np.bool_),
    )
    assert BoundProver(arrays).refutes(np.array([-0.25, 0.25]))
    assert not BoundProver(replace(arrays, row_upper=np.array([8.0, np.inf]))).refutes(np.array([-0.25, 0.25]))
