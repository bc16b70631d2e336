"""The closest plan: of equal value to one plan and closest to another; separates forced from incidental differences.

With every objective bounded at the value of the first plan, within its tolerance, minimise

    sum over runs |y - y'|  +  sum over participations that should count and do not, or are present and should not be
        +  sum over amounts |x - x'| / capmax[c,r,t]

over the program of the first plan's problem, where y' and x' belong to the other plan. For each amount of the other
plan, a column d >= x - x', d >= x' - x linearises the absolute value. An amount that the other plan does not give is
its own distance. For each run of the other plan, a column r <= y, r <= e / (0.01 e') counts the run as equal. The
second row excludes runs at level zero, which would otherwise count at no cost.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from time import perf_counter
from typing import cast

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csc_array, hstack, vstack

from models.config import Config, SolverConfig
from models.diff import ClosestPlan, Diff
from models.errors import SolverFailure
from models.outcome import Solved, Stopped
from models.plan import Plan
from models.problem.problem import Problem
from optimizer.arrays.array_program import write_program
from optimizer.arrays.compiled import CompiledProgram, Floats, Name, WrittenProgram
from optimizer.arrays.priorities import Level, priorities_of
from optimizer.arrays.solver_arrays import Arrays
from optimizer.check.check import check
from optimizer.compare.plan_diff import Decisions, PlanComparison, burdens, objectives
from optimizer.data.effective_objectives import effective_objectives
from optimizer.data.endowments import Endowments, greatest_endowments
from optimizer.diagnostics.precheck import effective_problem
from optimizer.formulation.family import Index
from optimizer.outcome.extract import extract
from optimizer.search.branch_and_dive import Limits, search
from optimizer.solver.callbacks import Answer
from optimizer.solver.engine import Engine

OBJECTIVE_SLACK = 1e-6
"""Amount by which an objective may get worse beyond its own tolerance: relative, absolute below 1. Reported values are
exact to about this."""
DISTANCE_GAP = 1e-4
"""Relative gap at which the distance counts as minimal."""
START_SHARE, FIXED_SHARE = 0.3, 0.5
"""Shares of the remaining time: for completing the first plan to a start, and for the search with integers fixed."""
EQUAL_RUN_SHARE = 0.01
"""Share of the other plan's level from which a run counts fully as the same run."""
START_SLACK = 1e-6
"""Amount by which a contribution of the first plan may change while the other columns are completed."""


def difference_between(
    problem: Problem, config: Config, here: Solved | Stopped, there: Solved | Stopped, *, time_limit_s: float
) -> Diff:
    """Compares the plan of `here` with the plan of `there`.

    Args:
        problem: The problem that `here` solves.
        config: Its configuration.
        here: The outcome looked at.
        there: The outcome it is compared with; its problem may be another one.
        time_limit_s: Time for the search of the closest plan, seconds.

    Raises:
        InvalidDocument: If the problem cannot be solved.
    """
    until = perf_counter() + time_limit_s
    plan, answer = _ClosestPlanSearch(problem=problem, config=config, here=here, there=there, until=until).run()
    comparison = PlanComparison(Decisions(here.plan), Decisions(there.plan), Decisions(plan))
    return Diff(
        schema_="concord.diff/1",
        objectives=tuple(objectives(here.objectives, there.objectives)),
        burden=tuple(burdens(here.plan, there.plan)),
        forced=comparison.forced,
        incidental=comparison.incidental,
        closest=_closest_plan_report(answer),
    )


def _closest_plan_report(answer: Answer | None) -> ClosestPlan:
    if answer is None or answer.objective is None:
        sentence = "no closer plan was found in time, so some forced differences may be incidental"
        return ClosestPlan(distance=0.0, bound=0.0, proven=False, sentence=sentence)
    distance, bound = max(answer.objective, 0.0), max(min(answer.bound, answer.objective), 0.0)
    if answer.ending == "optimal":
        sentence = "no plan of equal value is closer to the other plan"
    else:
        sentence = (
            f"a plan of equal value was found at distance {distance:.4g} from the other plan, and none is closer than "
            f"{bound:.4g}, so some forced differences may be incidental"
        )
    return ClosestPlan(distance=distance, bound=bound, proven=answer.ending == "optimal", sentence=sentence)


