"""The facade: a problem and a configuration in, an outcome out."""

from collections.abc import Mapping
from dataclasses import dataclass
from time import perf_counter

from models.config import Config
from models.errors import SolverFailure
from models.ids import ScenarioId
from models.outcome import Outcome
from models.problem.problem import Problem
from optimizer.arrays.compiled import CompiledProgram, WrittenProgram, formulated
from optimizer.arrays.priorities import priorities_of
from optimizer.arrays.solver_arrays import Arrays
from optimizer.data.effective_objectives import effective_objectives
from optimizer.diagnostics.precheck import effective_problem, single_scenario_problem
from optimizer.formulation.families import Program, assemble
from optimizer.outcome.report import Report
from optimizer.search.lexicographic import Finished, Lexicographic, OnProgress, ShouldStop
from optimizer.search.uniform_start import opening
from optimizer.solver.engine import Engine


def solve(
    problem: Problem,
    config: Config | None = None,
    *,
    on_progress: OnProgress | None = None,
    should_stop: ShouldStop | None = None,
) -> Outcome:
    """The best plan for `problem` under `config`, with its proof, or why there is none.

    `on_progress` is told of the running solve several times a second; `should_stop` is asked as often, and a solve
    that is stopped keeps the best plan so far. Raises `InvalidDocument` if the problem (with the overrides of the
    configuration) cannot be solved as it stands.
    """
    config = config or Config()
    started = perf_counter()
    solving = _Solve(submitted=problem, problem=effective_problem(problem, config), config=config, started=started)
    return solving.run(on_progress, should_stop)


def formulate(problem: Problem, config: Config) -> Program:
    """The program of a problem that is `planned`; regret is measured against what each future could reach at best."""
    return assemble(problem, references(problem, config))


class NoReference(SolverFailure):
    """The time was up before it was proven what a future could reach at best: its regret is not known."""


def references(problem: Problem, config: Config, should_stop: ShouldStop | None = None) -> dict[ScenarioId, float]:
    """What each future of a problem that is `planned` could reach at best, where regret is measured against it."""
    return _Solve(submitted=problem, problem=problem, config=config, started=perf_counter()).bests(should_stop)


@dataclass(frozen=True, kw_only=True)
class _Solve:
    submitted: Problem
    problem: Problem
    config: Config
    started: float

    def run(self, on_progress: OnProgress | None, should_stop: ShouldStop | None) -> Outcome:
        began = perf_counter()
        try:
            bests = self.bests(should_stop)
        except NoReference as missing:
            return self._without_reference(missing)
        formulating = perf_counter()
        built = formulated(self.problem, bests)
        solving = perf_counter()
        report = self._report(built)
        references_s = formulating - began
        try:
            finished = self._optimise(built.compiled, bests, on_progress, should_stop)
        except SolverFailure as failure:
            return report.solver_error(str(failure), references_s + perf_counter() - solving)
        return report.outcome(finished, references_s + perf_counter() - solving)

    def _optimise(
        self,
        compiled: CompiledProgram,
        bests: Mapping[ScenarioId, float],
        on_progress: OnProgress | None,
        should_stop: ShouldStop | None,
    ) -> Finished:
        lexicographic = Lexicographic(
            engine=Engine(Arrays.of(compiled, self.config.relax), self.config.solver),
            levels=priorities_of(effective_objectives(self.problem), compiled),
            config=self.config.solver,
            started=self.started,
            on_progress=on_progress,
            should_stop=should_stop,
        )
        return lexicographic.solve(opening(self.problem, compiled, self.config, bests, lexicographic))

    def _without_reference(self, missing: NoReference) -> Outcome:
        """No time was left for what regret is measured against, so none for the problem itself."""
        built = formulated(self.problem, {})
        nothing = Finished(ending="limit", values=None, levels=())
        return self._report(built).outcome(nothing, perf_counter() - self.started, unfinished=str(missing))

    def _report(self, built: WrittenProgram) -> Report:
        return Report(submitted=self.submitted, problem=self.problem, config=self.config, built=built)

    def bests(self, should_stop: ShouldStop | None) -> dict[ScenarioId, float]:
        """z*: what each future could reach if it were certain, nothing relaxed (T15); none where no regret is asked."""
        if self.problem.criterion.type != "regret":
            return {}
        return {scenario.id: self._best(scenario.id, should_stop) for scenario in self.problem.scenarios}

    def _best(self, scenario: ScenarioId, should_stop: ShouldStop | None) -> float:
        """What one future could reach; 0 where nothing is possible in it (then nothing is in all of them together)."""
        alone = single_scenario_problem(
            self.problem, scenario, criterion={"type": "expected"}, objectives=[{"metric": "risk_reduction"}]
        )
        config = self.config.model_copy(update={"relax": ()})
        reference = _Solve(submitted=alone, problem=alone, config=config, started=self.started)
        outcome = reference.run(None, should_stop)
        if outcome.status not in ("optimal", "infeasible"):
            raise NoReference(f"what {scenario} could reach at best, which regret is measured against, was not proven")
        return outcome.objectives[0].value if outcome.objectives else 0.0
