"""`python -m benchmarks.what_if [SIZE|FILE ...] [--moves N]`: measures how long what-ifs take over HTTP.

Starts the service on a free port and solves a base problem. Then changes one random input after the other (means,
positions, shares, consent, withdrawals). Each change is a what-if of one session and supersedes the one before.

Prints a Markdown row for each base problem:

- wall-clock seconds until the first answer, of which seconds in the queue and in the library;
- processor seconds of the web process and of the workers, which other work on the machine does not affect;
- gaps of the first answers, and the share that was improved or proven within three seconds;
- a fifth as many what-ifs each that supersede a running one, and that are cancelled.
"""

import argparse
import json
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import repeat
from pathlib import Path
from statistics import median

from benchmarks.generate import SIZES, generate
from benchmarks.serving import Document, Served, running_service

BASE_GAP = 0.01
"""Relative gap of the base problem; what-ifs inherit it."""
TIME_LIMIT_S = 120
IMPROVED_WITHIN_S = 3.0
LONGEST_PAUSE_S = 0.5
"""Most seconds between the start of a what-if and the request that ends it."""
FINISHED, RUNNING = 200, 202

Figures = dict[str, float]
COLUMNS = {
    "first_s": "first answer, median s",
    "first_p95_s": "95th percentile s",
    "web_cpu_s": "web process, processor s",
    "worker_cpu_s": "workers, processor s",
    "queue_s": "in the queue, s",
    "library_s": "in the library, s",
    "gap": "gap, median",
    "worst_gap": "gap, worst",
    "improved": "improved or finished in 3 s",
    "newer_s": "superseding, first answer, median s",
    "older_s": "superseded, released, median s",
    "cancel_s": "cancelled, finished, median s",
}
SHARES = ("gap", "worst_gap", "improved")


@dataclass(frozen=True, kw_only=True)
class Move:
    """Figures of one what-if: seconds to its first plan, their parts, the gap and whether it was improved."""

    kind: str
    first_s: float
    web_cpu_s: float
    worker_cpu_s: float
    queue_s: float
    library_s: float
    gap: float | None
    improved: bool


def random_change(problem: Document, draw: random.Random) -> tuple[str, Document]:
    """The kind of a random change, and the change by address."""
    match draw.choice(("means", "position", "share", "consent", "withdrawal")):
        case "means":
            member = draw.choice([record for record in problem["members"] if record.get("resources")])
            resource = draw.choice(sorted(member["resources"]))
            amount = member["resources"][resource]
            factor = draw.uniform(0.5, 1.5)
            scaled = [round(value * factor, 2) for value in amount] if isinstance(amount, list) else None
            return "means", {f"members/{member['id']}/resources/{resource}": scaled or round(float(amount) * factor, 2)}
        case "position":
            member, activity = draw.choice(problem["members"]), draw.choice(problem["activities"])
            value = draw.choice((-2, -1, 0, 1, 2))
            return "position", {f"positions/{member['id']}:{activity['id']}": value}
        case "share":
            return "share", {"policy/min_pre_conflict_share": round(draw.uniform(0.1, 0.6), 2)}
        case "consent":
            theatre = draw.choice(problem["theatres"])
            return "consent", {f"theatres/{theatre['id']}/consent": {"alliance": draw.random() < 0.5, "*": True}}  # noqa: PLR2004
        case _:
            member, theatre = draw.choice(problem["members"]), draw.choice(problem["theatres"])
            return "withdrawal", {f"withdrawn/{member['id']}:{theatre['id']}": {}}


def measure_what_if(served: Served, base: str, name: str, changes: Document) -> Move:
    """Send a what-if, and wait up to `IMPROVED_WITHIN_S` for a better plan."""
    before, began = served.used, time.perf_counter()
    status, envelope = served.client.ask("POST", f"{base}/what-if", {"changes": changes, "session": "bench"})
    first_s, used = time.perf_counter() - began, served.used.since(before)
    if status not in {FINISHED, RUNNING}:
        raise SystemExit(f"{name} {changes}: {envelope}")
    outcome = envelope["outcome"]
    objectives = outcome["objectives"] if outcome is not None else []
    improved = status == FINISHED
    if not improved:
        left_s = max(IMPROVED_WITHIN_S - first_s, 0.1)
        improved = _is_improved(served.client.kinds(envelope["links"]["events"], left_s))
    return Move(
        kind=name,
        first_s=first_s,
        web_cpu_s=used.web_s,
        worker_cpu_s=used.workers_s,
        queue_s=_queue_s(envelope["job"]),
        library_s=sum(outcome["timing"].values()) if outcome is not None else 0.0,
        gap=objectives[0]["gap"] if objectives else None,
        improved=improved,
    )


