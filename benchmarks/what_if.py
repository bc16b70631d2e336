"""`python -m benchmarks.what_if [SIZE|FILE ...] [--moves N]`: what a planner waits for who moves levers, over HTTP.

Starts the service on a free port, has a base problem solved, and then moves one random lever after the other (means,
positions, shares, consent, withdrawals), each as a what-if of one session that supersedes the one before. Prints a
Markdown row for each base: first answers by the clock and in processor seconds of the service and its workers (other
work on the machine stretches the clock and not those), their gaps, and how many were improved or proven in three
seconds.
"""

import argparse
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.generate import SIZES, generate

BASE_GAP = 0.01
"""The gap to which the base is solved; what-ifs inherit it."""
TIME_LIMIT_S = 120
IMPROVED_WITHIN_S = 3.0
SETTLE_S = 0.3
"""Between the start of the service and a first look whether it is ready."""
COLUMNS = (
    "base",
    "moves",
    "first answer, median s",
    "95th percentile s",
    "processor s, median",
    "gap, median",
    "gap, worst",
    "improved or ended in 3 s",
)

Document = dict[str, Any]


@dataclass(frozen=True)
class Moved:
    """One move: seconds to its first plan, by the clock, of processors, as the library tells; how good it was."""

    lever: str
    first_s: float
    processor_s: float
    library_s: float
    gap: float | None
    improved: bool


class Client:
    """One connection to the service, kept open."""

    def __init__(self, port: int) -> None:
        """Connect when first used."""
        self._port = port
        self._connection = HTTPConnection("127.0.0.1", port, timeout=TIME_LIMIT_S * 2)

    def ask(self, method: str, path: str, body: Document | None = None) -> tuple[int, Document]:
        """One request; gives the status and the document."""
        headers = {"Content-Type": "application/json", "Prefer": "wait=30"}
        try:
            self._connection.request(method, path, None if body is None else json.dumps(body), headers)
            response = self._connection.getresponse()
            return response.status, json.loads(response.read() or b"{}")
        except OSError:
            self._connection.close()
            raise

    def kinds(self, path: str, within_s: float) -> Iterator[str]:
        """The kinds of event that come in time, in order."""
        events = HTTPConnection("127.0.0.1", self._port, timeout=within_s)
        until = time.monotonic() + within_s
        with suppress(TimeoutError), closing(events):
            events.request("GET", path)
            response = events.getresponse()
            while (line := response.readline().decode()) and time.monotonic() < until:
                if line.startswith("event:"):
                    yield line.partition(":")[2].strip()


@contextmanager
def a_service(folder: str) -> Iterator[tuple[Client, int]]:
    """A service of its own, and its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {"CONCORD_DATABASE": f"sqlite:///{folder}/bench.db", "CONCORD_LOG_LEVEL": "ERROR"}
    command = [str(Path(sys.executable).with_name("concord")), "serve", "--port", str(port)]
    with subprocess.Popen(command, env=os.environ | settings, stderr=subprocess.DEVNULL) as process:
        try:
            client = Client(port)
            while not _is_ready(client):
                if process.poll() is not None:
                    raise SystemExit("the service did not start")
                time.sleep(SETTLE_S)
            yield client, process.pid
        finally:
            process.terminate()


def _is_ready(client: Client) -> bool:
    try:
        return client.ask("GET", "/health/ready")[0] == 200  # noqa: PLR2004  (HTTP's OK)
    except OSError:
        return False


def processor_s(pid: int) -> float:
    """Processor seconds that a process and those it began have used so far."""
    ticks = 0
    for one in (pid, *_children(pid)):
        with suppress(OSError):
            fields = Path(f"/proc/{one}/stat").read_text(encoding="ascii").rsplit(") ", 1)[1].split()
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _children(pid: int) -> list[int]:
    found = [int(child) for task in Path(f"/proc/{pid}/task").glob("*/children") for child in task.read_text().split()]
    return [one for child in found for one in (child, *_children(child))]


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


def move(client: Client, pid: int, base: str, name: str, changes: Document) -> Moved:
    """Ask one what-if, and wait whether something better comes."""
    used_s, began = processor_s(pid), time.perf_counter()
    status, envelope = client.ask("POST", f"{base}/what-if", {"changes": changes, "session": "bench"})
    first_s, used_s = time.perf_counter() - began, processor_s(pid) - used_s
    if status not in {200, 202}:
        raise SystemExit(f"{name} {changes}: {envelope}")
    outcome = envelope["outcome"]
    objectives = outcome["objectives"] if outcome is not None else []
    gap = objectives[0]["gap"] if objectives else None
    library_s = sum(outcome["timing"].values()) if outcome is not None else 0.0
    improved = status == 200  # noqa: PLR2004
    if not improved:
        left_s = max(IMPROVED_WITHIN_S - first_s, 0.1)
        improved = _is_improved(client.kinds(envelope["links"]["events"], left_s))
    return Moved(lever=name, first_s=first_s, processor_s=used_s, library_s=library_s, gap=gap, improved=improved)


def _is_improved(kinds: Iterator[str]) -> bool:
    """Whether the solve ends, or tells a plan after the first."""
    plans = 0
    for kind in kinds:
        plans += kind == "plan"
        if kind == "done" or plans > 1:
            return True
    return False


def measure(problem: Document, moves: int, seed: int) -> list[Moved]:
    """All the moves from one base."""
    draw = random.Random(seed)  # noqa: S311  (a benchmark is no secret)
    config = {"solver": {"mip_gap": BASE_GAP, "time_limit_s": TIME_LIMIT_S}}
    with tempfile.TemporaryDirectory() as folder, a_service(folder) as (client, pid):
        _, envelope = client.ask("POST", "/v1/allocations", {"problem": problem, "config": config})
        here = envelope["links"]["self"]
        for _ in client.kinds(f"{here}/events", TIME_LIMIT_S * 2):
            pass  # until it is done
        return [move(client, pid, here, *lever(problem, draw)) for _ in range(moves)]


def row(name: str, moved: list[Moved]) -> str:
    """The measurements of one base as a row."""
    first = sorted(one.first_s for one in moved)
    gaps = [one.gap for one in moved if one.gap is not None]
    late = first[max(round(0.95 * len(first)) - 1, 0)]
    improved = sum(one.improved for one in moved) / len(moved)
    return (
        f"| {name} | {len(moved)} | {median(first):.2f} | {late:.2f} | {median(one.processor_s for one in moved):.2f} "
        f"| {median(gaps):.2%} | {max(gaps):.2%} | {improved:.0%} |"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.what_if", description=__doc__)
    parser.add_argument("bases", nargs="*", default=["M"], help=f"{' '.join(SIZES)}, or files (default: M)")
    parser.add_argument("--moves", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", action="store_true", help="also print every move")
    arguments = parser.parse_args()
    print(f"| {' | '.join(COLUMNS)} |")
    print(f"| {' | '.join('---' for _ in COLUMNS)} |", flush=True)
    for base in arguments.bases:
        problem = generate(base, 1) if base in SIZES else json.loads(Path(base).read_text(encoding="utf-8"))
        moved = measure(problem, arguments.moves, arguments.seed)
        print(row(base if base in SIZES else Path(base).stem, moved), flush=True)
        for one in moved if arguments.each else ():
            print(f"    {one}")


if __name__ == "__main__":
    main()
