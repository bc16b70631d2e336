"""One point answered: the problem with its changes, from the plan of the problem as it stands.

Every point starts from the same plan and the same basis in a program of its own, whatever was answered before it and
in whichever process: so a report does not depend on how its points were handed out. See docs/decisions/0013. What is
remembered from point to point is how programs were written, which changes nothing of them (0015).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from models.address import apply_changes
from models.config import Config
from models.errors import InvalidDocument, SolverFailure, UnknownAddress
from models.outcome import Outcome
from models.problem.problem import Problem
from models.study.measures import METRICS, figure_in
from models.study.point import Point
from models.study.report import Row, RowStatus
from models.study.spec import Fidelity
from optimizer.arrays.array_program import IncrementalWriter
from optimizer.arrays.compiled import Floats
from optimizer.arrays.program_diff import Named
from optimizer.arrays.solver_arrays import Arrays, Basis
from optimizer.check.score import score
from optimizer.diagnostics.precheck import effective_problem
from optimizer.search.lexicographic import ShouldStop
from optimizer.solving.cold import references
from optimizer.solving.warm import Start, Warm, WarmAnswer

SAYING = ("optimal", "feasible", "infeasible")
"""Endings that say something of a point: a plan, or that there is none."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What all points of a study have in common."""

    problem: Problem
    """With the overrides of the configuration put in."""
    config: Config
    """Without them."""
    measures: tuple[str, ...]
    fidelity: Fidelity


@dataclass(frozen=True, kw_only=True)
class Held:
    """Where every point starts: the plan of the problem as it stands, if it has one, and where its relaxation ended."""

    plan: Floats | None = None
    basis: Basis | None = None


class Answering:
    """Whoever answers points of one study, one after the other."""

    def __init__(self, asked: Asked) -> None:
        """Nothing is formulated before the first point."""
        self._asked = asked
        self._draft = IncrementalWriter()

    def base(self, point: Point, should_stop: ShouldStop | None = None) -> tuple[Row, Held]:
        """The problem as it stands, solved, and what all other points start from."""
        problem, config = self._asked.problem, self._asked.config
        warm = Warm(problem, config, draft=self._draft)
        answers = tuple(warm.answers(problem, config, should_stop=should_stop))
        start = warm.start
        basis = None if start is None or start.basis is None else start.basis.marks
        held = Held(plan=None if start is None else start.plan, basis=basis)
        return self._row(point, problem, config, answers), held

    def point(self, point: Point, held: Held, should_stop: ShouldStop | None = None) -> Row:
        """Any other point: a point that cannot be answered is answered with the reason."""
        config = self._config(point)
        try:
            problem = apply_changes(self._asked.problem, point.changes) if point.changes else self._asked.problem
            return self._row(point, problem, config, self._answer(problem, config, held, should_stop))
        except (InvalidDocument, UnknownAddress) as error:
            return without_plan(self._asked, point, "invalid", str(error))
        except SolverFailure as error:
            return without_plan(self._asked, point, "solver_error", str(error))

    def _answer(
        self, problem: Problem, config: Config, held: Held, should_stop: ShouldStop | None
    ) -> Sequence[WarmAnswer]:
        """All answers, or up to the first that says something of the point where a bound is enough."""
        start = Start(named=self._named, plan=held.plan, basis=held.basis)
        answers: list[WarmAnswer] = []
        warm = Warm(problem, config, start=start, draft=self._draft)
        for answer in warm.answers(problem, config, should_stop=should_stop):
            answers.append(answer)
            if self._asked.fidelity == "bound" and answer.outcome.status in SAYING:
                break
        return answers

    def _config(self, point: Point) -> Config:
        config = self._asked.config
        return config.model_copy(update={"relax": tuple(dict.fromkeys((*config.relax, *point.relax)))})

    @cached_property
    def _named(self) -> Named:
        """The program of the problem as it stands."""
        problem, config = effective_problem(self._asked.problem, self._asked.config), self._asked.config
        compiled = self._draft.formulated(problem, references(problem, config)).compiled
        return Named(compiled=compiled, arrays=Arrays.of(compiled, config.relax))

    def _row(self, point: Point, problem: Problem, config: Config, answers: Sequence[WarmAnswer]) -> Row:
        if not answers:
            return without_plan(self._asked, point, "no_plan_in_limit", "there was no time for an answer")
        outcome = answers[-1].outcome
        first = outcome.objectives[0] if outcome.objectives else None
        return Row(
            point=point,
            status=outcome.status,
            measures=dict(self._measured(problem, config, outcome)),
            bound=None if first is None else first.bound,
            gap=None if first is None else first.gap,
            fidelity="bound" if self._asked.fidelity == "bound" and len(answers) == 1 else "solve",
            reason=getattr(outcome, "reason", None),
        )

    def _measured(self, problem: Problem, config: Config, outcome: Outcome) -> Iterator[tuple[str, float | None]]:
        plan = outcome.plan
        if plan is None:
            yield from dict.fromkeys(self._asked.measures).items()
            return
        sought = {one.metric: one.value for one in outcome.objectives}
        metrics: dict[str, float] = dict(sought.items())
        if any(measure in METRICS and measure not in metrics for measure in self._asked.measures):
            metrics = dict({**score(effective_problem(problem, config), plan, relax=config.relax), **sought}.items())
        weights = _weights(problem)
        for measure in self._asked.measures:
            yield measure, metrics.get(measure) if measure in METRICS else figure_in(plan, measure, weights)


def without_plan(asked: Asked, point: Point, status: RowStatus, reason: str) -> Row:
    """The row of a point that has no plan."""
    return Row(
        point=point,
        status=status,
        measures=dict.fromkeys(asked.measures),
        bound=None,
        gap=None,
        fidelity=asked.fidelity,
        reason=reason,
    )


def _weights(problem: Problem) -> Mapping[str, float]:
    """The probability of each future."""
    equal = 1 / len(problem.scenarios) if problem.scenarios else 1.0
    return {one.id: equal if one.probability is None else one.probability for one in problem.scenarios}
