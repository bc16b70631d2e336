"""The benchmark's claims: figures with goals, each the median over the seeds of one size.

Ratios divide the processor seconds of measurements made one after the other. If the other solver did not reach the gap
in time, the ratio is an upper bound. If Concord did not, there is no ratio.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import inf, log
from statistics import median

from benchmarks.results import Results

BUILD = ("formulate_cpu_s", "compile_cpu_s")
WHOLE = (*BUILD, "pass_cpu_s", "solve_cpu_s")
SOLVE = ("solve_cpu_s",)
LINEAR = ("S", "M", "L", "XL")
"""Sizes of one family, over which growth is measured."""


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A figure with its goal."""

    name: str
    size: str
    values: tuple[float, ...]
    """The figure for each seed."""
    goal: float | None
    is_least: bool = False
    """Whether the goal is a minimum instead of a maximum."""
    is_at_most: bool = False
    """Whether some of the values are upper bounds only."""
    is_ratio: bool = True
    """Whether the figure is a ratio, which can be compared between machines."""

    @property
    def value(self) -> float:
        """Median over the seeds."""
        return median(self.values)

    @property
    def is_met(self) -> bool | None:
        """Whether the goal is met; None if there is no goal."""
        if self.goal is None:
            return None
        return self.value >= self.goal if self.is_least else self.value <= self.goal


@dataclass(frozen=True, kw_only=True)
class Ratio:
    """Processor seconds of Concord divided by those of another solver, with a goal for each size."""

    name: str
    ours: tuple[str, tuple[str, ...]]
    theirs: tuple[str, tuple[str, ...]]
    goals: dict[str, float]
    default_goal: float | None = None


NOT_SLOWER = 1.1
RATIOS = (
    Ratio(
        name="solve to the gap, against plain HiGHS",
        ours=("concord", SOLVE),
        theirs=("plain", SOLVE),
        goals={"L": 0.5, "LP": 0.3},
        default_goal=NOT_SLOWER,
    ),
    Ratio(
        name="solve to the gap, against the two-sided textbook formulation (linopy, HiGHS)",
        ours=("concord", SOLVE),
        theirs=("two_sided", SOLVE),
        goals={"L": 0.1},
    ),
    Ratio(
        name="build and solve, against Pyomo with appsi_highs",
        ours=("concord", WHOLE),
        theirs=("appsi", ("build_cpu_s", "solve_cpu_s")),
        goals={},
    ),
    Ratio(
        name="solve to the gap, against OR-Tools (MathOpt, SCIP)",
        ours=("concord", SOLVE),
        theirs=("or_tools", SOLVE),
        goals={},
    ),
    Ratio(
        name="re-solve after a change, against raw highspy",
        ours=("resolve", ("ours_cpu_s",)),
        theirs=("resolve", ("raw_cpu_s",)),
        goals={},
        default_goal=NOT_SLOWER,
    ),
)
FIRST_PLAN_S = {"S": 0.3, "M": 0.3, "L": 2.0, "LP": 10.0}
BUILD_S = {"M": 0.4, "L": 1.2}
HTTP_TIMES = {
    "first_s": ("first answer of a what-if over HTTP", 0.2),
    "first_p95_s": ("first answer of a what-if over HTTP, 95th percentile", 1.0),
    "newer_s": ("first answer of a what-if that supersedes another", 0.2),
    "cancel_s": ("end of a cancelled what-if", 1.0),
}
WITH_RECOURSE = {
    "bounded_cpu_s": ("plan with a bound, with recourse, seconds", 120.0),
    "gap": ("gap after at most 120 s, with recourse", None),
}
SWEEP_TIMES = 30.0
LINEAR_EXPONENT = 1.15
"""Largest exponent that counts as linear growth: time grows by a factor of at most 2.22 when size doubles."""


def claims(results: Results) -> list[Claim]:
    """Every claim for which there are figures."""
    found = [claim for size in results.sizes for claim in _of_size(results, size)]
    return [*found, *_growth(results)]


def _of_size(results: Results, size: str) -> Iterator[Claim]:
    for ratio in RATIOS:
        yield from _ratio(results, size, ratio)
    for way in ("pushed", "whole"):
        yield from _sweep(results, size, way)
    yield from _seconds(results, size, "first plan within 1 %, seconds", ("first_plan_cpu_s",), FIRST_PLAN_S)
    yield from _seconds(results, size, "formulate and compile, seconds", BUILD, BUILD_S)
    for figure, (name, goal) in HTTP_TIMES.items():
        yield from _single_figure(results, ("what_if", figure), size, f"{name}, wall-clock seconds", goal)
    for figure, (name, most) in WITH_RECOURSE.items():
        yield from _single_figure(results, ("recourse", figure), size, name, most)
    same = results.figures("repeat", size, "same_bytes")
    if same:
        yield Claim(name="same bytes in two runs (1 = always)", size=size, values=(min(same),), goal=1, is_least=True)


