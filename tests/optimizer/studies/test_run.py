"""Studies answered: the same report for any number of workers, and a status for every point."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from models.errors import InvalidDocument
from models.study.report import StudyProgress
from optimizer import Study, solve, study
from tests.support.studies import MONEY, a_sweep, a_tornado, smallest

ROOT = Path(__file__).parents[3]
SCRIPT = """
from optimizer import study
from optimizer.studies.execution import workers
from tests.support.studies import MONEY, a_sweep, smallest

workers.WORTH_S = 0.0
{guard}
    done = study(smallest(), a_sweep({"address": MONEY, "low": 0, "high": 8, "steps": {points}}), workers=2)
    print(len(done.rows), round(done.rows[-1]["risk_reduction"], 9))
"""


def answered(document: dict[str, Any], **problem: Any) -> Study:
    return study(smallest(**problem), document, workers=1)


def values(done: Study, measure: str = "risk_reduction") -> list[float | None]:
    return [row[measure] for row in done.rows]


@pytest.mark.parametrize("fidelity", ["solve", "bound"])
def test_the_report_is_the_same_for_one_worker_and_two(fidelity: str) -> None:
    floor = {"label": "asked", "changes": [{"address": "policy/min_spend/iraq", "value": 9}]}
    spec = a_sweep(
        {"address": MONEY, "low": 0, "high": 10, "steps": 4},
        {"label": "floor", "options": [{"label": "none"}, floor]},
        fidelity=fidelity,
        measures=["risk_reduction", "residual_risk", "activities/train:p1/level"],
    )
    one, two = (study(smallest(), spec, workers=workers).report for workers in (1, 2))
    assert one.is_complete
    assert one.model_dump_json(exclude={"timing"}) == two.model_dump_json(exclude={"timing"})
    assert {row.status for row in one.rows} >= {"infeasible"}


@pytest.mark.parametrize("fidelity", ["solve", "bound"])
def test_every_point_is_what_a_solve_says_of_it(fidelity: str) -> None:
    done = answered(a_sweep(fidelity=fidelity))
    assert values(done) == pytest.approx([14, 6, 9, 16])
    assert values(done, "cost") == pytest.approx([10, 4, 6, 12])
    for row, money in zip(done.report.rows[1:], (0, 2, 8), strict=True):
        alone = solve(smallest(members=[{"id": "a", "resources": {"money": money}}, smallest().document["members"][1]]))
        assert row.measures["risk_reduction"] == pytest.approx(alone.objectives[0].value)


def test_a_bound_is_one_where_the_choices_that_are_held_are_not_the_best() -> None:
    threshold = {"type": "threshold", "threshold": 8, "per_level": 1.25}
    choices = [
        {"id": "train", "theatre": "iraq", "pillar": "other"},
        {"id": "reform", "theatre": "iraq", "pillar": "other", "max_level": 8, "effect": threshold},
    ]
    money = {"address": MONEY, "values": [2, 3.5]}
    held = answered(a_sweep(money, fidelity="bound"), activities=choices)
    exact = answered(a_sweep(money), activities=choices)
    for bound, solved in zip(held.report.rows, exact.report.rows, strict=True):
        assert bound.measures["risk_reduction"] is not None
        assert solved.measures["risk_reduction"] is not None
        assert bound.bound is not None
        assert bound.measures["risk_reduction"] <= solved.measures["risk_reduction"] + 1e-6
        assert bound.bound >= solved.measures["risk_reduction"] - 1e-6


def test_a_point_without_a_plan_is_an_answer_and_never_a_number() -> None:
    floor = {"address": "policy/min_spend/iraq", "values": [9, 11, 9.5]}
    done = answered(a_sweep(floor))
    assert [row["status"] for row in done.rows] == ["optimal", "optimal", "infeasible", "optimal"]
    assert (done.rows[2]["risk_reduction"], done.rows[2]["bound"]) == (None, None)
    assert "NaN" not in done.report.model_dump_json()


def test_a_point_that_contradicts_itself_is_told_as_invalid() -> None:
    axes = [
        {"address": "activities/train/min_level", "values": [1, 3]},
        {"address": "activities/train/max_level", "values": [2, 4]},
    ]
    done = answered(a_sweep(*axes))
    assert [row["status"] for row in done.rows] == ["optimal", "optimal", "optimal", "invalid", "optimal"]
    assert "level" in (done.report.rows[3].reason or "")


def test_a_problem_without_a_plan_can_be_studied() -> None:
    policy = {"min_spend": [{"theatre": "iraq", "amount": 11}]}
    for fidelity in ("solve", "bound"):
        done = answered(a_sweep(fidelity=fidelity), policy=policy)
        assert [row["status"] for row in done.rows] == ["infeasible", "infeasible", "infeasible", "optimal"]


def test_the_overrides_and_the_relaxed_groups_of_the_config_hold_at_every_point() -> None:
    positions = [{"member": "b", "activity": "watch", "value": -2}]
    config = {"overrides": {"members/b/resources/money": 6}, "relax": ["decision", "participation"]}
    assert values(answered(a_sweep(config=config), positions=positions)) == pytest.approx([16, 9, 12, 18])
    relaxing = {"label": "politics", "options": [{"label": "as is"}, {"label": "none", "relax": config["relax"]}]}
    assert values(answered(a_sweep(relaxing), positions=positions)) == pytest.approx([10, 10, 14])


def test_what_a_study_moves_wins_over_the_overrides_of_its_config() -> None:
    assert values(answered(a_sweep(config={"overrides": {MONEY: 1}}))) == pytest.approx([7.5, 6, 9, 16])


def test_a_tornado_of_what_is_uncertain() -> None:
    uncertain = [
        {"address": MONEY, "low": 5, "high": 7, "title": "means of a"},
        {"address": "theatres/libya/weight", "low": 1, "high": 3},
    ]
    findings = answered(a_tornado(), uncertainty=uncertain).report.findings
    assert findings.kind == "tornado"
    bars = [bar for bar in findings.bars if bar.measure == "risk_reduction"]
    assert [bar.input for bar in bars] == ["theatres/libya/weight", "means of a"]
    assert [bar.swing for bar in bars] == pytest.approx([10, 2])


@pytest.mark.parametrize("workers", [1, 2])
def test_a_study_that_is_stopped_reports_what_it_has(workers: int) -> None:
    seen: list[StudyProgress] = []
    values_ = [number / 100 for number in range(300)]
    done = study(
        smallest(),
        a_sweep({"address": MONEY, "values": values_}),
        workers=workers,
        on_progress=seen.append,
        should_stop=lambda: len(seen) >= 3,
    ).report
    assert not done.is_complete
    assert 3 <= len(done.rows) < done.points == 301
    assert done.findings.kind == "sweep"
    assert seen[0].answered == 1


def test_a_study_that_is_stopped_at_once_has_no_rows() -> None:
    done = study(smallest(), a_sweep(), workers=1, should_stop=lambda: True).report
    assert (done.is_complete, done.rows) == (False, ())


def test_a_study_that_does_not_fit_its_problem_is_refused() -> None:
    with pytest.raises(InvalidDocument, match="members/c"):
        answered(a_sweep({"address": "members/c/resources/money", "values": [1]}))


def test_a_problem_that_cannot_be_solved_as_it_stands_is_refused() -> None:
    with pytest.raises(InvalidDocument):
        answered(a_sweep(), frameworks=[{"id": "some", "rule": {"type": "participants", "min_participants": 2}}])


def test_rows_make_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    class Pandas:
        @staticmethod
        def DataFrame(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:  # noqa: N802
            return rows

    done = answered(a_sweep())
    monkeypatch.setitem(sys.modules, "pandas", Pandas)
    assert done.to_pandas() == done.rows
    assert list(done.rows[1]) == [
        "point",
        MONEY,
        "status",
        "bound",
        "proven",
        "gap",
        "proven_gap",
        "risk_reduction",
        "cost",
    ]


def run(guard: str, points: int, folder: Path) -> "subprocess.CompletedProcess[str]":
    """Run a script whose study starts processes as soon as it can."""
    script = folder / "script.py"
    script.write_text(SCRIPT.replace("{guard}", guard).replace("{points}", str(points)), encoding="utf-8")
    return subprocess.run(
        [sys.executable, script], capture_output=True, text=True, check=False, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}
    )


def test_works_from_a_plain_script_with_a_guard(tmp_path: Path) -> None:
    done = run('if __name__ == "__main__":', 30, tmp_path)
    assert done.stdout.strip() == "31 16.0", done.stderr


def test_a_script_without_a_guard_is_told_what_to_do(tmp_path: Path) -> None:
    done = run("if True:", 2_000, tmp_path)
    assert done.returncode != 0
    assert '`if __name__ == "__main__":`' in done.stderr.splitlines()[-1]
