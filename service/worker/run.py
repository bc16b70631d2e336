"""What happens inside a worker process: the only place of the service where a solve runs, and Pyomo is loaded."""

from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.connection import Connection

import structlog
from sqlalchemy import select

from models.config import Config
from models.errors import ConcordError, SolverFailure
from models.outcome import Outcome
from models.problem.problem import Problem
from models.reading import read_config, read_problem
from service.database.engine import Database
from service.database.records import Allocation, JobStatus
from service.logs import configure_logs
from service.settings import Settings
from service.worker import publish
from service.worker.claims import Claim
from service.worker.pipe import Line
from service.worker.progress_writer import Telling
from service.worker.warm_cache import Warmth
from service.worker.watch import Watch

log = structlog.stdlib.get_logger(__name__)

SMALLEST = {
    "schema": "concord.problem/1",
    "members": [{"id": "a", "resources": {"money": 1}}],
    "theatres": [{"id": "t", "risk": 1}],
    "activities": [{"id": "x", "theatre": "t", "pillar": "other"}],
}


@dataclass(frozen=True, kw_only=True)
class Bench:
    """What a worker process has at hand all its life."""

    database: Database
    line: Line
    warmth: Warmth


_BENCH: list[Bench] = []
"""One, once the process is prepared."""


def prepare(settings: Settings, connection: Connection) -> None:
    """Once in the life of a worker: everything a first solve would otherwise wait for."""
    from optimizer.solving.warm import WarmProblem

    configure_logs(settings)
    problem = read_problem(SMALLEST)
    for _ in WarmProblem(problem).answers(problem, Config()):
        pass
    bench = Bench(database=Database(settings.database), line=Line(connection), warmth=Warmth(settings.warm_memory_mb))
    with bench.database.reading() as session:
        session.execute(select(1))
    _BENCH[:] = [bench]


def ready() -> None:
    """Do nothing: a worker that did it has been prepared."""


def run(claim: Claim) -> None:
    """Solve the problem of a claim and publish how it ended."""
    bench = _BENCH[0]
    if not publish.started(bench.database, claim, now=_now()):
        return
    structlog.contextvars.bind_contextvars(job_id=claim.job_id, attempt=claim.attempt)
    with Watch(bench.database, claim, bench.line) as watch:
        try:
            outcome = _solved(bench, claim, watch)
        except ConcordError as error:
            log.warning("solve_refused", error=repr(error))
            refused = {"code": "solver_error", "message": f"{type(error).__name__}: {error}"}
            publish.failed(bench.database, claim, refused, now=_now())
        except Exception:
            log.exception("solve_failed")
            broken = {
                "code": "internal_error",
                "message": "the solve broke off by a fault of the service; it is logged",
            }
            publish.failed(bench.database, claim, broken, now=_now())
        else:
            if outcome is not None:
                status = _status(outcome, asked_to_stop=watch.stop_asked())
                publish.ended(bench.database, claim, outcome, status, now=_now())
                log.info("solve_ended", outcome=outcome.status)
    bench.line.tell(claim.job_id)
    bench.warmth.settle()


def _solved(bench: Bench, claim: Claim, watch: Watch) -> Outcome | None:
    """The last and best outcome; those before it are told as they come. None when nobody wants it any more."""
    from optimizer import solve

    allocation, problem, config = _load(bench, claim)
    warm, metric = bench.warmth.of(claim.root_id, problem), problem.objectives[0].metric
    if allocation.parent_id is not None:
        warm.restore_plan(allocation.parent_id, claim.root_id)
    with Telling(bench.database, claim, bench.line, metric) as telling:
        last: Outcome | None = None
        try:
            for answer in warm.answers(
                problem,
                config,
                on_progress=telling.tell,
                should_stop=watch.stop_asked,
                is_abandoned=watch.is_unwanted,
            ):
                last = answer.outcome
                if answer.stage != "whole":
                    telling.early(last)
        except SolverFailure:
            log.exception("warm_program_broke")
            bench.warmth.drop(claim.root_id)
            return solve(problem, config, on_progress=telling.tell, should_stop=watch.stop_asked)
    warm.store_plan(allocation.id)
    return None if watch.is_unwanted() else last


def _load(bench: Bench, claim: Claim) -> tuple[Allocation, Problem, Config]:
    with bench.database.reading() as session:
        allocation = session.scalars(select(Allocation).where(Allocation.job_id == claim.job_id)).one()
    if allocation.id == claim.root_id:
        bench.warmth.drop(claim.root_id)  # begun anew after a crash, it is a cold start again
    values = allocation.config
    solver = values["solver"]
    seeded = {**values, "solver": {**solver, "seed": (solver["seed"] + claim.crashes) % 2**31}}
    return allocation, bench.warmth.problem(bench.database, allocation), read_config(seeded)


def _status(outcome: Outcome, *, asked_to_stop: bool) -> JobStatus:
    if asked_to_stop and outcome.status not in {"optimal", "infeasible"}:
        return "cancelled"
    return "succeeded"


def _now() -> datetime:
    return datetime.now(UTC)