def _single_figure(
    results: Results, figure: tuple[str, str], size: str, name: str, goal: float | None
) -> Iterator[Claim]:
    """Claim of a single figure, compared only with its goal."""
    task, key = figure
    values = tuple(results.figures(task, size, key))
    if values:
        yield Claim(name=name, size=size, values=values, goal=goal, is_ratio=False)


def _ratio(results: Results, size: str, ratio: Ratio) -> Iterator[Claim]:
    """The claim of a ratio, over the seeds that both sides have figures for."""
    values, is_at_most = [], False
    for seed in results.seeds(size):
        ours, theirs = (_sum(results, size, seed, *side) for side in (ratio.ours, ratio.theirs))
        if ours is None or not theirs or results.figure(ratio.ours[0], size, seed, "reached") == 0:
            continue
        values.append(ours / theirs)
        is_at_most = is_at_most or results.figure(ratio.theirs[0], size, seed, "reached") == 0
    if values:
        goal = ratio.goals.get(size, ratio.default_goal)
        yield Claim(name=ratio.name, size=size, values=tuple(values), goal=goal, is_at_most=is_at_most)


def _sweep(results: Results, size: str, way: str) -> Iterator[Claim]:
    """Claim of a sweep: how many times faster than rebuilding the program at every point."""
    pairs = zip(*(results.figures("sweep", size, f"{kind}_cpu_s") for kind in ("rebuilt", way)), strict=True)
    values = tuple(rebuilt / ours for rebuilt, ours in pairs)
    words = {"pushed": "row bounds pushed", "whole": "changed documents"}[way]
    if values:
        goal = SWEEP_TIMES if way == "pushed" else None
        yield Claim(
            name=f"sweep of a relaxation ({words}), times faster than rebuilding with appsi_highs",
            size=size, values=values, goal=goal, is_least=True,
        )  # fmt: skip


def _seconds(
    results: Results, size: str, name: str, parts: tuple[str, ...], goals: dict[str, float]
) -> Iterator[Claim]:
    sums = (_sum(results, size, seed, "concord", parts) for seed in results.seeds(size))
    values = tuple(value for value in sums if value is not None)
    if values:
        yield Claim(name=name, size=size, values=values, goal=goals.get(size), is_ratio=False)


def _growth(results: Results) -> Iterator[Claim]:
    """Claim of growth: exponent of the time to formulate and compile, over columns."""
    points = []
    for size in LINEAR:
        sums = [_sum(results, size, seed, "concord", BUILD) for seed in results.seeds(size)]
        seconds, columns = [value for value in sums if value], results.figures("concord", size, "columns")
        if seconds and columns:
            points.append((median(columns), median(seconds)))
    if len(points) > 1:
        value = exponent(points)
        yield Claim(
            name="growth of formulate and compile time: exponent over columns",
            size=f"{points[0][0]:,.0f} to {points[-1][0]:,.0f}", values=(value,), goal=LINEAR_EXPONENT,
        )  # fmt: skip


def exponent(points: list[tuple[float, float]]) -> float:
    """Slope of the least-squares line through the logarithms of the points; 1 means linear growth."""
    xs, ys = [log(x) for x, _ in points], [log(y) for _, y in points]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum((a - x) ** 2 for a in xs)


def contradictions(results: Results) -> list[str]:
    """Sentences on contradicting answers to one program: a plan better than the bound of another solver."""
    sentences = []
    same: tuple[str, ...] = ("concord", "proof", "plain", "appsi", "or_tools")
    for size in results.sizes:
        for seed in results.seeds(size):
            value: Callable[[str, str], float | None] = lambda task, name: results.figure(task, size, seed, name)  # noqa: B023, E731
            best = max(((value(task, "value") or -inf, task) for task in same), default=(-inf, ""))
            least = min((inf if value(task, "bound") is None else value(task, "bound"), task) for task in same)
            if best[0] > (least[0] or 0) + 1e-6 * abs(best[0]):
                sentences.append(
                    f"{size} {seed}: {best[1]} has a plan of {best[0]:g}, {least[1]} a bound of {least[0]:g}"
                )
    return sentences


def _sum(results: Results, size: str, seed: int, task: str, parts: tuple[str, ...]) -> float | None:
    values = [results.figure(task, size, seed, part) for part in parts]
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(parts) else None
