"""What happens inside a worker process: the only place of the service where a solve runs, and Pyomo is loaded."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache

import structlog
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from models.config import Config
from models.errors import ConcordError
from models.outcome import Outcome, Progress
from models.problem.problem import Problem
from models.reading import read_config, read_problem
from service.database.engine import Database
from service.database.records import Allocation, JobStatus, SolvedProblem
from service.logs import configure_logs
from service.settings import Settings
from service.worker import publish
from service.worker.claims import Claim
from service.worker.watch import Watch

log = structlog.stdlib.get_logger(__name__)

NEWS_EVERY_S, SIGN_OF_LIFE_EVERY_S = 0.25, 2.0
"""Progress is told at most this often, so that a lively solve does not become a queue of writes."""

SMALLEST = {
    "schema": "concord.problem/1",
    "members": [{"id": "a", "resources": {"money": 1}}],
    "theatres": [{"id": "t", "risk": 1}],
    "activities": [{"id": "x", "theatre": "t", "pillar": "other"}],
}


def prepare(settings: Settings) -> None:
    """Once in the life of a worker: everything a first solve would otherwise wait for."""
    from optimizer import solve

    configure_logs(settings)
    solve(read_problem(SMALLEST), Config())
    with _database(settings.database).reading() as session:
        session.execute(select(1))


def ready() -> None:
    """Do nothing: a worker that did it has been prepared."""


def run(url: str, claim: Claim) -> None:
    """Solve the problem of a claim and publish how it ended."""
    from optimizer import solve

    database = _database(url)
    if not publish.started(database, claim, now=_now()):
        return
    structlog.contextvars.bind_contextvars(job_id=claim.job_id, attempt=claim.attempt)
    problem, config = _load(database, claim)
    with Watch(database, claim) as watch:
        try:
            outcome = solve(problem, config, on_progress=_telling(database, claim), should_stop=watch.stop_asked)
        except ConcordError as error:
            log.warning("solve_refused", error=repr(error))
            refused = {"code": "solver_error", "message": f"{type(error).__name__}: {error}"}
            publish.failed(database, claim, refused, now=_now())
            return
        except Exception:
            log.exception("solve_failed")
            broken = {
                "code": "internal_error",
                "message": "the solve broke off by a fault of the service; it is logged",
            }
            publish.failed(database, claim, broken, now=_now())
            return
    publish.ended(database, claim, outcome, _status(outcome, asked_to_stop=watch.stop_asked()), now=_now())
    log.info("solve_ended", outcome=outcome.status)


def _status(outcome: Outcome, *, asked_to_stop: bool) -> JobStatus:
    if asked_to_stop and outcome.status not in {"optimal", "infeasible"}:
        return "cancelled"
    return "succeeded"


def _load(database: Database, claim: Claim) -> tuple[Problem, Config]:
    with database.reading() as session:
        document, values = session.execute(
            select(SolvedProblem.document, Allocation.config)
            .join(Allocation, Allocation.problem_key == SolvedProblem.key)
            .where(Allocation.job_id == claim.job_id)
        ).one()
    solver = values["solver"]
    seeded = {**values, "solver": {**solver, "seed": (solver["seed"] + claim.crashes) % 2**31}}
    return read_problem(document), read_config(seeded)


def _telling(database: Database, claim: Claim) -> Callable[[Progress], None]:
    last: Progress | None = None

    def tell(progress: Progress) -> None:
        nonlocal last
        if last is not None and not _is_worth_telling(progress, last):
            return
        last = progress
        try:
            publish.incumbent(database, claim, progress, now=_now())
        except OperationalError:
            log.warning("progress_not_told")

    return tell


def _is_worth_telling(progress: Progress, last: Progress) -> bool:
    since = progress.elapsed_s - last.elapsed_s
    is_news = (progress.metric, progress.incumbent, progress.bound) != (last.metric, last.incumbent, last.bound)
    return since >= (NEWS_EVERY_S if is_news else SIGN_OF_LIFE_EVERY_S)


@cache
def _database(url: str) -> Database:
    return Database(url)


def _now() -> datetime:
    return datetime.now(UTC)
