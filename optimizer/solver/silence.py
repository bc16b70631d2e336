"""Keeps native code from writing to standard output, which belongs to documents."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

STANDARD_OUTPUT = 1
"""Its file descriptor. Native code writes there without Python's `sys.stdout`."""
_LOCK = Lock()


@contextmanager
def silent_standard_output() -> Iterator[None]:
    """Discard what is written to standard output inside; keep it short, because it holds for the whole process."""
    with _LOCK:
        try:
            kept = os.dup(STANDARD_OUTPUT)
        except OSError:  # there is no standard output
            yield
            return
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, STANDARD_OUTPUT)
        os.close(nowhere)
        try:
            yield
        finally:
            os.dup2(kept, STANDARD_OUTPUT)
            os.close(kept)
