"""`python -m benchmarks [SIZE ...] [--seeds 1 2 3 4 5]`: compares Concord with other solvers and formulations.

Runs every task on each size and seed, one after the other, each in a separate process. Prints the table, and writes it
to benchmarks/results.md and the figures to benchmarks/results.json. Keeps earlier results of sizes that are not
measured. At the end, prints the ratios that got worse since the last commit.
"""

import argparse
import sys

from benchmarks.child import measured
from benchmarks.claims import claims
from benchmarks.guard import FACTOR, committed, worse
from benchmarks.problems import RECOURSE, Question
from benchmarks.results import FILE, Measurement, Results, new_results, parse, write
from benchmarks.table import claim_table, page

GAP = 0.01
LIMIT_S = 300.0
WITHOUT_SCENARIOS = ("S", "M", "L", "XL", "MP", "LP")
TASKS: dict[str, tuple[str, ...] | None] = {
    "concord": WITHOUT_SCENARIOS,
    "recourse": RECOURSE,
    "plain": None,
    "two_sided": WITHOUT_SCENARIOS,
    "appsi": WITHOUT_SCENARIOS,
    "or_tools": WITHOUT_SCENARIOS,
    "proof": WITHOUT_SCENARIOS,
    "repeat": ("S", "M", "L", "MP"),
    "resolve": ("S", "M", "L"),
    "sweep": ("S",),
    "what_if": ("M", "L"),
}
"""Every task and the sizes it runs on; None means all."""


def main() -> None:
    """Measure, print the table and store the results."""
    arguments = _arguments()
    runs = [
        (task, Question(size=size, seed=seed, gap=arguments.gap, limit_s=arguments.limit))
        for size in arguments.sizes
        for seed in arguments.seeds
        for task, sizes in TASKS.items()
        if task in arguments.tasks and (sizes is None or size in sizes)
    ]
    before = parse(FILE.read_text(encoding="utf-8")) if FILE.exists() else None
    found: list[Measurement] = []
    for number, (task, question) in enumerate(runs, start=1):
        print(f"{number} of {len(runs)}: {task} {question.size} {question.seed}", file=sys.stderr, flush=True)
        found.append(_measurement(task, question))
    results = new_results(arguments.gap, arguments.limit, found)
    _store(results if before is None else before.with_sizes(results))
    for ratio in worse(committed(), claims(results), FACTOR):
        print(f"worse than in the last commit: {ratio}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("sizes", nargs="*", default=["S", "M"], help="S M L XL MP LP MS LS (default: S M)")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3, 4, 5])
    parser.add_argument("--tasks", nargs="+", choices=list(TASKS), default=list(TASKS))
    parser.add_argument(
        "--gap", type=float, default=GAP, help="relative gap that every solver solves to (default: 0.01)"
    )
    parser.add_argument(
        "--limit", type=float, default=LIMIT_S, help="time limit of one solve, in seconds (default: 300)"
    )
    return parser.parse_args()


def _measurement(task: str, question: Question) -> Measurement:
    figures = measured(task, question)
    failed = figures if isinstance(figures, str) else None
    if failed:
        print(f"  not measured: {failed}", file=sys.stderr)
    return Measurement(
        task=task,
        size=question.size,
        seed=question.seed,
        figures={} if isinstance(figures, str) else figures,
        failed=failed,
    )


def _store(results: Results) -> None:
    write(results)
    FILE.with_suffix(".md").write_text(page(results), encoding="utf-8")
    print(claim_table(claims(results)))


if __name__ == "__main__":
    main()
