"""The plan as good as one and closest to another: what separates forced differences from incidental ones.

With every objective held at what the first plan reached, within its tolerance, minimise

    sum over runs |y - y'|  +  sum over who must count and does not, or must not be present and is
        +  sum over amounts |x - x'| / what the contributor could have of the resource in the period

over the program of the first plan's problem, where y' and x' are the other plan's. The amounts' absolute values are
made linear by a column d >= x - x', d >= x' - x for each amount of the other plan; an amount that it does not give is
its own distance. A run of the other plan counts as kept by a column r <= y, r <= e / (0.01 e'): a run at level zero is
none, and without that it would be kept for nothing.
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
from optimizer.arrays.array_types import Floats, Name
from optimizer.arrays.compiled import CompiledProgram, WrittenProgram
from optimizer.arrays.priorities import Priority, priorities_of
from optimizer.arrays.solver_arrays import Arrays
from optimizer.check.check import check
from optimizer.compare.plan_diff import Decisions, Three, burdens, objectives
from optimizer.data.effective_objectives import effective_objectives
from optimizer.data.endowments import Endowments, greatest_endowments
from optimizer.diagnostics.precheck import effective_problem
from optimizer.formulation.family import Index
from optimizer.outcome.extract import extract
from optimizer.search.branch_and_dive import Limits, search
from optimizer.solver.highs import HighsProgram, ObjectiveBound
from optimizer.solver.statuses import RunResult

HELD = 1e-6
"""Relative, and absolute below 1: by how much less an objective may come to beside its own tolerance; what is reported
is exact to about this."""
GAP = 1e-4
"""Relative: how exactly the distance is minimised."""
START_SHARE, NEAR_SHARE = 0.3, 0.5
"""Of the time left, what may go into writing the first plan as a start, and into moving its amounts alone."""
TOKEN = 0.01
"""Of the other plan's level, from where on a run counts in full as the same run."""
EXACT = 1e-6
"""By how much an amount of the first plan may move while the rest of it is found out."""


def difference_between(
    problem: Problem, config: Config, here: Solved | Stopped, there: Solved | Stopped, *, time_limit_s: float
) -> Diff:
    """The plan of `here`, the outcome of `problem` under `config`, held against the plan of `there`.

    Raises `InvalidDocument` if the problem cannot be solved as it stands.
    """
    closest = _Closest(problem=problem, config=config, here=here, there=there, until=perf_counter() + time_limit_s)
    plan, answer = closest.found()
    three = Three(Decisions(here.plan), Decisions(there.plan), Decisions(plan))
    return Diff(
        schema_="concord.diff/1",
        objectives=tuple(objectives(here.objectives, there.objectives)),
        burden=tuple(burdens(here.plan, there.plan)),
        forced=three.forced,
        incidental=three.incidental,
        closest=_told(answer),
    )


def _told(answer: RunResult | None) -> ClosestPlan:
    if answer is None or answer.objective is None:
        sentence = "no closer plan was found in time: what is called forced may be incidental"
        return ClosestPlan(distance=0.0, bound=0.0, proven=False, sentence=sentence)
    distance, bound = max(answer.objective, 0.0), max(min(answer.bound, answer.objective), 0.0)
    if answer.termination == "optimal":
        sentence = "no plan as good as this one is closer to the other"
    else:
        sentence = (
            f"a plan as good as this one was found at distance {distance:.4g} from the other, and none is closer than "
            f"{bound:.4g}: some of what is called forced may be incidental"
        )
    return ClosestPlan(distance=distance, bound=bound, proven=answer.termination == "optimal", sentence=sentence)


