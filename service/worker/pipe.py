"""The line between the service and one of its worker processes: news go up, orders to stop come down.

Both are hints that save a look at the database; a line that breaks costs time and nothing else.
"""

import os
from multiprocessing.connection import Connection
from threading import Lock, Thread

Order = tuple[str, int]
"""A job, and which attempt at it is to stop."""

ORPHANED = 3
"""Exit status of a worker whose service is gone."""


class Line:
    """The worker's end. A thread of its own listens as long as the process lives."""

    def __init__(self, connection: Connection) -> None:
        """Begin to listen."""
        self._connection = connection
        self._lock = Lock()
        self._stopped: set[Order] = set()
        Thread(target=self._listen, name="line", daemon=True).start()

    def tell(self, job_id: str) -> None:
        """Something of a job was written to the database."""
        try:
            with self._lock:
                self._connection.send(job_id)
        except OSError:
            return  # the service is gone: nobody waits

    def has_ordered(self, job_id: str, attempt: int) -> bool:
        """Whether this attempt at a job was asked to stop."""
        return (job_id, attempt) in self._stopped

    def _listen(self) -> None:
        while True:
            try:
                self._stopped = {self._connection.recv()}  # a process runs one job at a time
            except (EOFError, OSError):
                os._exit(ORPHANED)
