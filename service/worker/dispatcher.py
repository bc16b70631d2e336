"""The thread that brings jobs and processes together: takes, hands over, keeps leases, kills what does not end."""

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
from service.worker.claims import Claim, Wanted
from service.worker.job_notifications import News
from service.worker.pool import PoolState, Result
from service.worker.sticky_processes import Lane, Lanes

log = structlog.stdlib.get_logger(__name__)

LOOK_EVERY_S = 0.5
"""How often it looks by itself; a job that is accepted here, or ends here, wakes it at once."""
VOID_GRACE_S = 5
"""How long a run may go on whose job was removed or taken by somebody else: there is no plan to wait for."""


@dataclass(kw_only=True)
class _Run:
    claim: Claim
    future: ProcessFuture[None]
    lane: Lane
    unwanted_since: datetime | None = None
    """Since when it has been cancelled, or its claim void."""


class Dispatcher:
    """Runs jobs of the database in processes of its own, one in each lane at a time."""

    def __init__(self, settings: Settings, database: Database) -> None:
        """Start nothing yet."""
        self._settings, self._database = settings, database
        self._owner = uuid4().hex
        self._lease = timedelta(seconds=settings.lease_s)
        self._runs: dict[str, _Run] = {}
        self.news = News()
        self._lanes = Lanes(settings, self.news.tell)
        self._wake, self._closing = Event(), Event()
        self._thread = Thread(target=self._work, name="dispatcher", daemon=True)
        self._renewed_at = 0.0

    @property
    def state(self) -> PoolState:
        """Whether there are processes to solve."""
        return self._lanes.state

    def start(self) -> None:
        """Start the processes, prepare them, and take jobs."""
        self._lanes.start()
        self._thread.start()

    def wake(self) -> None:
        """There is a job to take, or one to stop: do not wait for the next look."""
        self._wake.set()

    def tell(self, *job_ids: str) -> None:
        """Something of these jobs was written: whoever waits for one looks now, and so does this thread."""
        for job_id in job_ids:
            self.news.tell(job_id)
        self._wake.set()

    def lend(self, errand: Callable[..., Result], *args: object, limit_s: float) -> "ProcessFuture[Result]":
        """Have a process do something small that is no job; raises `RuntimeError` when there are no processes."""
        return self._lanes.lend(errand, *args, limit_s=limit_s)

    def stop(self) -> None:
        """Take no more jobs; give running ones their grace, then back to the queue; end the processes."""
        self._closing.set()
        self._wake.set()
        self._thread.join()

    def _work(self) -> None:
        while not self._closing.is_set():
            self._wake.clear()
            self._attend(taking=True)
            self._wake.wait(LOOK_EVERY_S)
        until = monotonic() + self._settings.shutdown_grace_s
        while self._runs and monotonic() < until:
            self._wake.clear()
            self._attend(taking=False)
            if self._runs:
                self._wake.wait(LOOK_EVERY_S)
        self._let_go()

    def _attend(self, *, taking: bool) -> None:
        try:
            self._lanes.tend()
            self._settle()
            self._keep()
            if taking:
                self._take()
        except Exception:
            # The thread must outlive anything: a job that was lost hold of is free again when its lease expires.
            log.exception("dispatcher_failed")

    def _take(self) -> None:
        free = self._lanes.free
        if not free:
            return
        with self._database.writing() as session:
            wanted = Wanted(most=len(free), not_of=self._clearing())
            taken = claims.claim(session, wanted, owner=self._owner, now=_now(), lease=self._lease)
        for claim, lane in self._lanes.assign(taken):
            if claim.attempt > claims.MAX_ATTEMPTS:
                error = {"code": "solver_error", "message": f"given up after {claims.MAX_ATTEMPTS} attempts"}
                publish.failed(self._database, claim, error, now=_now())
                self.news.tell(claim.job_id)
                continue
            try:
                future = self._lanes.submit(claim, lane)
            except RuntimeError:
                log.exception("workers_broke")
                self._give_back([claim.job_id])
                continue
            future.add_done_callback(lambda _: self._wake.set())
            self._runs[claim.job_id] = _Run(claim=claim, future=future, lane=lane)

    def _clearing(self) -> list[str]:
        """Roots whose lane is about to be free, since its run is not wanted any more: their jobs go nowhere else."""
        lanes = [run.lane for run in self._runs.values() if run.unwanted_since is not None]
        return self._lanes.roots_of(lanes) if lanes else []

    def _keep(self) -> None:
        """Renew the leases; stop what was cancelled, or is nobody's any more, and kill it if it does not end."""
        if not self._runs:
            return
        now = _now()
        if monotonic() - self._renewed_at > self._settings.lease_s / 3:
            with self._database.writing() as session:
                claims.renew(session, self._owner, self._runs.keys(), until=now + self._lease)
            self._renewed_at = monotonic()
        with self._database.reading() as session:
            held = claims.held(session, self._owner)
        for job_id, run in self._runs.items():
            if job_id in held and held[job_id] is None:
                continue
            if run.unwanted_since is None:
                run.unwanted_since = held.get(job_id) or now
                run.lane.pool.order_stop((job_id, run.claim.attempt))
            grace_s = self._settings.cancel_grace_s if job_id in held else VOID_GRACE_S
            if now - run.unwanted_since > timedelta(seconds=grace_s):
                log.warning("worker_killed", job_id=job_id, why="it was asked to stop and did not")
                run.future.cancel()  # type: ignore[no-untyped-call]

    def _settle(self) -> None:
        """Look after the runs that are over. One that ended by itself has already told how."""
        for run in [run for run in self._runs.values() if run.future.done()]:
            del self._runs[run.claim.job_id]
            self._conclude(run)

    def _conclude(self, run: _Run) -> None:
        now = _now()
        if run.future.cancelled():
            publish.cancelled(self._database, run.claim, now=now)
            self.tell(run.claim.job_id)
            return
        match run.future.exception():
            case None:
                pass
            case KilledAtLimit():
                log.warning("worker_killed", job_id=run.claim.job_id, why="it outlived its time limit")
                error = {
                    "code": "killed_at_limit",
                    "message": f"the solve did not end within {self._settings.kill_grace_s:g} s of its time limit "
                    f"({run.claim.time_limit_s:g} s) and its process was killed",
                }
                publish.failed(self._database, run.claim, error, now=now)
            case BrokenProcessPool():
                self._give_back([run.claim.job_id])
            case ProcessExpired() as error:
                log.warning("worker_died", job_id=run.claim.job_id, exit_code=error.exitcode)
                publish.crashed(self._database, run.claim, f"exit code {error.exitcode}", now=now)
            case error:
                log.error("worker_failed", job_id=run.claim.job_id, error=repr(error))
                publish.crashed(self._database, run.claim, type(error).__name__, now=now)
        self.tell(run.claim.job_id)

    def _let_go(self) -> None:
        try:
            self._settle()
            self._give_back(self._runs.keys())
        except DBAPIError:
            log.exception("database_failed")  # the leases expire by themselves
        finally:
            self._lanes.stop()

    def _give_back(self, job_ids: Collection[str]) -> None:
        with self._database.writing() as session:
            claims.release(session, self._owner, job_ids)


def _now() -> datetime:
    return datetime.now(UTC)
