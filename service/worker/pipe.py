"""Pipe between the service and one worker process.

The worker sends the ids of jobs it wrote about. The service sends requests to stop. Both messages only save a poll of
the database: a broken pipe costs time and loses no data.
"""

import os
from multiprocessing.connection import Connection
from threading import Lock, Thread

StopRequest = tuple[str, int]
"""Id of a job, and the number of the attempt that must stop."""

ORPHANED = 3
"""Exit status of a worker whose service process has died."""


class WorkerPipe:
    """The worker's end of the pipe. A daemon thread reads it during the whole life of the process."""

    def __init__(self, connection: Connection) -> None:
        """Start the reading thread."""
        self._connection = connection
        self._lock = Lock()
        self._stopped: set[StopRequest] = set()
        Thread(target=self._listen, name="pipe", daemon=True).start()

    def notify(self, job_id: str) -> None:
        """Send the id of a job after a write to the database. Safe to call from any thread."""
        try:
            with self._lock:
                self._connection.send(job_id)
        except OSError:
            return  # the service has died: no request waits for the job

    def has_stop_request(self, job_id: str, attempt: int) -> bool:
        """Return whether the service has requested that this attempt stop."""
        return (job_id, attempt) in self._stopped

    def _listen(self) -> None:
        while True:
            try:
                self._stopped = {self._connection.recv()}  # a process runs one job at a time
            except (EOFError, OSError):
                os._exit(ORPHANED)
