"""`python -m benchmarks.what_if [SIZE|FILE ...] [--moves N]`: what a planner waits for who moves levers, over HTTP.

Starts the service on a free port, has a base problem solved, and then moves one random lever after the other (means,
positions, shares, consent, withdrawals), each as a what-if of one session that supersedes the one before. Prints a
Markdown row for each base: first answers by the clock, what they took of the processors in the web process and in the
workers (other work on the machine stretches the clock and not those), how long they waited for their process and how
much of the clock was the library's; their gaps, and how many were improved or proven in three seconds. Then, for a
fifth as many moves each: what-ifs that come while another of their session runs, and what-ifs that are cancelled.
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
from benchmarks.serving import Document, Served, a_service

BASE_GAP = 0.01
"""The gap to which the base is solved; what-ifs inherit it."""
TIME_LIMIT_S = 120
IMPROVED_WITHIN_S = 3.0
LONGEST_PAUSE_S = 0.5
"""Between the start of a what-if and what ends it."""
ENDED, GOES_ON = 200, 202

Figures = dict[str, float]
COLUMNS = {
    "first_s": "first answer, median s",
    "first_p95_s": "95th percentile s",
    "web_cpu_s": "web, processor s",
    "worker_cpu_s": "worker, processor s",
    "queue_s": "in the queue, s",
    "library_s": "in the library, s",
    "gap": "gap, median",
    "worst_gap": "gap, worst",
    "improved": "improved or ended in 3 s",
    "newer_s": "newer of a session, first answer, median s",
    "older_s": "older let go, median s",
    "cancel_s": "cancelled, ended, median s",
}
SHARES = ("gap", "worst_gap", "improved")


@dataclass(frozen=True, kw_only=True)
class Moved:
    """One move: seconds to its first plan, by the clock, of processors, waiting, in the library; how good it was."""

    lever: str
    first_s: float
    web_cpu_s: float
    worker_cpu_s: float
    queue_s: float
    library_s: float
    gap: float | None
    improved: bool


def lever(problem: Document, draw: random.Random) -> tuple[str, Document]:
    """A random lever and where it is moved to."""
    match draw.choice(("means", "position", "share", "consent", "withdrawal")):
        case "means":
            member = draw.choice([one for one in problem["members"] if one.get("resources")])
            resource = draw.choice(sorted(member["resources"]))
            amount = member["resources"][resource]
            factor = draw.uniform(0.5, 1.5)
            moved = [round(one * factor, 2) for one in amount] if isinstance(amount, list) else None
            return "means", {f"members/{member['id']}/resources/{resource}": moved or round(float(amount) * factor, 2)}
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


def move(served: Served, base: str, name: str, changes: Document) -> Moved:
    """Ask one what-if, and wait whether something better comes."""
    before, began = served.used, time.perf_counter()
    status, envelope = served.client.ask("POST", f"{base}/what-if", {"changes": changes, "session": "bench"})
    first_s, used = time.perf_counter() - began, served.used.since(before)
    if status not in {ENDED, GOES_ON}:
        raise SystemExit(f"{name} {changes}: {envelope}")
    outcome = envelope["outcome"]
    objectives = outcome["objectives"] if outcome is not None else []
    improved = status == ENDED
    if not improved:
        left_s = max(IMPROVED_WITHIN_S - first_s, 0.1)
        improved = _is_improved(served.client.kinds(envelope["links"]["events"], left_s))
    return Moved(
        lever=name,
        first_s=first_s,
        web_cpu_s=used.web_s,
        worker_cpu_s=used.workers_s,
        queue_s=_waited_s(envelope["job"]),
        library_s=sum(outcome["timing"].values()) if outcome is not None else 0.0,
        gap=objectives[0]["gap"] if objectives else None,
        improved=improved,
    )


def _waited_s(job: Document) -> float:
    """From being accepted to being begun; nothing for what was answered from storage."""
    if job["started_at"] is None:
        return 0.0
    created, started = (datetime.fromisoformat(job[at]) for at in ("created_at", "started_at"))
    return (started - created).total_seconds()


def _is_improved(kinds: Iterator[str]) -> bool:
    """Whether the solve ends, or tells a plan after the first."""
    plans = 0
    for kind in kinds:
        plans += kind == "plan"
        if kind == "done" or plans > 1:
            return True
    return False


def _begun(served: Served, base: str, changes: Document, draw: random.Random) -> Document:
    """A what-if that has been running for a moment."""
    body = {"changes": changes, "session": "bench"}
    _, envelope = served.client.ask("POST", f"{base}/what-if", body, prefer="respond-async")
    for kind in served.client.kinds(envelope["links"]["events"], TIME_LIMIT_S):
        if kind in {"started", "done"}:
            break
    time.sleep(draw.uniform(0, LONGEST_PAUSE_S))
    return envelope


def supersede(served: Served, base: str, problem: Document, draw: random.Random) -> tuple[float, float]:
    """A what-if while another of its session runs: seconds to its first answer, and until the older let go of it."""
    _begun(served, base, lever(problem, draw)[1], draw)
    moved = move(served, base, *lever(problem, draw))
    return moved.first_s, moved.queue_s


def cancel(served: Served, base: str, problem: Document, draw: random.Random) -> float:
    """Cancel a what-if while it runs: seconds until it has ended."""
    envelope = _begun(served, base, lever(problem, draw)[1], draw)
    began = time.perf_counter()
    served.client.ask("POST", envelope["links"]["cancel"], {})
    for kind in served.client.kinds(envelope["links"]["events"], TIME_LIMIT_S):
        if kind == "done":
            break
    return time.perf_counter() - began


def measure(problem: Document, moves: int, seed: int, *, each: bool = False) -> Figures:
    """All the moves from one base."""
    draw = random.Random(seed)  # noqa: S311  (a benchmark is no secret)
    config = {"solver": {"mip_gap": BASE_GAP, "time_limit_s": TIME_LIMIT_S}}
    with a_service() as served:
        _, envelope = served.client.ask("POST", "/v1/allocations", {"problem": problem, "config": config})
        here = envelope["links"]["self"]
        for _ in served.client.kinds(f"{here}/events", TIME_LIMIT_S * 2):
            pass  # until it is done
        moved = [move(served, here, *lever(problem, draw)) for _ in range(moves)]
        few = range(max(moves // 5, 1))
        newer = [supersede(served, here, problem, draw) for _ in few]
        cancelled = [cancel(served, here, problem, draw) for _ in few]
    for one in moved if each else ():
        print(f"    {one}")
    return _figures(moved) | {
        "newer_s": median(first_s for first_s, _ in newer),
        "older_s": median(older_s for _, older_s in newer),
        "cancel_s": median(cancelled),
    }


def _figures(moved: list[Moved]) -> Figures:
    first = sorted(one.first_s for one in moved)
    gaps = [one.gap for one in moved if one.gap is not None]
    parts = ("first_s", "web_cpu_s", "worker_cpu_s", "queue_s", "library_s")
    return {
        **{name: median(getattr(one, name) for one in moved) for name in parts},
        "first_p95_s": first[max(round(0.95 * len(first)) - 1, 0)],
        "gap": median(gaps),
        "worst_gap": max(gaps),
        "improved": sum(one.improved for one in moved) / len(moved),
    }


def row(name: str, figures: Figures) -> str:
    """The measurements of one base as a row."""
    cells = (f"{figures[one]:.2%}" if one in SHARES else f"{figures[one]:.3f}" for one in COLUMNS)
    return f"| {name} | {' | '.join(cells)} |"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.what_if", description=__doc__)
    parser.add_argument("bases", nargs="*", default=["M"], help=f"{' '.join(SIZES)}, or files (default: M)")
    parser.add_argument("--moves", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", action="store_true", help="also print every move")
    arguments = parser.parse_args()
    print(f"| base | {' | '.join(COLUMNS.values())} |")
    print(f"| {' | '.join(repeat('---', len(COLUMNS) + 1))} |", flush=True)
    for base in arguments.bases:
        problem = generate(base, 1) if base in SIZES else json.loads(Path(base).read_text(encoding="utf-8"))
        figures = measure(problem, arguments.moves, arguments.seed, each=arguments.each)
        print(row(base if base in SIZES else Path(base).stem, figures), flush=True)


if __name__ == "__main__":
    main()
