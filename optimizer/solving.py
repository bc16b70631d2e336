"""The facade: a problem and a configuration in, an outcome out."""

from dataclasses import dataclass
from time import perf_counter

from models.address import apply_overrides
from models.config import Config
from models.errors import InvalidDocument, SolverFailure
from models.outcome import Outcome
from models.problem.problem import Problem
from optimizer import engine
from optimizer.assemble import assemble
from optimizer.compile import Compiled, compile_program, relaxed
from optimizer.lexicographic import Finished, Lexicographic, OnProgress, ShouldStop, levels_of
from optimizer.precheck import precheck
from optimizer.report import Report


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
    problem = apply_overrides(problem, config.overrides) if config.overrides else problem
    issues = precheck(problem, config)
    if issues:
        raise InvalidDocument(issues)
    return _Solve(problem=problem, config=config, started=started).run(on_progress, should_stop)


@dataclass(frozen=True, kw_only=True)
class _Solve:
    problem: Problem
    config: Config
    started: float

    def run(self, on_progress: OnProgress | None, should_stop: ShouldStop | None) -> Outcome:
        formulating = perf_counter()
        program = assemble(self.problem)
        compiling = perf_counter()
        compiled = compile_program(program)
        solving = perf_counter()
        report = Report(
            problem=self.problem,
            config=self.config,
            compiled=compiled,
            formulate_s=compiling - formulating,
            compile_s=solving - compiling,
        )
        try:
            finished = self._optimise(compiled, on_progress, should_stop)
        except SolverFailure as failure:
            return report.broken(str(failure), perf_counter() - solving)
        return report.outcome(finished, perf_counter() - solving)

    def _optimise(
        self, compiled: Compiled, on_progress: OnProgress | None, should_stop: ShouldStop | None
    ) -> Finished:
        bounds = relaxed(compiled, self.config.relax)
        loaded = engine.Engine(
            engine.Arrays(
                matrix=compiled.matrix,
                row_lower=bounds.row_lower,
                row_upper=bounds.row_upper,
                column_lower=compiled.column_lower,
                column_upper=bounds.column_upper,
                integer=compiled.integer,
            ),
            self.config.solver,
        )
        return Lexicographic(
            engine=loaded,
            levels=levels_of(self.problem.objectives, compiled),
            config=self.config.solver,
            started=self.started,
            on_progress=on_progress,
            should_stop=should_stop,
        ).solve()
