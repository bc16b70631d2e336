"""A thread beside a run that looks whether anybody still wants it."""

import os
from multiprocessing import parent_process
from threading import Event, Thread
from types import TracebackType
from typing import Self

from sqlalchemy.exc import OperationalError

from service.database.engine import Database
from service.worker.claims import Claim, holding
from service.worker.pipe import ORPHANED, Line

LOOK_EVERY_S = 0.2
"""How often it looks by itself, where no order comes down the line: the job may have been stopped elsewhere."""


class Watch:
    """While it is open, `stop_asked()` says whether the run was cancelled or its claim is void.

    When the service has died, so does this process: whoever claims the job next should find the cores free.
    """

    def __init__(self, database: Database, claim: Claim, line: Line) -> None:
        """Nothing is watched until it is entered."""
        self._database, self._claim, self._line = database, claim, line
        self._stop, self._over = Event(), Event()
        self._thread = Thread(target=self._look, name="watch", daemon=True)

    def stop_asked(self) -> bool:
        """Whether the run should end now with what it has."""
        return self._stop.is_set() or self._line.has_ordered(self._claim.job_id, self._claim.attempt)

    def is_unwanted(self) -> bool:
        """Whether nobody would even take what the run has found: superseded, removed, or claimed by somebody else."""
        if not self.stop_asked():
            return False
        with self._database.reading() as session:
            return holding(session, self._claim) is None

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(LOOK_EVERY_S):
            service = parent_process()
            if service is not None and not service.is_alive():
                os._exit(ORPHANED)
            try:
                with self._database.reading() as session:
                    job = holding(session, self._claim)
            except OperationalError:
                continue  # a locked or lost database is no reason to stop: the claim is checked again on publishing
            if job is None or job.cancel_requested_at is not None:
                self._stop.set()
