"""`make chaos`: kills service and solver processes with SIGKILL, again and again; no accepted job may be lost or fail.

A job counts as accepted when its id was answered. A solver process is killed at most once per job: a second death of
its own process fails a job on purpose.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2

from tests.service.asking import ALLOCATIONS, ASYNC, a_hard_problem, a_problem, exactly, until
from tests.service.worker.test_restart import SERVE, a_free_port, answers, children_of

JOBS_A_ROUND = 3
LONGEST_SOLVE_S = 3
LONGEST_PAUSE_S = 2.5
DRAIN_S = 600.0
"""Seconds that all jobs get to end after the last round."""


@dataclass(kw_only=True)
class Service:
    """A service that is killed and started again on the same database."""

    database: Path
    port: int = field(default_factory=a_free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def client(self) -> httpx2.Client:
        return httpx2.Client(base_url=f"http://127.0.0.1:{self.port}", timeout=30)

    def start(self) -> None:
        settings = {
            "CONCORD_DATABASE": f"sqlite:///{self.database}",
            "CONCORD_PORT": str(self.port),
            "CONCORD_WORKERS": "2",
            "CONCORD_LEASE_S": "2",
            "CONCORD_MAX_QUEUED_JOBS": "1000",
            "CONCORD_LOG_LEVEL": "ERROR",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-c", SERVE], env=os.environ | settings, stderr=subprocess.DEVNULL
        )
        with self.client as client:
            until(lambda: answers(client, "/health/live"))

    def kill(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def kill_a_worker(self, chance: random.Random) -> None:
        assert self.process is not None
        workers = children_of(self.process.pid)
        if workers:
            os.kill(chance.choice(workers), signal.SIGKILL)

    def jobs(self, ids: set[str]) -> dict[str, dict[str, Any] | None]:
        with self.client as client:
            found = {one: client.get(f"{ALLOCATIONS}/{one}") for one in sorted(ids)}
        return {one: answer.json()["job"] if answer.status_code == 200 else None for one, answer in found.items()}


def submit(service: Service, chance: random.Random) -> set[str]:
    """Submit jobs and return the ids of those that were accepted."""
    accepted = set()
    with service.client as client:
        for _ in range(JOBS_A_ROUND):
            hard = exactly(a_hard_problem(), time_limit_s=chance.randint(1, LONGEST_SOLVE_S))
            body = hard if chance.random() < 1 / 3 else a_problem()
            try:
                answer = client.post(ALLOCATIONS, json=body, headers=ASYNC)
            except httpx2.TransportError:
                continue
            if answer.status_code == 202:
                accepted.add(answer.json()["id"])
    return accepted


def ended(job: dict[str, Any] | None) -> bool:
    return job is None or job["status"] not in {"queued", "running"}


def run(rounds: int, seed: int, tell: Callable[[str], None]) -> bool:
    """Run the rounds; return whether every accepted job succeeded."""
    chance = random.Random(seed)  # noqa: S311  (a seed repeats the run)
    accepted, at_risk = set[str](), set[str]()
    kills: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        service = Service(database=Path(folder) / "concord.db")
        service.start()
        for number in range(1, rounds + 1):
            accepted |= submit(service, chance)
            time.sleep(chance.uniform(0, LONGEST_PAUSE_S))
            at_risk = {one for one, job in service.jobs(at_risk).items() if not ended(job)}
            if not at_risk and chance.random() < 1 / 2:
                at_risk = {one for one, job in service.jobs(accepted).items() if not ended(job)}
                service.kill_a_worker(chance)
                kills["worker"] += 1
            else:
                service.kill()
                kills["service"] += 1
                service.start()
            if number % 10 == 0:
                tell(f"round {number}: {kills}, {len(accepted)} jobs accepted")
        until(lambda: all(map(ended, service.jobs(accepted).values())), within_s=DRAIN_S)
        jobs = service.jobs(accepted)
        service.kill()
    wrong = {one: job for one, job in jobs.items() if job is None or job["status"] != "succeeded"}
    tell(f"{rounds} rounds, {dict(kills)}: {len(accepted)} jobs accepted, {len(wrong)} lost or failed {wrong or ''}")
    return not wrong


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    sys.exit(0 if run(given.rounds, given.seed, lambda text: print(text, flush=True)) else 1)  # noqa: T201
