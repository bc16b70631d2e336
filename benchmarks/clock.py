"""Measures processor seconds, which are reliable on a shared machine, and wall-clock seconds."""

import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager

MIB_IN_KIB = 1024


class Clock:
    """Seconds of each part of the work in this process."""

    def __init__(self) -> None:
        """Start without figures."""
        self.figures: dict[str, float] = {}

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Context that adds its duration to `name_cpu_s` and `name_s`."""
        wall, processor = time.perf_counter(), time.process_time()
        try:
            yield
        finally:
            self._add(f"{name}_cpu_s", time.process_time() - processor)
            self._add(f"{name}_s", time.perf_counter() - wall)

    def peak_mib(self) -> float:
        """Peak memory of this process, in MiB."""
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MIB_IN_KIB

    def _add(self, name: str, seconds: float) -> None:
        self.figures[name] = self.figures.get(name, 0.0) + seconds
