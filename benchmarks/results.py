"""What was measured, kept as benchmarks/results.json."""

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
    """One task on one problem: its figures, or in words why there are none."""

    task: str
    size: str
    seed: int
    figures: dict[str, float] = field(default_factory=dict)
    failed: str | None = None


@dataclass(frozen=True, kw_only=True)
class Results:
    """Everything measured so far, and with what."""

    gap: float
    limit_s: float
    python: str
    versions: dict[str, str]
    measurements: tuple[Measurement, ...]

    def with_sizes(self, new: "Results") -> "Results":
        """These results with every size that `new` has measured replaced by it: a ratio never mixes two runs."""
        sizes = {one.size for one in new.measurements}
        kept = tuple(one for one in self.measurements if one.size not in sizes)
        is_alike = (self.gap, self.limit_s, self.versions) == (new.gap, new.limit_s, new.versions)
        return Results(**{**new.__dict__, "measurements": (*(kept if is_alike else ()), *new.measurements)})

    def figure(self, task: str, size: str, seed: int, name: str) -> float | None:
        """One figure; None where it was not measured."""
        for one in self.measurements:
            if (one.task, one.size, one.seed) == (task, size, seed):
                return one.figures.get(name)
        return None

    def figures(self, task: str, size: str, name: str) -> list[float]:
        """One figure over all seeds that have it."""
        found = (self.figure(task, size, seed, name) for seed in self.seeds(size))
        return [value for value in found if value is not None]

    def seeds(self, size: str) -> list[int]:
        """The seeds of a size that were measured."""
        return sorted({one.seed for one in self.measurements if one.size == size})

    @property
    def sizes(self) -> list[str]:
        """The sizes that were measured, in their order."""
        return list(dict.fromkeys(one.size for one in self.measurements))


def new_results(gap: float, limit_s: float, measurements: Iterable[Measurement]) -> Results:
    """Results of this machine and these packages."""
    return Results(
        gap=gap,
        limit_s=limit_s,
        python=platform.python_version(),
        versions={name: _version(name) for name in PACKAGES},
        measurements=tuple(measurements),
    )


def write(results: Results, file: Path = FILE) -> None:
    """Keep them."""
    file.write_text(json.dumps(asdict(results), indent=1) + "\n", encoding="utf-8")


def parse(text: str) -> Results:
    """Results as they were kept."""
    document = json.loads(text)
    return Results(**{**document, "measurements": tuple(Measurement(**one) for one in document["measurements"])})


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
