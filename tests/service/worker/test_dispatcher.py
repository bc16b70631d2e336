import os
import signal
from datetime import UTC, datetime
from multiprocessing import active_children
from pathlib import Path

from fastapi.testclient import TestClient
from sqlalchemy import update

from service.database.engine import Database
from service.database.records import Job
from tests.service.asking import (
    ALLOCATIONS,
    a_hard_problem,
    a_problem,
    begin,
    exactly,
    job,
    refusal,
    until,
    until_job,
    until_ready,
)
from tests.service.conftest import Start


def workers() -> set[int]:
    """Return the ids of the live worker processes."""
    return {child.pid for child in active_children() if child.pid and child.is_alive()}


def send(number: signal.Signals, before: set[int]) -> None:
    """Send a signal to the worker processes that are not in `before`."""
    for pid in workers() - before:
        os.kill(pid, number)


def kill(before: set[int]) -> None:
    """Kill the worker processes that are not in `before`, as the kernel does if memory runs out."""
    send(signal.SIGKILL, before)


def test_a_solve_whose_process_was_killed_is_retried_once_with_another_seed(start: Start) -> None:
    others = workers()
    with start() as client:
        allocation_id = begin(client, exactly(a_hard_problem(), time_limit_s=5, seed=3))
        until_started(client, allocation_id, 1)
        kill(others)
        assert until_job(client, allocation_id, "succeeded", "failed")["attempt"] == 2
        outcome = client.get(f"{ALLOCATIONS}/{allocation_id}").json()["outcome"]
        assert outcome["status"] in {"feasible", "optimal"}
        assert outcome["config"]["solver"]["seed"] == 4


def test_a_solve_that_kills_its_process_twice_fails_and_the_service_continues(start: Start) -> None:
    others = workers()
    with start() as client:
        allocation_id = begin(client, exactly(a_hard_problem()))
        for attempt in (1, 2):
            until_started(client, allocation_id, attempt)
            kill(others)
        ended = until_job(client, allocation_id, "failed")
        assert ended["error"]["code"] == "solver_error"
        assert client.post(ALLOCATIONS, json=a_problem(), headers={"Prefer": "wait=30"}).status_code == 200


def test_a_solve_that_exceeds_its_limit_and_grace_is_killed_and_fails(start: Start) -> None:
    others = workers()
    with start(kill_grace_s=1) as client:
        allocation_id = begin(client, exactly(a_hard_problem(), time_limit_s=1))
        until_started(client, allocation_id, 1)
        send(signal.SIGSTOP, others)
        assert until_job(client, allocation_id, "failed")["error"]["code"] == "killed_at_limit"
        assert client.post(ALLOCATIONS, json=a_problem(), headers={"Prefer": "wait=30"}).status_code == 200


def test_a_cancelled_solve_whose_process_does_not_stop_is_killed(start: Start) -> None:
    others = workers()
    with start(cancel_grace_s=1) as client:
        allocation_id = begin(client, exactly(a_hard_problem()))
        until_started(client, allocation_id, 1)
        send(signal.SIGSTOP, others)
        client.post(f"{ALLOCATIONS}/{allocation_id}/cancel")
        until_job(client, allocation_id, "cancelled", within_s=5)
        assert client.get(f"{ALLOCATIONS}/{allocation_id}").json()["outcome"] is None


def test_a_removed_solve_whose_process_does_not_stop_is_killed_before_the_grace_of_a_cancelled_solve(
    start: Start,
) -> None:
    others = workers()
    with start(cancel_grace_s=100) as client:
        allocation_id = begin(client, exactly(a_hard_problem()))
        until_started(client, allocation_id, 1)
        send(signal.SIGSTOP, others)
        client.delete(f"{ALLOCATIONS}/{allocation_id}")
        assert client.post(ALLOCATIONS, json=a_problem(), headers={"Prefer": "wait=30"}).status_code == 200


