"""A thread beside a run that looks whether anybody still wants it."""

import os
from datetime import UTC, datetime
from multiprocessing import parent_process
from threading import Event, Thread
from types import TracebackType
from typing import Self

from sqlalchemy.exc import OperationalError

from service.database.engine import Database
from service.worker.claims import Claim, holding

LOOK_EVERY_S = 0.2
"""A cancelled solve ends within about a second: this, and the solver's own silence of up to 0.8 s."""
ORPHANED = 3
"""Exit status of a worker whose service is gone."""


class Watch:
    """While it is open, `stop_asked()` says whether the run was cancelled or its claim is void.

    When the service has died, so does this process: whoever claims the job next should find the cores free.
    """

    def __init__(self, database: Database, claim: Claim) -> None:
        """Nothing is watched until it is entered."""
        self._database, self._claim = database, claim
        self._stop, self._over = Event(), Event()
        self._thread = Thread(target=self._look, name="watch", daemon=True)
        self.cancelled_at: datetime | None = None

    def stop_asked(self) -> bool:
        """Whether the run should end now with what it has."""
        return self._stop.is_set()

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
                self.cancelled_at = datetime.now(UTC)
                self._stop.set()
