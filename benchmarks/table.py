"""Writes the results as Markdown: first the claims, then the figures behind them."""

from collections.abc import Iterable, Iterator
from statistics import median

from benchmarks.claims import Claim, claims, contradictions
from benchmarks.results import Results

INTRODUCTION = """# Benchmarks

Written by `make bench`. Every measurement runs in a separate process with one solver thread. Figures are medians over
the seeds of a size; times are processor seconds unless stated otherwise. Ratios compare measurements made one after the
other on the same problem, so they can be compared between machines; seconds cannot. All problems are solved to a gap of
{gap:.2%} within {limit:g} s. All solvers get the same program and objective, except the two-sided formulation.

{versions}
"""
CONCORD = {
    "columns": "columns",
    "rows": "rows",
    "nonzeros": "non-zeros",
    "integers": "integers",
    "formulate_cpu_s": "formulate",
    "compile_cpu_s": "compile",
    "direct_cpu_s": "write arrays directly",
    "pass_cpu_s": "load",
    "first_plan_cpu_s": "first plan within 1 %",
    "solve_cpu_s": "solve to the gap",
    "peak_mib": "peak MiB",
}
RECOURSE = {
    "columns": "columns",
    "rows": "rows",
    "nonzeros": "non-zeros",
    "integers": "integers",
    "direct_cpu_s": "write arrays",
    "early_cpu_s": "first plan",
    "bounded_cpu_s": "plan with a bound",
    "solve_cpu_s": "end of solve",
    "value": "value of the plan",
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
    """The Markdown page of the results."""
    versions = ", ".join(f"{name} {number}" for name, number in results.versions.items())
    parts = [
        INTRODUCTION.format(gap=results.gap, limit=results.limit_s, versions=f"Python {results.python}, {versions}."),
        "## Claims\n",
        claim_table(claims(results)),
        "## Concord\n",
        _concord(results),
        *_recourse(results),
        "## Other solvers\n",
        _peers(results),
        *_troubles(results),
    ]
    return "\n".join(parts)


def claim_table(found: Iterable[Claim]) -> str:
    """A Markdown table of claims: median, range over the seeds, goal, and whether the goal is met."""
    lines = ("claim", "size", "median", "range", "goal", "met")
    return table(lines, (_claim(claim) for claim in found))


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    head = list(head)
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def number(value: float) -> str:
    """The value with three significant digits; integers in full."""
    if value == int(value) and abs(value) < 1e15:  # noqa: PLR2004  (larger doubles are all integers)
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
        yield "## Concord with recourse, ten scenarios, within 120 s\n"
        yield table(("size", "seeds", *RECOURSE.values()), (_recourse_row(results, size) for size in sizes))


def _recourse_row(results: Results, size: str) -> Iterator[str]:
    yield size
    yield str(len(results.seeds(size)))
    for name in RECOURSE:
        yield _median(results, "recourse", size, name)


def _sizes_of(results: Results, task: str) -> list[str]:
    return [
        size
        for size in results.sizes
        if any((found.task, found.size) == (task, size) for found in results.measurements)
    ]


def _concord_row(results: Results, size: str) -> Iterator[str]:
    yield size
    yield str(len(results.seeds(size)))
    for name in CONCORD:
        yield _median(results, "concord", size, name)
    yield _median(results, "proof", size, "solve_cpu_s")
    yield _reached(results, "proof", size)


def _peers(results: Results) -> str:
    head = ("size", "solver", "build", "solve to the gap", "gap reached", "peak MiB")
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
    failed = [
        f"- {found.task} {found.size} {found.seed}: {found.failed}" for found in results.measurements if found.failed
    ]
    if failed:
        yield "## Not measured\n"
        yield "\n".join(failed) + "\n"
    contradicting = [f"- {sentence}" for sentence in contradictions(results)]
    if contradicting:
        yield "## Answers that contradict each other\n"
        yield "\n".join(contradicting) + "\n"