def test_an_idle_process_that_dies_is_replaced(start: Start) -> None:
    others = workers()
    with start() as client:
        kill(others)
        until(lambda: client.get("/health/ready").status_code == 503)
        until_ready(client)
        assert client.post(ALLOCATIONS, json=a_problem()).status_code == 200


def test_without_worker_processes_no_problem_is_accepted(start: Start) -> None:
    with start(workers=0) as client:
        response = client.post(ALLOCATIONS, json=a_problem())
        refusal(response, 503, "no_worker")
        assert response.headers["retry-after"]
        assert client.get("/health/ready").json()["workers"] == "none"


def test_a_full_queue_answers_429(start: Start) -> None:
    with start(max_queued_jobs=1) as client:
        running, waiting = begin(client, exactly(a_hard_problem())), None
        until_job(client, running, "running")
        waiting = begin(client, a_problem())
        response = client.post(ALLOCATIONS, json=a_problem())
        refusal(response, 429, "queue_full")
        assert response.headers["retry-after"]
        for allocation_id in (waiting, running):
            client.delete(f"{ALLOCATIONS}/{allocation_id}")


def test_a_program_beyond_the_limit_is_refused_before_a_job_exists(start: Start) -> None:
    with start(workers=0, max_program_columns=3) as client:
        details = refusal(client.post(ALLOCATIONS, json=a_problem()), 422, "program_too_large")
        assert "columns" in details["detail"]


def test_jobs_that_run_at_shutdown_are_requeued_and_solved_after_the_next_start(start: Start) -> None:
    with start(shutdown_grace_s=0) as client:
        allocation_id = begin(client, exactly(a_hard_problem(), time_limit_s=3))
        until_job(client, allocation_id, "running")
    with start() as client:
        assert until_job(client, allocation_id, "succeeded")["attempt"] == 1


def until_started(client: TestClient, allocation_id: str, attempt: int) -> None:
    """Wait until a process has started this attempt at the job."""

    def has_started() -> bool:
        state = job(client, allocation_id)
        return bool(state["attempt"] == attempt and state["started_at"])

    until(has_started)


def test_a_job_whose_service_died_many_times_still_runs(start: Start, tmp_path: Path) -> None:
    """Only deaths of the job's own process count against it."""
    with start(shutdown_grace_s=0) as client:
        allocation_id = begin(client, exactly(a_hard_problem(), time_limit_s=2))
    set_job(tmp_path, attempt=20)
    with start() as client:
        ended = until_job(client, allocation_id, "succeeded", "failed")
        assert (ended["status"], ended["attempt"]) == ("succeeded", 21)


def test_a_process_that_was_told_to_end_has_not_crashed(start: Start) -> None:
    others = workers()
    with start() as client:
        allocation_id = begin(client, exactly(a_hard_problem(), time_limit_s=3))
        for _ in range(3):
            until(lambda: job(client, allocation_id)["started_at"] is not None and workers() - others != set())
            ended = workers() - others
            send(signal.SIGTERM, others)
            until(lambda ended=ended: not ended & workers())  # type: ignore[misc]
        assert until_job(client, allocation_id, "succeeded", "failed")["status"] == "succeeded"


def test_a_sleep_of_the_machine_does_not_make_the_service_claim_its_own_job_again(start: Start, tmp_path: Path) -> None:
    with start(workers=2) as client:
        allocation_id = begin(client, exactly(a_hard_problem(), time_limit_s=3))
        until_started(client, allocation_id, 1)
        set_job(tmp_path, lease_expires_at=datetime(2026, 1, 1, tzinfo=UTC))
        assert until_job(client, allocation_id, "succeeded", "failed")["attempt"] == 1


def set_job(tmp_path: Path, **values: object) -> None:
    database = Database(f"sqlite:///{tmp_path}/concord.db")
    with database.writing() as session:
        session.execute(update(Job).values(**values))
    database.close()
