"""The dispatcher thread: claims jobs, submits them to worker processes, renews leases, kills runs that do not end."""

import signal
from collections.abc import Callable, Collection
from concurrent.futures import TimeoutError as KilledAtLimit
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Event, Thread
from time import monotonic
from uuid import uuid4

import structlog
from pebble import ProcessExpired, ProcessFuture
from sqlalchemy.exc import DBAPIError

from service.database.engine import Database
from service.settings import Settings
from service.worker import claims, publish
from service.worker.claims import Claim, ClaimFilter
from service.worker.job_notifications import JobNotifications
from service.worker.pool import PoolState, Result
from service.worker.sticky_processes import ProcessSlot, StickyProcesses

log = structlog.stdlib.get_logger(__name__)

POLL_INTERVAL_S = 0.5
"""Seconds between polls of the database. A job accepted or ended in this process wakes the thread at once."""
STOPPED_FROM_OUTSIDE = (signal.SIGTERM, -signal.SIGTERM, -signal.SIGINT)
"""Exit codes of a process that an operator stopped, for example with the whole service. They are no crash.

Pebble's handler of SIGTERM exits with the number of the signal."""
VOID_GRACE_S = 5
"""Seconds that a run with a void claim may take to stop. Its plan cannot be published, so the wait is short."""


@dataclass(kw_only=True)
class _Run:
    claim: Claim
    future: ProcessFuture[None]
    slot: ProcessSlot
    stop_since: datetime | None = None
    """Time at which the run was cancelled or its claim was found void."""


