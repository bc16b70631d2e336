from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from models.config import Config
from models.outcome import OUTCOME, Outcome
from service.database.engine import Database
from service.database.records import Allocation, Event, Job, SolvedProblem, StoredOutcome
from service.database.upgrade import upgrade
from service.worker import claims, publish
from service.worker.claims import Claim, ClaimFilter

NOW = datetime(2026, 1, 1, tzinfo=UTC)
LEASE = timedelta(seconds=10)
LATER = NOW + LEASE + timedelta(seconds=1)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path}/concord.db")
    upgrade(database)
    with database.writing() as session:
        session.add(SolvedProblem(key="p", document="{}"))
    for number in range(3):
        name, created_at = f"j{number}", NOW - timedelta(seconds=10 - number)
        with database.writing() as session:
            session.add(Job(id=name, status="queued", created_at=created_at))
            session.flush()
            session.add(
                Allocation(
                    id=f"a{number}",
                    job_id=name,
                    problem_key="p",
                    config=Config().model_dump(mode="json"),
                    fingerprint="f",
                    title="",
                    root_id=f"a{number}",
                )
            )
    yield database
    database.close()


def claim_jobs(database: Database, owner: str, *, now: datetime = NOW, limit: int = 1) -> list[Claim]:
    with database.writing() as session:
        return claims.claim_jobs(session, ClaimFilter(limit=limit), owner=owner, now=now, lease=LEASE)


def job(database: Database, name: str = "j0") -> Job:
    with database.reading() as session:
        return session.get_one(Job, name)


def test_the_oldest_jobs_are_claimed_first(database: Database) -> None:
    assert [claim.job_id for claim in claim_jobs(database, "x", limit=2)] == ["j0", "j1"]


def test_a_job_is_claimed_once(database: Database) -> None:
    first, second = claim_jobs(database, "x", limit=9), claim_jobs(database, "y", limit=9)
    assert len(first) == 3
    assert second == []


def test_a_job_whose_lease_expired_is_claimed_again_as_another_attempt(database: Database) -> None:
    claim_jobs(database, "x")
    again = claim_jobs(database, "y", now=LATER)
    assert [(claim.job_id, claim.attempt) for claim in again] == [("j0", 2)]


def test_a_job_with_a_renewed_lease_is_not_claimed_again(database: Database) -> None:
    claim_jobs(database, "x")
    with database.writing() as session:
        claims.renew_leases(session, "x", ["j0"], until=LATER + LEASE)
    assert claim_jobs(database, "y", now=LATER)[0].job_id == "j1"


def test_a_released_job_is_queued_again_and_the_attempt_does_not_count(database: Database) -> None:
    claim_jobs(database, "x")
    with database.writing() as session:
        claims.release(session, "x", ["j0"])
    assert (job(database).status, job(database).attempt) == ("queued", 0)


def test_a_void_claim_publishes_nothing(database: Database) -> None:
    [lost] = claim_jobs(database, "x")
    claim_jobs(database, "y", now=LATER)
    assert not publish.start(database, lost, now=LATER)
    publish.failure(database, lost, {"code": "c", "message": "m"}, now=LATER)
    publish.crash(database, lost, "killed", now=LATER)
    assert (job(database).status, job(database).lease_owner, job(database).crashes) == ("running", "y", 0)


def test_a_first_crash_requeues_the_job_and_a_second_fails_it(database: Database) -> None:
    for crashes, status in ((1, "queued"), (2, "failed")):
        [claim] = claim_jobs(database, "x")
        publish.crash(database, claim, "killed by signal 9", now=NOW)
        assert (job(database).crashes, job(database).status) == (crashes, status)
    error = job(database).error
    assert error is not None
    assert error["code"] == "solver_error"
    assert "killed by signal 9" in error["message"]


def test_a_cancelled_job_is_not_retried_after_a_crash(database: Database) -> None:
    [claim] = claim_jobs(database, "x")
    with database.writing() as session:
        session.get_one(Job, "j0").cancel_requested_at = NOW
    publish.crash(database, claim, "killed", now=NOW)
    assert job(database).status == "cancelled"


def test_the_outcome_is_written_before_the_status(database: Database) -> None:
    """Both are in one transaction. If the outcome cannot be written, the job has not ended."""
    [claim] = claim_jobs(database, "x")
    with database.writing() as session:
        session.delete(session.get_one(Allocation, "a0"))
    with pytest.raises(Exception, match="No row was found"):
        publish.final_outcome(database, claim, an_outcome(), "succeeded", now=NOW)
    with database.reading() as session:
        assert session.get_one(Job, "j0").status == "running"
        assert session.query(Event).count() == 0


def test_a_reader_that_sees_the_job_ended_sees_its_outcome(database: Database) -> None:
    [claim] = claim_jobs(database, "x")
    publish.final_outcome(database, claim, an_outcome(), "succeeded", now=NOW)
    with database.reading() as session:
        assert session.get_one(Job, "j0").status == "succeeded"
        assert session.get_one(StoredOutcome, "a0").status == "no_plan_in_limit"


def test_an_outcome_is_stored_as_the_json_text_that_was_written(database: Database) -> None:
    [claim] = claim_jobs(database, "x")
    outcome = an_outcome(reason="\u20ac NaN of Infinity")
    publish.final_outcome(database, claim, outcome, "succeeded", now=NOW)
    with database.reading() as session:
        document = session.get_one(StoredOutcome, "a0").document
        stored = session.scalar(text("SELECT document FROM outcomes"))
    assert document == stored == OUTCOME.dump_json(outcome, by_alias=True).decode()
    assert OUTCOME.validate_json(document) == outcome


@pytest.mark.parametrize("number", [float("inf"), float("-inf"), float("nan")])
def test_an_outcome_with_a_number_that_json_cannot_express_is_not_published(database: Database, number: float) -> None:
    [claim] = claim_jobs(database, "x")
    with pytest.raises(ValueError, match="not JSON compliant"):
        publish.final_outcome(database, claim, an_outcome(timing=dict.fromkeys(TIMES, number)), "succeeded", now=NOW)
    assert job(database).status == "running"


TIMES = ("formulate_s", "compile_s", "solve_s", "check_s")


def an_outcome(**fields: object) -> Outcome:
    return OUTCOME.validate_python(
        {
            "schema": "concord.outcome/1",
            "status": "no_plan_in_limit",
            "problem_digest": "sha256:0",
            "versions": {"concord": "0", "highs": "0", "model": "1"},
            "config": {},
            "program": {"columns": 0, "rows": 0, "nonzeros": 0, "integers": 0},
            "objectives": [],
            "sums": [],
            "plan": None,
            "check": None,
            "explanation": None,
            "infeasibility": None,
            "reason": "time",
            "stopped_by": "time_limit_s",
            "warnings": [],
            "assumptions": [],
            "timing": dict.fromkeys(TIMES, 0),
            **fields,
        }
    )


def test_a_job_that_this_owner_still_runs_is_not_claimed_again_when_its_lease_expired(database: Database) -> None:
    [own] = claim_jobs(database, "x")
    with database.writing() as session:
        claim_filter = ClaimFilter(limit=9, excluded_jobs={own.job_id})
        others = claims.claim_jobs(session, claim_filter, owner="x", now=LATER, lease=LEASE)
    assert [claim.job_id for claim in others] == ["j1", "j2"]
