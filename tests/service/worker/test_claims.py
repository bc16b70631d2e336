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
from service.worker.claims import Claim, Wanted

NOW = datetime(2026, 1, 1, tzinfo=UTC)
LEASE = timedelta(seconds=10)
LATER = NOW + LEASE + timedelta(seconds=1)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path}/concord.db")
    upgrade(database)
    with database.writing() as session:
        session.add(SolvedProblem(key="p", document={}))
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


def take(database: Database, owner: str, *, now: datetime = NOW, limit: int = 1) -> list[Claim]:
    with database.writing() as session:
        return claims.claim(session, Wanted(most=limit), owner=owner, now=now, lease=LEASE)


def job(database: Database, name: str = "j0") -> Job:
    with database.reading() as session:
        return session.get_one(Job, name)


def test_the_oldest_jobs_are_taken_first(database: Database) -> None:
    assert [claim.job_id for claim in take(database, "x", limit=2)] == ["j0", "j1"]


def test_a_job_is_taken_once(database: Database) -> None:
    first, second = take(database, "x", limit=9), take(database, "y", limit=9)
    assert len(first) == 3
    assert second == []


def test_a_job_whose_lease_expired_is_taken_again_as_another_attempt(database: Database) -> None:
    take(database, "x")
    again = take(database, "y", now=LATER)
    assert [(claim.job_id, claim.attempt) for claim in again] == [("j0", 2)]


def test_a_renewed_lease_holds(database: Database) -> None:
    take(database, "x")
    with database.writing() as session:
        claims.renew(session, "x", ["j0"], until=LATER + LEASE)
    assert take(database, "y", now=LATER)[0].job_id == "j1"


def test_a_released_job_is_queued_again_and_the_attempt_does_not_count(database: Database) -> None:
    take(database, "x")
    with database.writing() as session:
        claims.release(session, "x", ["j0"])
    assert (job(database).status, job(database).attempt) == ("queued", 0)


def test_who_lost_its_claim_publishes_nothing(database: Database) -> None:
    [lost] = take(database, "x")
    take(database, "y", now=LATER)
    assert not publish.started(database, lost, now=LATER)
    publish.failed(database, lost, {"code": "c", "message": "m"}, now=LATER)
    publish.crashed(database, lost, "killed", now=LATER)
    assert (job(database).status, job(database).lease_owner, job(database).crashes) == ("running", "y", 0)


def test_a_first_crash_puts_the_job_back_and_a_second_fails_it(database: Database) -> None:
    for crashes, status in ((1, "queued"), (2, "failed")):
        [claim] = take(database, "x")
        publish.crashed(database, claim, "killed by signal 9", now=NOW)
        assert (job(database).crashes, job(database).status) == (crashes, status)
    error = job(database).error
    assert error is not None
    assert error["code"] == "solver_error"
    assert "killed by signal 9" in error["message"]


def test_a_crash_of_a_cancelled_job_is_not_tried_again(database: Database) -> None:
    [claim] = take(database, "x")
    with database.writing() as session:
        session.get_one(Job, "j0").cancel_requested_at = NOW
    publish.crashed(database, claim, "killed", now=NOW)
    assert job(database).status == "cancelled"


def test_the_result_is_written_before_the_status_flips(database: Database) -> None:
    """Both in one transaction, the result first: when it cannot be written, nothing has ended."""
    [claim] = take(database, "x")
    with database.writing() as session:
        session.delete(session.get_one(Allocation, "a0"))
    with pytest.raises(Exception, match="No row was found"):
        publish.ended(database, claim, an_outcome(), "succeeded", now=NOW)
    with database.reading() as session:
        assert session.get_one(Job, "j0").status == "running"
        assert session.query(Event).count() == 0


def test_whoever_sees_the_job_ended_sees_its_outcome(database: Database) -> None:
    [claim] = take(database, "x")
    publish.ended(database, claim, an_outcome(), "succeeded", now=NOW)
    with database.reading() as session:
        assert session.get_one(Job, "j0").status == "succeeded"
        assert session.get_one(StoredOutcome, "a0").status == "no_plan_in_limit"


def test_an_outcome_is_kept_as_the_json_it_was_written_as(database: Database) -> None:
    [claim] = take(database, "x")
    outcome = an_outcome(reason="\u20ac NaN of Infinity")
    publish.ended(database, claim, outcome, "succeeded", now=NOW)
    with database.reading() as session:
        document = session.get_one(StoredOutcome, "a0").document
        stored = session.scalar(text("SELECT document FROM outcomes"))
    assert document == stored == OUTCOME.dump_json(outcome, by_alias=True).decode()
    assert OUTCOME.validate_json(document) == outcome


@pytest.mark.parametrize("number", [float("inf"), float("-inf"), float("nan")])
def test_an_outcome_with_a_number_that_json_has_not_is_not_published(database: Database, number: float) -> None:
    [claim] = take(database, "x")
    with pytest.raises(ValueError, match="not JSON compliant"):
        publish.ended(database, claim, an_outcome(timing=dict.fromkeys(TIMES, number)), "succeeded", now=NOW)
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
