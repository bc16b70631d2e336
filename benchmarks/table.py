"""Results as Markdown: the claims first, then what they were made of."""

from collections.abc import Iterable, Iterator
from statistics import median

from benchmarks.claims import Claim, claims, scenario_conflicts
from benchmarks.results import Results

INTRODUCTION = """# Benchmarks

Written by `make bench`. Every measurement is a process of its own, one solver thread; figures are medians over the
seeds of a size, of processor seconds. Ratios are of measurements made one after the other on the same problem: they
hold from machine to machine, seconds do not. Solved to a gap of {gap:.2%} within {limit:g} s; the program and the
objective are the same for everybody but the two-sided formulation.

{versions}
"""
CONCORD = {
    "columns": "columns",
    "rows": "rows",
    "nonzeros": "non-zeros",
    "integers": "whole",
    "formulate_cpu_s": "formulate",
    "compile_cpu_s": "compile",
    "direct_cpu_s": "both, directly",
    "pass_cpu_s": "hand over",
    "first_plan_cpu_s": "first plan within 1 %",
    "solve_cpu_s": "to the gap",
    "peak_mib": "peak MiB",
}
RECOURSE = {
    "columns": "columns",
    "rows": "rows",
    "nonzeros": "non-zeros",
    "integers": "whole",
    "direct_cpu_s": "written",
    "early_cpu_s": "first plan",
    "bounded_cpu_s": "with its bound",
    "solve_cpu_s": "end",
    "value": "plan",
    "bound": "bound",
    "gap": "gap",
    "peak_mib": "peak MiB",
}
PEERS = {
    "plain": "plain HiGHS on the same program",
    "two_sided": "two-sided formulation, linopy and HiGHS",
    "appsi": "Pyomo with appsi_highs",
    "or_tools": "OR-Tools (MathOpt, SCIP) on the same program",
}


def page(results: Results) -> str:
    """The whole page."""
    versions = ", ".join(f"{name} {number}" for name, number in results.versions.items())
    parts = [
        INTRODUCTION.format(gap=results.gap, limit=results.limit_s, versions=f"Python {results.python}, {versions}."),
        "## Claims\n",
        claim_table(claims(results)),
        "## Concord\n",
        _concord(results),
        *_recourse(results),
        "## The others\n",
        _peers(results),
        *_troubles(results),
    ]
    return "\n".join(parts)


def claim_table(found: Iterable[Claim]) -> str:
    """A line for each claim: the median, the least and greatest over the seeds, the goal, and whether it is met."""
    lines = ("claim", "size", "median", "least to greatest", "goal", "met")
    return table(lines, (_claim(claim) for claim in found))


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    head = list(head)
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def number(value: float) -> str:
    """Three digits that count; whole numbers whole."""
    if value == int(value) and abs(value) < 1e15:  # noqa: PLR2004  (beyond it a double has no halves)
        return f"{int(value):,}"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"  # noqa: PLR2004


def _claim(claim: Claim) -> Iterator[str]:
    yield claim.name
    yield claim.size
    yield ("≤ " if claim.is_at_most else "") + number(claim.value)
    yield f"{number(min(claim.values))} to {number(max(claim.values))}"
    yield "" if claim.goal is None else f"{'≥' if claim.is_least else '≤'} {number(claim.goal)}"
    yield {True: "yes", False: "no", None: ""}[claim.is_met]


def _concord(results: Results) -> str:
    head = ("size", "seeds", *CONCORD.values(), "proof to 0.01 %", "proven")
    return table(head, (_concord_row(results, size) for size in _sizes_of(results, "concord")))


def _recourse(results: Results) -> Iterator[str]:
    sizes = _sizes_of(results, "recourse")
    if sizes:
        yield "## Concord with recourse, ten futures, as the service answers within 120 s\n"
        yield table(("size", "seeds", *RECOURSE.values()), (_recourse_row(results, size) for size in sizes))


def _recourse_row(results: Results, size: str) -> Iterator[str]:
    yield size
    yield str(len(results.seeds(size)))
    for name in RECOURSE:
        yield _median(results, "recourse", size, name)


def _sizes_of(results: Results, task: str) -> list[str]:
    return [size for size in results.sizes if any((one.task, one.size) == (task, size) for one in results.measurements)]


def _concord_row(results: Results, size: str) -> Iterator[str]:
    yield size
    yield str(len(results.seeds(size)))
    for name in CONCORD:
        yield _median(results, "concord", size, name)
    yield _median(results, "proof", size, "solve_cpu_s")
    yield _reached(results, "proof", size)


def _peers(results: Results) -> str:
    head = ("size", "who", "build", "to the gap", "reached it", "peak MiB")
    rows = (
        (
            size,
            words,
            _median(results, task, size, "build_cpu_s"),
            _median(results, task, size, "solve_cpu_s"),
            _reached(results, task, size),
            _median(results, task, size, "peak_mib"),
        )
        for size in results.sizes
        for task, words in PEERS.items()
        if results.figures(task, size, "solve_cpu_s")
    )
    return table(head, rows)


def _median(results: Results, task: str, size: str, name: str) -> str:
    values = results.figures(task, size, name)
    return number(median(values)) if values else ""


def _reached(results: Results, task: str, size: str) -> str:
    values = results.figures(task, size, "reached")
    return f"{sum(values):.0f} of {len(values)}" if values else ""


def _troubles(results: Results) -> Iterator[str]:
    failed = [f"- {one.task} {one.size} {one.seed}: {one.failed}" for one in results.measurements if one.failed]
    if failed:
        yield "## Not measured\n"
        yield "\n".join(failed) + "\n"
    contradicting = [f"- {one}" for one in scenario_conflicts(results)]
    if contradicting:
        yield "## Answers that contradict each other\n"
        yield "\n".join(contradicting) + "\n"