class Dispatcher:
    """Runs jobs of the database in worker processes, one job per process slot at a time."""

    def __init__(self, settings: Settings, database: Database) -> None:
        """Create the dispatcher; `start` starts its thread and processes."""
        self._settings, self._database = settings, database
        self._owner = uuid4().hex
        self._lease = timedelta(seconds=settings.lease_s)
        self._runs: dict[str, _Run] = {}
        self.notifications = JobNotifications()
        self._processes = StickyProcesses(settings, self.notifications.notify)
        self._wake, self._closing = Event(), Event()
        self._thread = Thread(target=self._work, name="dispatcher", daemon=True)
        self._renewed_at: datetime | None = None

    @property
    def state(self) -> PoolState:
        """Whether worker processes can solve."""
        return self._processes.state

    def start(self) -> None:
        """Start the processes and the thread."""
        self._processes.start()
        self._thread.start()

    def wake(self) -> None:
        """Make the thread poll now, because there is a job to claim or to stop."""
        self._wake.set()

    def notify(self, *job_ids: str) -> None:
        """Notify the requests that wait for these jobs, and wake the thread."""
        for job_id in job_ids:
            self.notifications.notify(job_id)
        self._wake.set()

    def run_side_task(self, task: Callable[..., Result], *args: object, limit_s: float) -> "ProcessFuture[Result]":
        """Run a short task without a claim in a worker process. Raises `RuntimeError` if there are no processes."""
        return self._processes.run_side_task(task, *args, limit_s=limit_s)

    def stop(self) -> None:
        """Claim no more jobs, wait `shutdown_grace_s`, return running jobs to the queue, and end the processes."""
        self._closing.set()
        self._wake.set()
        self._thread.join()

    def _work(self) -> None:
        while not self._closing.is_set():
            self._wake.clear()
            self._cycle(claim_jobs=True)
            self._wake.wait(POLL_INTERVAL_S)
        until = monotonic() + self._settings.shutdown_grace_s
        while self._runs and monotonic() < until:
            self._wake.clear()
            self._cycle(claim_jobs=False)
            if self._runs:
                self._wake.wait(POLL_INTERVAL_S)
        self._shut_down()

    def _cycle(self, *, claim_jobs: bool) -> None:
        try:
            self._processes.maintain()
            self._collect_finished()
            self._supervise()
            if claim_jobs:
                self._claim_jobs()
        except DBAPIError as error:
            log.error("database_failed", error=str(error.orig))  # noqa: TRY400  (a state of the disk, not of the code)
        except Exception:
            # The thread must survive every error. A job that it lost is free again when its lease expires.
            log.exception("dispatcher_failed")

    def _claim_jobs(self) -> None:
        free = self._processes.free_slots
        if not free:
            return
        with self._database.writing() as session:
            claim_filter = ClaimFilter(
                limit=len(free), excluded_roots=self._stopping_roots(), excluded_jobs=self._runs.keys()
            )
            claimed = claims.claim_jobs(session, claim_filter, owner=self._owner, now=_now(), lease=self._lease)
        for claim, slot in self._processes.assign(claimed):
            try:
                future = self._processes.submit(claim, slot)
            except RuntimeError:
                log.exception("workers_broke")
                self._requeue([claim.job_id])
                continue
            future.add_done_callback(lambda _: self._wake.set())
            self._runs[claim.job_id] = _Run(claim=claim, future=future, slot=slot)

    def _stopping_roots(self) -> list[str]:
        """Return the roots whose slot becomes free soon, because its run is stopping. Their jobs wait for that slot."""
        slots = [run.slot for run in self._runs.values() if run.stop_since is not None]
        return self._processes.roots_of(slots) if slots else []

    def _supervise(self) -> None:
        """Renew the leases. Stop runs that are cancelled or whose claim is void; kill those that do not stop."""
        if not self._runs:
            return
        now = _now()
        if self._must_renew(now):
            with self._database.writing() as session:
                claims.renew_leases(session, self._owner, self._runs.keys(), until=now + self._lease)
            self._renewed_at = now
        with self._database.reading() as session:
            requests = claims.cancel_requests(session, self._owner)
        for job_id, run in self._runs.items():
            if job_id in requests and requests[job_id] is None:
                continue
            if run.stop_since is None:
                run.stop_since = requests.get(job_id) or now
                run.slot.pool.request_stop((job_id, run.claim.attempt))
            grace_s = self._settings.cancel_grace_s if job_id in requests else VOID_GRACE_S
            if now - run.stop_since > timedelta(seconds=grace_s):
                log.warning("worker_killed", job_id=job_id, why="the run did not stop on request")
                run.future.cancel()  # type: ignore[no-untyped-call]

    def _must_renew(self, now: datetime) -> bool:
        """Return whether a third of the lease has passed.

        By the clock that leases use: the monotonic clock stops while the machine sleeps, and leases expire meanwhile.
        """
        return self._renewed_at is None or not timedelta() <= now - self._renewed_at <= self._lease / 3

    def _collect_finished(self) -> None:
        """Remove the runs that have ended. A run that ended normally has published its result itself."""
        for run in [run for run in self._runs.values() if run.future.done()]:
            del self._runs[run.claim.job_id]
            self._record_end(run)

    def _record_end(self, run: _Run) -> None:
        now = _now()
        if run.future.cancelled():
            publish.cancellation(self._database, run.claim, now=now)
            self.notify(run.claim.job_id)
            return
        match run.future.exception():
            case None:
                pass
            case KilledAtLimit():
                log.warning("worker_killed", job_id=run.claim.job_id, why="the run exceeded its time limit")
                error = {
                    "code": "killed_at_limit",
                    "message": f"the solve did not end within {self._settings.kill_grace_s:g} s after its time limit "
                    f"of {run.claim.time_limit_s:g} s, so its process was killed",
                }
                publish.failure(self._database, run.claim, error, now=now)
            case BrokenProcessPool():
                self._requeue([run.claim.job_id])
            case ProcessExpired(exitcode=code) if code in STOPPED_FROM_OUTSIDE:
                self._requeue([run.claim.job_id])
            case DBAPIError():  # the run could not publish: this says nothing about the solve
                log.warning("run_not_published", job_id=run.claim.job_id)
                self._requeue([run.claim.job_id])
            case ProcessExpired() as error:
                log.warning("worker_died", job_id=run.claim.job_id, exit_code=error.exitcode)
                publish.crash(self._database, run.claim, f"exit code {error.exitcode}", now=now)
            case error:
                log.error("worker_failed", job_id=run.claim.job_id, error=repr(error))
                publish.crash(self._database, run.claim, type(error).__name__, now=now)
        self.notify(run.claim.job_id)

    def _shut_down(self) -> None:
        try:
            self._collect_finished()
            self._requeue(self._runs.keys())
        except DBAPIError:
            log.exception("database_failed")  # the jobs are free again when their leases expire
        finally:
            self._processes.stop()

    def _requeue(self, job_ids: Collection[str]) -> None:
        with self._database.writing() as session:
            claims.release(session, self._owner, job_ids)


def _now() -> datetime:
    return datetime.now(UTC)
