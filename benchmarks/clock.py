"""What a part of the work took: processor seconds, which count on a shared machine, and seconds by the clock."""

import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager

MIB_IN_KIB = 1024


class Clock:
    """Figures of one process, by part."""

    def __init__(self) -> None:
        """Nothing is measured yet."""
        self.figures: dict[str, float] = {}

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Measure what happens within it, as `name_cpu_s` and `name_s`; a part that comes again adds to itself."""
        wall, processor = time.perf_counter(), time.process_time()
        try:
            yield
        finally:
            self._add(f"{name}_cpu_s", time.process_time() - processor)
            self._add(f"{name}_s", time.perf_counter() - wall)

    def peak_mib(self) -> float:
        """The most memory that this process ever had."""
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MIB_IN_KIB

    def _add(self, name: str, seconds: float) -> None:
        self.figures[name] = self.figures.get(name, 0.0) + seconds
