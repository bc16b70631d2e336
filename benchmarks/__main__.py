"""`python -m benchmarks [SIZE ...] [--seeds N]`: where the time goes, as ratios measured in one run.

Every problem is formulated, compiled and solved to a 1 % gap by Concord; the same program is written as MPS and solved
to the same gap by plain HiGHS with its default options, in a process of its own. The table is printed and written to
benchmarks/results.md. Ratios hold better than seconds: compare those.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from statistics import median

from benchmarks.generate import generate
from models.config import Config, SolverConfig
from models.problem.problem import Problem
from optimizer import solve
from optimizer.exporting import export

GAP = 0.01
"""The gap to which everything is solved: 1 %."""
LIMIT_S = 300.0
"""Seconds that one solve may take."""
RESULTS = Path(__file__).parent / "results.md"
PLAIN = """
import sys, time, highspy
one = highspy.Highs()
one.setOptionValue("output_flag", False)
one.setOptionValue("mip_rel_gap", float(sys.argv[2]))
one.setOptionValue("time_limit", float(sys.argv[3]))
one.setOptionValue("threads", 1)
one.readModel(sys.argv[1])
began = time.perf_counter()
one.run()
print(time.perf_counter() - began)
"""
"""Plain HiGHS on an MPS file: default options but for the gap, the limit and one thread, as Concord has."""


@dataclass(frozen=True)
class Measured:
    """One problem: its program's size, and seconds."""

    size: str
    seed: int
    columns: int
    rows: int
    nonzeros: int
    formulate_s: float
    compile_s: float
    solve_s: float
    check_s: float
    plain_s: float
    ratio: float


def measure(size: str, seed: int) -> Measured:
    """Solve one benchmark problem both ways."""
    problem = Problem.model_validate(generate(size, seed) | {"objectives": [{"metric": "risk_reduction"}]})
    config = Config(solver=SolverConfig(mip_gap=GAP, time_limit_s=LIMIT_S))
    outcome = solve(problem, config)
    plain_s = _plain(export(problem, config, "mps"))
    timing, program = outcome.timing, outcome.program
    return Measured(
        size=size,
        seed=seed,
        columns=program.columns,
        rows=program.rows,
        nonzeros=program.nonzeros,
        formulate_s=timing.formulate_s,
        compile_s=timing.compile_s,
        solve_s=timing.solve_s,
        check_s=timing.check_s,
        plain_s=plain_s,
        ratio=timing.solve_s / plain_s,
    )


def _plain(program: str) -> float:
    with tempfile.NamedTemporaryFile("w", suffix=".mps") as file:
        file.write(program)
        file.flush()
        command = [sys.executable, "-c", PLAIN, file.name, str(GAP), str(LIMIT_S)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(done.stdout.strip().splitlines()[-1])


def table(rows: list[Measured]) -> str:
    """The measurements as a Markdown table, with the medians of each size below."""
    names = [field.name for field in fields(Measured)]
    lines = [f"| {' | '.join(names)} |", f"| {' | '.join('---' for _ in names)} |"]
    lines += [f"| {' | '.join(_shown(value) for value in astuple(row))} |" for row in rows]
    lines += ["", *_medians(rows)]
    return "\n".join(lines) + "\n"


def _medians(rows: list[Measured]) -> Iterator[str]:
    for size in dict.fromkeys(row.size for row in rows):
        ratios = [row.ratio for row in rows if row.size == size]
        yield f"- {size}: median ratio to plain HiGHS on the same program {median(ratios):.2f}"


def _shown(value: object) -> str:
    return f"{value:.3g}" if isinstance(value, float) else str(value)


def main() -> None:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("sizes", nargs="*", default=["S", "M"], help="S M L XL MP LP LS (default: S M)")
    parser.add_argument("--seeds", type=int, default=3)
    arguments = parser.parse_args()
    rows = [measure(size, seed) for size in arguments.sizes for seed in range(1, arguments.seeds + 1)]
    text = table(rows)
    print(text)
    RESULTS.write_text(f"# Benchmarks\n\nSolved to a {GAP:.0%} gap, one thread.\n\n{text}")


if __name__ == "__main__":
    main()
