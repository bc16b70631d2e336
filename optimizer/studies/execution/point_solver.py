"""Solves one point of a study: the problem with its changes, starting from the plan of the base problem.

Every point starts from the same plan and basis in a program of its own, whichever points were solved before it and in
whichever process. So a report does not depend on how its points were distributed (docs/decisions/0013). Only the
written arrays are reused from point to point, which does not change them (docs/decisions/0015).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from models.address import apply_changes
from models.config import Config
from models.digest import plan_digest
from models.errors import InvalidDocument, SolverFailure, UnknownAddress
from models.outcome import Outcome, first_result
from models.problem.problem import Problem
from models.study.measures import METRICS, figure_in
from models.study.point import Point
from models.study.report import Row, RowStatus
from models.study.spec import Fidelity
from optimizer.arrays.array_program import IncrementalWriter
from optimizer.arrays.array_types import Floats
from optimizer.arrays.basis import Basis
from optimizer.arrays.program_diff import NamedProgram
from optimizer.arrays.solver_arrays import Arrays
from optimizer.check.score import score
from optimizer.diagnostics.precheck import effective_problem
from optimizer.search.stages import FIRST_GAP
from optimizer.search.time_budget import ShouldStop
from optimizer.solving.warm import WarmAnswer, WarmProblem, WarmStart, references

CONCLUSIVE = ("optimal", "feasible", "infeasible")
"""Statuses that answer a point: a plan, or that there is none."""


@dataclass(frozen=True, kw_only=True)
class StudyBase:
    """What all points of a study share."""

    problem: Problem
    """The base problem with the overrides of the configuration applied."""
    config: Config
    """The configuration without overrides."""
    measures: tuple[str, ...]
    fidelity: Fidelity


@dataclass(frozen=True, kw_only=True)
class StartingPoint:
    """Where every point starts: the plan of the base problem, if it has one, and the basis of its relaxation."""

    plan: Floats | None = None
    basis: Basis | None = None


class PointSolver:
    """Solves the points of one study, one after the other."""

    def __init__(self, base: StudyBase) -> None:
        """Nothing is formulated before the first point."""
        self._base = base
        self._writer = IncrementalWriter()

    def base(self, point: Point, should_stop: ShouldStop | None = None) -> tuple[Row, StartingPoint]:
        """Solve the base problem; returns its row, and where all other points start.

        With fidelity `bound`, the first plan near enough to its bound ends the solve.
        """
        problem, config = self._base.problem, self._base.config
        solving = WarmProblem(problem, config, writer=self._writer)
        answers = self._up_to(_is_near, solving.answers(problem, config, should_stop=should_stop))
        start = solving.start
        basis = None if start is None or start.basis is None else start.basis.marks
        starting_point = StartingPoint(plan=None if start is None else start.plan, basis=basis)
        return self._row(point, problem, config, answers), starting_point

    def point(self, point: Point, start: StartingPoint, should_stop: ShouldStop | None = None) -> Row:
        """Solve any other point; if that is impossible, the row gives the reason."""
        config = self._config(point)
        try:
            problem = apply_changes(self._base.problem, point.changes) if point.changes else self._base.problem
            return self._row(point, problem, config, self._answers(problem, config, start, should_stop))
        except (InvalidDocument, UnknownAddress) as error:
            return without_plan(self._base, point, "invalid", str(error))
        except SolverFailure as error:
            return without_plan(self._base, point, "solver_error", str(error))

    def _answers(
        self, problem: Problem, config: Config, start: StartingPoint, should_stop: ShouldStop | None
    ) -> Sequence[WarmAnswer]:
        """All answers; with fidelity `bound`, up to the first conclusive one."""
        warm_start = WarmStart(named=self._named, plan=start.plan, basis=start.basis)
        solving = WarmProblem(problem, config, start=warm_start, writer=self._writer)
        return self._up_to(_is_conclusive, solving.answers(problem, config, should_stop=should_stop))

    def _up_to(self, is_enough: Callable[[Outcome], bool], answers: Iterator[WarmAnswer]) -> Sequence[WarmAnswer]:
        """All answers; with fidelity `bound`, up to the first that is enough."""
        taken: list[WarmAnswer] = []
        for answer in answers:
            taken.append(answer)
            if self._base.fidelity == "bound" and is_enough(answer.outcome):
                break
        return taken

    def _config(self, point: Point) -> Config:
        config = self._base.config
        return config.model_copy(update={"relax": tuple(dict.fromkeys((*config.relax, *point.relax)))})

    @cached_property
    def _named(self) -> NamedProgram:
        """The program of the base problem."""
        problem, config = effective_problem(self._base.problem, self._base.config), self._base.config
        compiled = self._writer.write(problem, references(problem, config)).compiled
        return NamedProgram(compiled=compiled, arrays=Arrays.of(compiled, config.relax))

    def _row(self, point: Point, problem: Problem, config: Config, answers: Sequence[WarmAnswer]) -> Row:
        if not answers:
            return without_plan(self._base, point, "no_plan_in_limit", "there was no time for an answer")
        outcome = answers[-1].outcome
        first = first_result(outcome)
        return Row(
            point=point,
            status=outcome.status,
            measures=dict(self._measured(problem, config, outcome)),
            bound=None if first is None else first.bound,
            proven=None if first is None else first.proven,
            gap=None if first is None else first.gap,
            proven_gap=None if first is None else first.proven_gap,
            fidelity="bound" if self._is_bound(answers) else "solve",
            plan_digest=None if outcome.plan is None else plan_digest(outcome.plan),
            reason=_reason(outcome),
        )

    def _is_bound(self, answers: Sequence[WarmAnswer]) -> bool:
        return self._base.fidelity == "bound" and (len(answers) == 1 or answers[-1].stage != "whole")

    def _measured(self, problem: Problem, config: Config, outcome: Outcome) -> Iterator[tuple[str, float | None]]:
        plan = outcome.plan
        if plan is None:
            yield from dict.fromkeys(self._base.measures).items()
            return
        optimised = {one.metric: one.value for one in outcome.objectives}
        metrics: dict[str, float] = dict(optimised.items())
        if any(measure in METRICS and measure not in metrics for measure in self._base.measures):
            all_metrics = score(effective_problem(problem, config), plan, relax=config.relax)
            metrics = dict({**all_metrics, **optimised}.items())
        weights = _probabilities(problem)
        for measure in self._base.measures:
            yield measure, metrics.get(measure) if measure in METRICS else figure_in(plan, measure, weights)


def _is_conclusive(outcome: Outcome) -> bool:
    return outcome.status in CONCLUSIVE


def _is_near(outcome: Outcome) -> bool:
    """Whether every point may start from this plan: if it is far from its bound, the gaps of all points are wide."""
    first = first_result(outcome)
    return first is not None and first.gap is not None and first.gap <= FIRST_GAP


def _reason(outcome: Outcome) -> str | None:
    """Why there is no plan, or why the gap is open; None otherwise."""
    if outcome.infeasibility is None:
        return getattr(outcome, "reason", None)
    return f"no plan keeps all rules ({'proven' if outcome.infeasibility.proven else 'by the search of the solver'})"


def without_plan(base: StudyBase, point: Point, status: RowStatus, reason: str) -> Row:
    """The row of a point without a plan."""
    return Row(
        point=point,
        status=status,
        measures=dict.fromkeys(base.measures),
        bound=None,
        proven=None,
        gap=None,
        proven_gap=None,
        fidelity=base.fidelity,
        plan_digest=None,
        reason=reason,
    )


def _probabilities(problem: Problem) -> Mapping[str, float]:
    """The probability of each scenario."""
    equal = 1 / len(problem.scenarios) if problem.scenarios else 1.0
    return {one.id: equal if one.probability is None else one.probability for one in problem.scenarios}