@dataclass(frozen=True, kw_only=True)
class _ClosestPlanSearch:
    problem: Problem
    config: Config
    here: Solved | Stopped
    there: Solved | Stopped
    until: float
    """End of the time limit, on the clock of `perf_counter`."""

    def run(self) -> tuple[Plan, Answer | None]:
        """The closest plan and the solver's answer; the first plan and None if no closer plan was found."""
        start = self._start()
        distance = Distance(self._compiled, greatest_endowments(self._effective), plan_values(self.there.plan))
        engine = Engine(distance.extended(self._arrays), self._solver)
        for level in self._levels:
            most = self._greatest_value(level, start)
            if np.isfinite(most):
                engine.hold(distance.widened(level.vector / level.unit), most / level.unit)
        engine.minimise(distance.cost, distance.constant)
        limits = Limits(until=self.until, gap=DISTANCE_GAP, on_moment=None, should_stop=None)
        with_fixed = None if start is None else self._with_integers_fixed(engine, distance.extended_solution(start))
        answer = self._searched(engine, limits, with_fixed.values if with_fixed is not None else None)
        if answer.values is None and with_fixed is not None:
            answer = replace(with_fixed, ending="limit", bound=max(answer.bound, 0.0))
        if answer.values is None:
            return self.here.plan, None
        plan, _ = extract(self._built.scenarios, self._compiled, answer.values[: distance.width], self.config.relax)
        if not check(self._effective, plan, relax=self.config.relax).passed:
            return self.here.plan, None
        return plan, answer

    @staticmethod
    def _searched(engine: Engine, limits: Limits, start: Floats | None) -> Answer:
        """Searches with all columns free; no solution if the solver fails, as it may on narrow objective bounds."""
        try:
            return search(engine, limits, start)
        except SolverFailure:
            return Answer(ending="limit", values=None, objective=None, bound=0.0, nodes=0)

    def _with_integers_fixed(self, engine: Engine, start: Floats) -> Answer | None:
        """The closest plan with the integers fixed at the first plan: a linear program, often near the optimum."""
        engine.fix_integers(start)
        answer = engine.run(time_limit_s=FIXED_SHARE * max(self.until - perf_counter(), 0.0))
        engine.free_integers()
        return answer if answer.values is not None else None

    @cached_property
    def _effective(self) -> Problem:
        return effective_problem(self.problem, self.config)

    @cached_property
    def _built(self) -> WrittenProgram:
        scenarios = self.here.plan.scenarios
        bests = {result.id: result.risk_reduction + result.regret for result in scenarios if result.regret is not None}
        return write_program(self._effective, bests)

    @property
    def _compiled(self) -> CompiledProgram:
        return self._built.compiled

    @cached_property
    def _arrays(self) -> Arrays:
        return Arrays.of(self._compiled, self.config.relax)

    @cached_property
    def _levels(self) -> tuple[Level, ...]:
        return priorities_of(effective_objectives(self._effective), self._compiled)

    @property
    def _solver(self) -> SolverConfig:
        return self.config.solver.model_copy(update={"mip_gap": DISTANCE_GAP})

    def _start(self) -> Floats | None:
        """The first plan as a solution of the program: runs and amounts are fixed, and a solve completes the rest."""
        runs, amounts = _columns(self._compiled, ("y",)), _columns(self._compiled, ("x",))
        stated = plan_values(self.here.plan)
        value = np.array([stated.of(name) for name in self._compiled.columns])
        slack = np.where(amounts, START_SLACK * np.maximum(1.0, value), 0.0)
        is_fixed, arrays = runs | amounts, self._arrays
        arrays = replace(
            arrays,
            column_lower=np.where(is_fixed, np.maximum(value - slack, arrays.column_lower), arrays.column_lower),
            column_upper=np.where(is_fixed, np.maximum(value + slack, arrays.column_lower), arrays.column_upper),
        )
        engine = Engine(arrays, self._solver)
        engine.minimise(sum((level.vector / level.unit for level in self._levels), np.zeros(len(value))), 0.0)
        return engine.run(time_limit_s=START_SHARE * max(self.until - perf_counter(), 0.0)).values

    def _greatest_value(self, level: Level, start: Floats | None) -> float:
        """Upper bound that keeps a priority at the value of the first plan; inf if that value is unknown."""
        if level.refines:
            return np.inf if start is None else self._with_slack(level, level.value(start))
        reached = {result.metric: result.value for result in self.here.objectives}
        value = sum(level.weight(aim) * aim.sign * reached[aim.objective.metric] for aim in level.aims)
        return self._with_slack(level, value)

    def _with_slack(self, level: Level, value: float) -> float:
        return value - level.constant + level.tolerance * abs(value) + OBJECTIVE_SLACK * max(1.0, abs(value))


@dataclass(frozen=True)
class PlanValues:
    """The decisions of a plan as values of columns, by variable, index and scenario (None: all scenarios)."""

    values: Mapping[tuple[str, Index, str | None], float]

    def of(self, name: Name) -> float:
        """The value of a column, which may belong to one scenario; 0 if the plan does not state it."""
        variable, _, scenario = name[0].partition("@")
        own = self.values.get((variable, name[1], scenario or None))
        return own if own is not None else self.values.get((variable, name[1], None), 0.0)


def plan_values(plan: Plan) -> PlanValues:
    """The runs, amounts and participations of a plan, as values of columns."""
    found: dict[tuple[str, Index, str | None], float] = {}
    for allocation in plan.allocations:
        index = allocation.contributor, allocation.activity, allocation.resource, allocation.period
        key = "x", index, allocation.scenario
        found[key] = found.get(key, 0.0) + allocation.amount
    for run in plan.activities:
        found["y", (run.id, run.framework, run.period), None] = 1.0
        found["e", (run.id, run.framework, run.period), run.scenario] = run.level
        for c in run.participants:
            for variable in ("counts", "present"):
                found[variable, (c, run.id, run.period), None] = 1.0
    return PlanValues(found)