@dataclass(frozen=True, kw_only=True)
class _Closest:
    problem: Problem
    config: Config
    here: Solved | Stopped
    there: Solved | Stopped
    until: float

    def found(self) -> tuple[Plan, RunResult | None]:
        """The closest plan, and how it was found; the first plan itself where none was."""
        start = self._start()
        distance = Distance(self._compiled, greatest_endowments(self._meant), named(self.there.plan))
        engine = HighsProgram(distance.extended(self._arrays), self._solver)
        bounds: list[ObjectiveBound] = []
        for level in self._levels:
            most = self._most(level, start)
            if np.isfinite(most):
                bounds.append((distance.widened(level.vector / level.unit), most / level.unit))
        engine.bound_objectives(bounds)
        engine.minimise(distance.cost, distance.constant)
        limits = Limits(until=self.until, gap=GAP, on_solver_progress=None, should_stop=None)
        near = None if start is None else self._near(engine, distance.started(start))
        answer = self._searched(engine, limits, near.values if near is not None else None)
        if answer.values is None and near is not None:
            answer = replace(near, termination="limit", bound=max(answer.bound, 0.0))
        if answer.values is None:
            return self.here.plan, None
        plan, _ = extract(
            self._built.scenarios, self._compiled.columns, answer.values[: distance.width], self.config.relax
        )
        if not check(self._meant, plan, relax=self.config.relax).passed:
            return self.here.plan, None
        return plan, answer

    @staticmethod
    def _searched(engine: HighsProgram, limits: Limits, start: Floats | None) -> RunResult:
        """Everything free; objectives held so narrowly can be too much for the solver: then there is what there is."""
        try:
            return search(engine, limits, start)
        except SolverFailure:
            return RunResult(termination="limit", values=None, objective=None, bound=0.0, nodes=0)

    def _near(self, engine: HighsProgram, start: Floats) -> RunResult | None:
        """The closest plan with the choices of the first: linear, and often most of the way."""
        engine.fix_integers(start)
        near = engine.run(time_limit_s=NEAR_SHARE * max(self.until - perf_counter(), 0.0))
        engine.free_integers()
        return near if near.values is not None else None

    @cached_property
    def _meant(self) -> Problem:
        return effective_problem(self.problem, self.config)

    @cached_property
    def _built(self) -> WrittenProgram:
        bests = {one.id: one.risk_reduction + one.regret for one in self.here.plan.scenarios if one.regret is not None}
        return write_program(self._meant, bests)

    @property
    def _compiled(self) -> CompiledProgram:
        return self._built.compiled

    @cached_property
    def _arrays(self) -> Arrays:
        return Arrays.of(self._compiled, self.config.relax)

    @cached_property
    def _levels(self) -> tuple[Priority, ...]:
        return priorities_of(effective_objectives(self._meant), self._compiled)

    @property
    def _solver(self) -> SolverConfig:
        return self.config.solver.model_copy(update={"mip_gap": GAP})

    def _start(self) -> Floats | None:
        """The first plan as values of all columns: its runs and amounts held, the rest found out."""
        runs, amounts = _columns(self._compiled, ("y",)), _columns(self._compiled, ("x",))
        said = named(self.here.plan)
        value = np.array([said.of(name) for name in self._compiled.columns])
        room = np.where(amounts, EXACT * np.maximum(1.0, value), 0.0)
        held, arrays = runs | amounts, self._arrays
        arrays = replace(
            arrays,
            column_lower=np.where(held, np.maximum(value - room, arrays.column_lower), arrays.column_lower),
            column_upper=np.where(held, np.maximum(value + room, arrays.column_lower), arrays.column_upper),
        )
        engine = HighsProgram(arrays, self._solver)
        engine.minimise(sum((level.vector / level.unit for level in self._levels), np.zeros(len(value))), 0.0)
        return engine.run(time_limit_s=START_SHARE * max(self.until - perf_counter(), 0.0)).values

    def _most(self, level: Priority, start: Floats | None) -> float:
        """What vector @ columns of a level may come to at most."""
        if level.is_refinement:
            return np.inf if start is None else self._with_room(level, level.value(start))
        reached = {one.metric: one.value for one in self.here.objectives}
        value = sum(level.weight(aim) * aim.sign * reached[aim.objective.metric] for aim in level.objectives)
        return self._with_room(level, value)

    def _with_room(self, level: Priority, value: float) -> float:
        return value - level.constant + level.tolerance * abs(value) + HELD * max(1.0, abs(value))


@dataclass(frozen=True)
class Said:
    """What a plan decides, by the name of the column that would decide it; in which scenario only, or in all (None)."""

    values: Mapping[tuple[str, Index, str | None], float]

    def of(self, name: Name) -> float:
        """What it says of a column, which may be one scenario's own; 0 where nothing."""
        variable, _, scenario = name[0].partition("@")
        own = self.values.get((variable, name[1], scenario or None))
        return own if own is not None else self.values.get((variable, name[1], None), 0.0)