def _queue_s(job: Document) -> float:
    """Seconds from acceptance to start; 0 if the answer came from storage."""
    if job["started_at"] is None:
        return 0.0
    created, started = (datetime.fromisoformat(job[at]) for at in ("created_at", "started_at"))
    return (started - created).total_seconds()


def _is_improved(kinds: Iterator[str]) -> bool:
    """Whether the solve finishes or reports a second plan."""
    plans = 0
    for kind in kinds:
        plans += kind == "plan"
        if kind == "done" or plans > 1:
            return True
    return False


def _start(served: Served, base: str, changes: Document, draw: random.Random) -> Document:
    """Start a what-if and let it run for a random moment; returns its envelope."""
    body = {"changes": changes, "session": "bench"}
    _, envelope = served.client.ask("POST", f"{base}/what-if", body, prefer="respond-async")
    for kind in served.client.kinds(envelope["links"]["events"], TIME_LIMIT_S):
        if kind in {"started", "done"}:
            break
    time.sleep(draw.uniform(0, LONGEST_PAUSE_S))
    return envelope


def supersede(served: Served, base: str, problem: Document, draw: random.Random) -> tuple[float, float]:
    """Supersede a running what-if: seconds to the first answer, and until the older one released the worker."""
    _start(served, base, random_change(problem, draw)[1], draw)
    newer = measure_what_if(served, base, *random_change(problem, draw))
    return newer.first_s, newer.queue_s


def cancel(served: Served, base: str, problem: Document, draw: random.Random) -> float:
    """Cancel a running what-if: seconds until it has finished."""
    envelope = _start(served, base, random_change(problem, draw)[1], draw)
    began = time.perf_counter()
    served.client.ask("POST", envelope["links"]["cancel"], {})
    for kind in served.client.kinds(envelope["links"]["events"], TIME_LIMIT_S):
        if kind == "done":
            break
    return time.perf_counter() - began


def measure(problem: Document, moves: int, seed: int, *, each: bool = False) -> Figures:
    """Figures of one base problem over `moves` what-ifs; `each` prints every one."""
    draw = random.Random(seed)  # noqa: S311  (a benchmark is no secret)
    config = {"solver": {"mip_gap": BASE_GAP, "time_limit_s": TIME_LIMIT_S}}
    with running_service() as served:
        _, envelope = served.client.ask("POST", "/v1/allocations", {"problem": problem, "config": config})
        base = envelope["links"]["self"]
        for _ in served.client.kinds(f"{base}/events", TIME_LIMIT_S * 2):
            pass  # wait until the base is solved
        measured = [measure_what_if(served, base, *random_change(problem, draw)) for _ in range(moves)]
        few = range(max(moves // 5, 1))
        newer = [supersede(served, base, problem, draw) for _ in few]
        cancelled = [cancel(served, base, problem, draw) for _ in few]
    for move in measured if each else ():
        print(f"    {move}")
    return _figures(measured) | {
        "newer_s": median(first_s for first_s, _ in newer),
        "older_s": median(older_s for _, older_s in newer),
        "cancel_s": median(cancelled),
    }


def _figures(moves: list[Move]) -> Figures:
    first = sorted(move.first_s for move in moves)
    gaps = [move.gap for move in moves if move.gap is not None]
    parts = ("first_s", "web_cpu_s", "worker_cpu_s", "queue_s", "library_s")
    return {
        **{name: median(getattr(move, name) for move in moves) for name in parts},
        "first_p95_s": first[max(round(0.95 * len(first)) - 1, 0)],
        "gap": median(gaps),
        "worst_gap": max(gaps),
        "improved": sum(move.improved for move in moves) / len(moves),
    }


def row(name: str, figures: Figures) -> str:
    """The figures of one base problem as a Markdown row."""
    cells = (f"{figures[name]:.2%}" if name in SHARES else f"{figures[name]:.3f}" for name in COLUMNS)
    return f"| {name} | {' | '.join(cells)} |"


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.what_if", description=__doc__)
    parser.add_argument("bases", nargs="*", default=["M"], help=f"{' '.join(SIZES)}, or files (default: M)")
    parser.add_argument("--moves", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", action="store_true", help="also print the figures of every what-if")
    arguments = parser.parse_args()
    print(f"| base | {' | '.join(COLUMNS.values())} |")
    print(f"| {' | '.join(repeat('---', len(COLUMNS) + 1))} |", flush=True)
    for base in arguments.bases:
        problem = generate(base, 1) if base in SIZES else json.loads(Path(base).read_text(encoding="utf-8"))
        figures = measure(problem, arguments.moves, arguments.seed, each=arguments.each)
        print(row(base if base in SIZES else Path(base).stem, figures), flush=True)


if __name__ == "__main__":
    main()