def _columns(compiled: CompiledProgram, variables: Sequence[str]) -> NDArray[np.bool_]:
    """Mask of the columns of these variables, in any scenario."""
    return np.array([name.partition("@")[0] in variables for name, _ in compiled.columns], dtype=np.bool_)


class Distance:
    """The distance to a plan as an objective: costs of the program's columns and of added columns."""

    def __init__(self, compiled: CompiledProgram, greatest_endowments: Endowments, there: PlanValues) -> None:
        """Compute costs and added columns from the names of the columns and the values of the other plan."""
        self.width = len(compiled.columns)
        target = np.array([there.of(name) for name in compiled.columns])
        of = {variable: _columns(compiled, (variable,)) for variable in ("x", "y", "e", "counts", "present")}
        is_positive = target > 0
        scale = _scale(compiled, greatest_endowments, of["x"])
        self._amounts = np.flatnonzero(of["x"] & is_positive)
        self._given = target[self._amounts]
        self._levels = np.flatnonzero(of["e"] & is_positive)
        self._token = EQUAL_RUN_SHARE * target[self._levels]
        place = {index: number for number, (name, index) in enumerate(compiled.columns) if name == "y"}
        self._runs = np.array([place[compiled.columns[number][1]] for number in self._levels.tolist()], dtype=np.int64)
        share = 1.0 / np.bincount(self._runs, minlength=self.width)[self._runs]
        plain = np.where(of["x"] & ~is_positive, scale, 0.0) + np.where(of["y"] & ~is_positive, 1.0, 0.0)
        plain += np.where(of["counts"] & is_positive, -1.0, 0.0) + np.where(of["present"] & ~is_positive, 1.0, 0.0)
        self.cost: Floats = np.concatenate([plain, scale[self._amounts], -share])
        """Cost of each column. The added columns come last: distances of amounts, then equal runs."""
        self.constant = float(share.sum() + (of["counts"] & is_positive).sum())
        """Constant of the distance: distance = cost @ columns + constant."""

    def extended(self, arrays: Arrays) -> Arrays:
        """The program with the added columns and the rows that define them."""
        amounts, levels = len(self._amounts), len(self._levels)
        height, added = arrays.matrix.shape[0], amounts + levels
        d, r = self.width + np.arange(amounts), self.width + amounts + np.arange(levels)
        rows = [
            (d, self._amounts, -np.ones(amounts)),  # d - x >= -x'
            (d, self._amounts, np.ones(amounts)),  # d + x >= x'
            (r, self._runs, -np.ones(levels)),  # r - y <= 0
            (r, self._levels, -1.0 / self._token),  # r - e / (EQUAL_RUN_SHARE e') <= 0
        ]
        below = csc_array(vstack([_row_block(block, self.width + added) for block in rows], format="csc"))
        matrix = csc_array(vstack([hstack([arrays.matrix, csc_array((height, added))]), below], format="csc"))
        matrix.sort_indices()
        nothing = np.full(2 * amounts, np.inf)
        return Arrays(
            matrix=matrix,
            row_lower=np.concatenate([arrays.row_lower, -self._given, self._given, np.full(2 * levels, -np.inf)]),
            row_upper=np.concatenate([arrays.row_upper, nothing, np.zeros(2 * levels)]),
            column_lower=np.append(arrays.column_lower, np.zeros(added)),
            column_upper=np.concatenate([arrays.column_upper, np.full(amounts, np.inf), np.ones(levels)]),
            integer=np.append(arrays.integer, np.zeros(added, dtype=np.bool_)),
        )

    def widened(self, vector: Floats) -> Floats:
        """A vector over the program's columns, extended with zeros for the added columns."""
        return np.append(vector, np.zeros(len(self._amounts) + len(self._levels)))

    def extended_solution(self, values: Floats) -> Floats:
        """A solution of the program, completed to a solution of the extended program."""
        distances = np.abs(values[self._amounts] - self._given)
        equal_runs = np.minimum(values[self._runs], values[self._levels] / self._token)
        return np.concatenate([values, distances, equal_runs])


def _scale(compiled: CompiledProgram, greatest_endowments: Endowments, amounts: NDArray[np.bool_]) -> Floats:
    """Distance per unit of each amount: 1 / capmax[c,r,t]; 0 for other columns."""
    most = cast("Mapping[Index, float]", greatest_endowments)
    return np.array(
        [
            1.0 / most.get((index[0], index[2], index[3]), 1.0) if is_amount else 0.0
            for (_, index), is_amount in zip(compiled.columns, amounts.tolist(), strict=True)
        ]
    )


def _row_block(block: tuple[NDArray[np.int64], NDArray[np.int64], Floats], width: int) -> csc_array:
    """Rows `added + coefficient * column`, one for each added column."""
    added, columns, coefficients = block
    places = np.arange(len(added))
    entries = np.append(np.ones(len(added)), coefficients), (np.tile(places, 2), np.append(added, columns))
    return csc_array(coo_array(entries, shape=(len(added), width)))
