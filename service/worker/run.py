"""Functions that run inside a worker process, the only process of the service that solves."""

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
from optimizer.data.effective_objectives import effective_objectives, first_objectives
from service.database.engine import Database
from service.database.records import Allocation, JobStatus
from service.logs import configure_logs
from service.settings import Settings
from service.worker import publish
from service.worker.claims import Claim
from service.worker.known_plans import known_plans
from service.worker.pipe import WorkerPipe
from service.worker.progress_writer import ProgressWriter
from service.worker.warm_cache import WarmCache
from service.worker.watch import Watch

log = structlog.stdlib.get_logger(__name__)

SMALLEST_PROBLEM = {
    "schema": "concord.problem/1",
    "members": [{"id": "a", "resources": {"money": 1}}],
    "theatres": [{"id": "t", "risk": 1}],
    "activities": [{"id": "x", "theatre": "t", "pillar": "other"}],
}


@dataclass(frozen=True, kw_only=True)
class WorkerState:
    """What a worker process keeps during its whole life."""

    database: Database
    pipe: WorkerPipe
    cache: WarmCache


_STATE: list[WorkerState] = []
"""Exactly one item after `prepare`."""


def prepare(settings: Settings, connection: Connection) -> None:
    """Initialise the worker: load the solver, open the database and the pipe, so that the first solve waits for none.

    Pebble calls it once per process.
    """
    from optimizer.solving.warm import WarmProblem

    configure_logs(settings)
    problem = read_problem(SMALLEST_PROBLEM)
    for _ in WarmProblem(problem).answers(problem, Config()):
        pass
    state = WorkerState(
        database=Database(settings.database),
        pipe=WorkerPipe(connection),
        cache=WarmCache(settings.warm_memory_mb),
    )
    with state.database.reading() as session:
        session.execute(select(1))
    _STATE[:] = [state]


def confirm_prepared() -> None:
    """Do nothing. When this task completes, `prepare` has completed."""


def run(claim: Claim) -> None:
    """Solve the problem of a claim and publish the outcome or the error."""
    state = _STATE[0]
    if not publish.start(state.database, claim, now=_now()):
        return
    structlog.contextvars.bind_contextvars(job_id=claim.job_id, attempt=claim.attempt)
    with Watch(state.database, claim, state.pipe) as watch:
        try:
            outcome = _solve(state, claim, watch)
        except ConcordError as error:
            log.warning("solve_refused", error=repr(error))
            refused = {"code": "solver_error", "message": f"{type(error).__name__}: {error}"}
            publish.failure(state.database, claim, refused, now=_now())
        except Exception:
            log.exception("solve_failed")
            broken = {
                "code": "internal_error",
                "message": "an internal error ended the solve; the log of the service has the details",
            }
            publish.failure(state.database, claim, broken, now=_now())
        else:
            if outcome is not None:
                status = _status(outcome, was_stopped=watch.should_stop())
                publish.final_outcome(state.database, claim, outcome, status, now=_now())
                log.info("solve_ended", outcome=outcome.status)
    state.pipe.notify(claim.job_id)
    state.cache.evict()


def _solve(state: WorkerState, claim: Claim, watch: Watch) -> Outcome | None:
    """Return the final outcome, or None if the claim is void by then. Publishes every earlier answer as interim."""
    from optimizer import solve

    allocation, problem, config = _load(state, claim)
    warm = state.cache.program(claim.root_id, problem)
    first = first_objectives(effective_objectives(problem))
    if allocation.parent_id is not None:
        warm.restore_plan(allocation.parent_id, claim.root_id)
    known = known_plans(state.database, allocation, warm)
    with ProgressWriter(state.database, claim, state.pipe, tuple(one.metric for one in first)) as writer:
        last: Outcome | None = None
        try:
            for answer in warm.answers(
                problem,
                config,
                on_progress=writer.update,
                should_stop=watch.should_stop,
                is_abandoned=watch.is_claim_void,
                start=known.start,
                known=known.others,
            ):
                last = answer.outcome
                if answer.stage != "whole":
                    writer.write_interim_outcome(last)
        except SolverFailure:
            log.exception("warm_program_broke")
            state.cache.discard(claim.root_id)
            best = known.start if last is None or last.plan is None else last.plan
            return solve(problem, config, on_progress=writer.update, should_stop=watch.should_stop, start=best)
    warm.store_plan(allocation.id)
    return None if watch.is_claim_void() else last


def _load(state: WorkerState, claim: Claim) -> tuple[Allocation, Problem, Config]:
    """Return the allocation, its problem and its config; every earlier crash adds 1 to the seed."""
    with state.database.reading() as session:
        allocation = session.scalars(select(Allocation).where(Allocation.job_id == claim.job_id)).one()
    if allocation.id == claim.root_id:
        state.cache.discard(claim.root_id)  # a root allocation is always a cold start, also after a crash
    values = allocation.config
    solver = values["solver"]
    seeded = {**values, "solver": {**solver, "seed": (solver["seed"] + claim.crashes) % 2**31}}
    return allocation, state.cache.problem(state.database, allocation), read_config(seeded)


def _status(outcome: Outcome, *, was_stopped: bool) -> JobStatus:
    if was_stopped and outcome.status not in {"optimal", "infeasible"}:
        return "cancelled"
    return "succeeded"


def _now() -> datetime:
    return datetime.now(UTC)
