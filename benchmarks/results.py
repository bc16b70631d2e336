"""Measurements, stored in benchmarks/results.json."""

import json
import platform
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

FILE = Path(__file__).parent / "results.json"
PACKAGES = ("highspy", "pyomo", "linopy", "ortools", "numpy", "scipy")


@dataclass(frozen=True, kw_only=True)
class Measurement:
    """Figures of one task on one problem; `failed` says why there are none."""

    task: str
    size: str
    seed: int
    figures: dict[str, float] = field(default_factory=dict)
    failed: str | None = None


@dataclass(frozen=True, kw_only=True)
class Results:
    """All measurements, with the gap, time limit and versions they were made with."""

    gap: float
    limit_s: float
    python: str
    versions: dict[str, str]
    measurements: tuple[Measurement, ...]

    def with_sizes(self, new: "Results") -> "Results":
        """These results with the sizes in `new` replaced, so that no ratio mixes two runs.

        If gap, time limit or versions differ, returns only `new`.
        """
        sizes = {measurement.size for measurement in new.measurements}
        kept = tuple(measurement for measurement in self.measurements if measurement.size not in sizes)
        is_comparable = (self.gap, self.limit_s, self.versions) == (new.gap, new.limit_s, new.versions)
        return Results(**{**new.__dict__, "measurements": (*(kept if is_comparable else ()), *new.measurements)})

    def figure(self, task: str, size: str, seed: int, name: str) -> float | None:
        """A figure of one task, size and seed; None if it was not measured."""
        for measurement in self.measurements:
            if (measurement.task, measurement.size, measurement.seed) == (task, size, seed):
                return measurement.figures.get(name)
        return None

    def figures(self, task: str, size: str, name: str) -> list[float]:
        """Values of a figure for all seeds that have it."""
        found = (self.figure(task, size, seed, name) for seed in self.seeds(size))
        return [value for value in found if value is not None]

    def seeds(self, size: str) -> list[int]:
        """Measured seeds of a size, sorted."""
        return sorted({measurement.seed for measurement in self.measurements if measurement.size == size})

    @property
    def sizes(self) -> list[str]:
        """Measured sizes, in the order of measurement."""
        return list(dict.fromkeys(measurement.size for measurement in self.measurements))


def new_results(gap: float, limit_s: float, measurements: Iterable[Measurement]) -> Results:
    """Results with the versions of Python and the packages in use."""
    return Results(
        gap=gap,
        limit_s=limit_s,
        python=platform.python_version(),
        versions={name: _version(name) for name in PACKAGES},
        measurements=tuple(measurements),
    )


def write(results: Results, file: Path = FILE) -> None:
    """Write the results to a JSON file."""
    file.write_text(json.dumps(asdict(results), indent=1) + "\n", encoding="utf-8")


def parse(text: str) -> Results:
    """Results from the text of a JSON file."""
    document = json.loads(text)
    return Results(**{**document, "measurements": tuple(Measurement(**record) for record in document["measurements"])})


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