def named(plan: Plan) -> Said:
    """The runs, amounts and participations of a plan, as columns."""
    found: dict[tuple[str, Index, str | None], float] = {}
    for given in plan.allocations:
        key = "x", (given.contributor, given.activity, given.resource, given.period), given.scenario
        found[key] = found.get(key, 0.0) + given.amount
    for run in plan.activities:
        found["y", (run.id, run.framework, run.period), None] = 1.0
        found["e", (run.id, run.framework, run.period), run.scenario] = run.level
        for c in run.participants:
            for variable in ("counts", "present"):
                found[variable, (c, run.id, run.period), None] = 1.0
    return Said(found)


def _columns(compiled: CompiledProgram, variables: Sequence[str]) -> NDArray[np.bool_]:
    """Which columns are of these variables, in whichever scenario."""
    return np.array([name.partition("@")[0] in variables for name, _ in compiled.columns], dtype=np.bool_)


class Distance:
    """The distance to a plan as something to be minimised over a program and a few columns more."""

    def __init__(self, compiled: CompiledProgram, greatest_endowments: Endowments, there: Said) -> None:
        """Read off the names of the columns how far each is from what the other plan says."""
        self.width = len(compiled.columns)
        target = np.array([there.of(name) for name in compiled.columns])
        of = {variable: _columns(compiled, (variable,)) for variable in ("x", "y", "e", "counts", "present")}
        is_there = target > 0
        scale = _scale(compiled, greatest_endowments, of["x"])
        self._amounts = np.flatnonzero(of["x"] & is_there)
        self._given = target[self._amounts]
        self._levels = np.flatnonzero(of["e"] & is_there)
        self._token = TOKEN * target[self._levels]
        place = {index: number for number, (name, index) in enumerate(compiled.columns) if name == "y"}
        self._runs = np.array([place[compiled.columns[number][1]] for number in self._levels.tolist()], dtype=np.int64)
        share = 1.0 / np.bincount(self._runs, minlength=self.width)[self._runs]
        plain = np.where(of["x"] & ~is_there, scale, 0.0) + np.where(of["y"] & ~is_there, 1.0, 0.0)
        plain += np.where(of["counts"] & is_there, -1.0, 0.0) + np.where(of["present"] & ~is_there, 1.0, 0.0)
        self.cost: Floats = np.concatenate([plain, scale[self._amounts], -share])
        """Of each column, the added ones last: what separates amounts, then what runs in both."""
        self.constant = float(share.sum() + (of["counts"] & is_there).sum())
        """What the columns' costs come to less than the distance."""

    def extended(self, arrays: Arrays) -> Arrays:
        """The program with the added columns, and the rows that say what they are."""
        amounts, levels = len(self._amounts), len(self._levels)
        height, added = arrays.matrix.shape[0], amounts + levels
        d, r = self.width + np.arange(amounts), self.width + amounts + np.arange(levels)
        rows = [
            (d, self._amounts, -np.ones(amounts)),  # d - x >= -x'
            (d, self._amounts, np.ones(amounts)),  # d + x >= x'
            (r, self._runs, -np.ones(levels)),  # r - y <= 0
            (r, self._levels, -1.0 / self._token),  # r - e / (TOKEN e') <= 0
        ]
        below = csc_array(vstack([_spread(one, self.width + added) for one in rows], format="csc"))
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
        """A vector over the program's columns, over the extended program's."""
        return np.append(vector, np.zeros(len(self._amounts) + len(self._levels)))

    def started(self, values: Floats) -> Floats:
        """A solution of the program, as one of the extended program."""
        apart = np.abs(values[self._amounts] - self._given)
        running = np.minimum(values[self._runs], values[self._levels] / self._token)
        return np.concatenate([values, apart, running])


def _scale(compiled: CompiledProgram, greatest_endowments: Endowments, amounts: NDArray[np.bool_]) -> Floats:
    """What a unit of each amount counts: one over what its contributor could have; 0 for other columns."""
    most = cast("Mapping[Index, float]", greatest_endowments)
    return np.array(
        [
            1.0 / most.get((index[0], index[2], index[3]), 1.0) if is_amount else 0.0
            for (_, index), is_amount in zip(compiled.columns, amounts.tolist(), strict=True)
        ]
    )


def _spread(row: tuple[NDArray[np.int64], NDArray[np.int64], Floats], width: int) -> csc_array:
    """A row for each added column: itself, plus a coefficient times another column."""
    added, columns, coefficients = row
    places = np.arange(len(added))
    entries = np.append(np.ones(len(added)), coefficients), (np.tile(places, 2), np.append(added, columns))
    return csc_array(coo_array(entries, shape=(len(added), width)))
