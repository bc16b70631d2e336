"""Writes the progress of a running solve to the database at least twice a second, in as few rows as possible."""

from datetime import UTC, datetime
from threading import Condition, Thread
from time import monotonic
from types import TracebackType
from typing import Self

import structlog
from sqlalchemy.exc import OperationalError

from models.outcome import Outcome, Progress, first_result
from models.problem.objective import Metric
from service.database.engine import Database
from service.worker import publish
from service.worker.claims import Claim
from service.worker.pipe import WorkerPipe

log = structlog.stdlib.get_logger(__name__)

MIN_INTERVAL_S, HEARTBEAT_S = 0.25, 0.45
"""Seconds between two writes: `MIN_INTERVAL_S` if the figures changed, so that frequent incumbents do not queue up
writes; `HEARTBEAT_S` if they did not. The elapsed time is thus written at least twice a second."""


class ProgressWriter:
    """Context manager that writes progress events in its own thread, so the solver never waits for the database."""

    def __init__(self, database: Database, claim: Claim, pipe: WorkerPipe, metrics: tuple[Metric, ...]) -> None:
        """Prepare the thread; `__enter__` starts it. `metrics` are those of the objectives of the first priority."""
        self._database, self._claim, self._pipe = database, claim, pipe
        self._changed = Condition()
        self._latest = Progress(
            metric=metrics[0],
            metrics=metrics,
            incumbent=None,
            bound=None,
            proven=None,
            gap=None,
            nodes=0,
            elapsed_s=0,
        )
        self._updated_at = self._written_at = monotonic()
        self._written: Progress | None = None
        self._event_id: int | None = None
        self._is_over = False
        self._thread = Thread(target=self._work, name="progress", daemon=True)

    def update(self, progress: Progress) -> None:
        """Store the latest progress for the next write. Progress callback of the solver; returns at once."""
        with self._changed:
            self._latest, self._updated_at = progress, monotonic()
            self._changed.notify()

    def write_interim_outcome(self, outcome: Outcome) -> None:
        """Publish a plan while the solve continues. Returns after the write."""
        with self._changed:
            self._latest = progress_of(outcome, self._now())
            self._updated_at = monotonic()
            self._event_id = None
            publish.interim_outcome(self._database, self._claim, outcome, self._latest, now=datetime.now(UTC))
            self._written, self._written_at = self._latest, monotonic()
        self._pipe.notify(self._claim.job_id)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with self._changed:
            self._is_over = True
            self._changed.notify()
        self._thread.join()

    def _now(self) -> Progress:
        """Return the latest progress with the elapsed time extended to now."""
        elapsed_s = self._latest.elapsed_s + monotonic() - self._updated_at
        return self._latest.model_copy(update={"elapsed_s": elapsed_s})

    def _work(self) -> None:
        with self._changed:
            while not self._is_over:
                wait_s = self._written_at + self._interval_s() - monotonic()
                if wait_s > 0:
                    self._changed.wait(wait_s)
                else:
                    self._write()

    def _interval_s(self) -> float:
        return MIN_INTERVAL_S if has_new_figures(self._latest, self._written) else HEARTBEAT_S

    def _write(self) -> None:
        progress = self._now()
        is_same_plan = self._written is not None and plan_figures(progress) == plan_figures(self._written)
        try:
            replaced = self._event_id if is_same_plan else None
            now = datetime.now(UTC)
            self._event_id = publish.incumbent(self._database, self._claim, progress, replaced, now=now)
        except OperationalError:
            log.warning("progress_not_written")
        self._written, self._written_at = progress, monotonic()
        self._pipe.notify(self._claim.job_id)


def has_new_figures(progress: Progress, last: Progress | None) -> bool:
    """Return whether the incumbent, a bound or the priority differs from the last written progress."""
    return last is not None and figures(progress) != figures(last)


def figures(progress: Progress) -> tuple[object, ...]:
    """Return metrics, incumbent and both bounds."""
    return *plan_figures(progress), progress.bound, progress.proven


def plan_figures(progress: Progress) -> tuple[tuple[Metric, ...], float | None]:
    """Return metrics and incumbent."""
    return progress.metrics, progress.incumbent


def progress_of(outcome: Outcome, now: Progress) -> Progress:
    """Return the first priority of an outcome as progress, with nodes and elapsed time from `now`."""
    first = first_result(outcome)
    if first is None:
        return now
    return Progress(
        metric=first.metrics[0],
        metrics=first.metrics,
        incumbent=first.value,
        bound=first.bound,
        proven=first.proven,
        gap=first.gap,
        nodes=now.nodes,
        elapsed_s=now.elapsed_s,
    )
