"""Runs a study: an analysis asks for points, an executor solves them, until the analysis has its findings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from time import perf_counter
from typing import Any

from models.digest import problem_digest
from models.problem.problem import Problem
from models.study.reading import based_on, read_spec, require_fitting
from models.study.report import Findings, Row, StudyProgress, StudyReport, StudyTiming
from models.study.spec import Spec
from optimizer.diagnostics.precheck import effective_problem
from optimizer.outcome.versions import VERSIONS
from optimizer.search.time_budget import ShouldStop
from optimizer.studies.analyses.analyses import next_round, points, summary
from optimizer.studies.execution.executor import Executor, Serial
from optimizer.studies.execution.point_solver import StudyBase
from optimizer.studies.execution.workers import Workers

WORKERS = 2
"""Number of worker processes by default."""
OnStudyProgress = Callable[[StudyProgress], None]


@dataclass(frozen=True)
class Study:
    """A finished study."""

    report: StudyReport

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Every point as a flat object: number, value on each axis, status, bounds, gaps, and every measure."""
        return [_flat(row) for row in self.report.rows]

    def to_pandas(self) -> Any:  # noqa: ANN401  (a DataFrame; pandas is not required)
        """The rows as a `pandas.DataFrame`; raises `ModuleNotFoundError` if pandas is not installed."""
        return import_module("pandas").DataFrame(self.rows)


def study(
    problem: Problem,
    spec: Spec | Mapping[str, Any],
    *,
    workers: int = WORKERS,
    on_progress: OnStudyProgress | None = None,
    should_stop: ShouldStop | None = None,
) -> Study:
    """Answer a question about `problem` by many solves; `spec` is a document of schema `concord.study/1`.

    The key `schema` may be left out. With one worker the points are solved in this process. The report is the same
    for any number of workers, except for its timing and for points that the time limit cuts short. `should_stop` is
    asked several times a second; a study that is stopped reports the points that it has. Raises `InvalidDocument` if
    the study or the problem is invalid.
    """
    read = read_spec({"schema": "concord.study/1", **spec}) if isinstance(spec, Mapping) else spec
    require_fitting(read, problem)
    running = _Running(problem=problem, spec=read, workers=workers, on_progress=on_progress)
    with running.executor(should_stop) as executor:
        return running.run(executor)


@dataclass(frozen=True, kw_only=True)
class _Running:
    problem: Problem
    spec: Spec
    workers: int
    on_progress: OnStudyProgress | None

    def executor(self, should_stop: ShouldStop | None) -> Executor:
        config = self.spec.config.model_copy(update={"overrides": {}})
        base = based_on(self.problem, self.spec)
        effective_problem(base, config)  # refuse what cannot be solved before any process starts
        shared = StudyBase(problem=base, config=config, measures=self._measures(base), fidelity=self.spec.fidelity)
        return Serial(shared, should_stop) if self.workers == 1 else Workers(shared, self.workers, should_stop)

    def run(self, executor: Executor) -> Study:
        """Solve round after round, until the analysis has its findings or no more rows come."""
        began = perf_counter()
        base = based_on(self.problem, self.spec)
        known = len(points(self.spec, base))
        rows: dict[int, Row] = {}
        while True:
            in_order = [rows[number] for number in sorted(rows)]
            wanted = next_round(self.spec, base, in_order)
            if not isinstance(wanted, tuple):
                return self._study(in_order, wanted, began, is_complete=True)
            before = len(rows)
            found = executor.rows(wanted) if rows else filter(None, (executor.base(wanted[0]),))
            for row in found:
                rows[row.point.number] = row
                self._report_progress(len(rows), known, began)
            if len(rows) - before < len(wanted):
                in_order = [rows[number] for number in sorted(rows)]
                return self._study(in_order, summary(self.spec, base, in_order), began, is_complete=False)

    def _measures(self, base: Problem) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.spec.measures or (one.metric for one in base.objectives)))

    def _report_progress(self, answered: int, known: int, began: float) -> None:
        if self.on_progress is not None:
            self.on_progress(StudyProgress(answered=answered, points=known, elapsed_s=perf_counter() - began))

    def _study(self, rows: list[Row], findings: Findings, began: float, *, is_complete: bool) -> Study:
        report = StudyReport(
            schema_="concord.study_report/1",
            study=self.spec,
            problem_digest=problem_digest(self.problem),
            versions=VERSIONS,
            is_complete=is_complete,
            points=len(points(self.spec, based_on(self.problem, self.spec))),
            rows=tuple(rows),
            findings=findings,
            timing=StudyTiming(total_s=perf_counter() - began, workers=self.workers),
        )
        return Study(report)


def _flat(row: Row) -> dict[str, Any]:
    return {
        "point": row.point.number,
        **row.point.at,
        "status": row.status,
        "bound": row.bound,
        "proven": row.proven,
        "gap": row.gap,
        "proven_gap": row.proven_gap,
        **row.measures,
    }
