"""Hard problems that were always answered rightly, and problems whose answer once lacked a word."""

import json
from pathlib import Path
from typing import Any, Literal

import highspy
import pytest

from models.config import Config
from models.outcome import Outcome, Solved
from models.plan import Plan
from models.reading import read_problem
from optimizer import solve
from optimizer.export.lp_mps import export
from tests.service.cli.asking import concord
from tests.support.second_solver import cbc, scip

FOLDER = Path(__file__).resolve().parents[1] / "cases"


def document(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return found


def answer(name: str, overrides: dict[str, Any] | None = None, *, relax: tuple[str, ...] = ()) -> Solved:
    """The outcome of a case, proven and checked."""
    config = Config.model_validate({"overrides": overrides or {}, "relax": relax})
    outcome = solve(read_problem(document(name)), config)
    assert isinstance(outcome, Solved), outcome
    assert outcome.check.passed
    return outcome


def values(outcome: Outcome) -> list[float]:
    return [one.value for one in outcome.objectives]


WORTH = {
    "pivot_leaves_second_period": [7.5, 5],
    "scenario_of_probability_zero": [14, 10],
    "partner_only": [5, 0],
    "bought_vote": [6, 6],
    "odd_names": [34, 44 / 3],
    "negative_effect_persists": [12.75, 18],
    "shares_by_tiny_means": [0.1 / 0.89, 0.1 / 0.89],
    "exact_limits": [6, 6],
}
"""Risk reduction and cost; the notes of each document say why."""


@pytest.mark.parametrize("name", WORTH)
def test_each_case_keeps_its_value(name: str) -> None:
    outcome = answer(name)
    assert values(outcome) == pytest.approx(WORTH[name], rel=1e-5, abs=1e-6)
    assert [one.bound for one in outcome.objectives] == pytest.approx(WORTH[name], rel=1e-4, abs=1e-6)


def test_ids_and_periods_are_read_by_name_and_never_by_place() -> None:
    case = document("ids_like_numbers")
    problem = read_problem(case["problem"])
    plain, changed = solve(problem), solve(problem, Config(overrides=case["overrides"]))
    assert [values(plain)[0], values(changed)[0]] == pytest.approx([20, 13])


@pytest.mark.parametrize("unit", [1e-9, 1e-3, 1, 1e3, 1e12])
def test_the_unit_of_the_abilities_to_pay_does_not_matter(unit: float) -> None:
    abilities = {"members/de/ability_to_pay": 8.3 * unit, "members/nl/ability_to_pay": 1.7 * unit}
    outcome = answer("ability_in_euros", abilities)
    assert costs(outcome.plan) == pytest.approx({"de": 8.3, "nl": 1.7})
    assert values(outcome) == pytest.approx([10, 1 / unit, 10], rel=1e-6, abs=0)


def costs(plan: Plan) -> dict[str, float]:
    return {burden.member: burden.cost for burden in plan.burden}


@pytest.mark.parametrize(
    "overrides", [{"criterion/recourse": False}, {"criterion": {"type": "worst_case", "recourse": True}}]
)
def test_an_impossible_scenario_still_binds_one_plan_for_all_and_the_worst_case(overrides: dict[str, Any]) -> None:
    assert values(answer("scenario_of_probability_zero", overrides))[0] == pytest.approx(6)


def test_a_partner_gives_alone_unless_it_must_be_paid_for() -> None:
    price = {"partners/k/coordination_cost": {"resource": "money", "amount": 1}}
    assert values(answer("partner_only", price)) == pytest.approx([0, 0])
    assert values(answer("partner_only", price, relax=("participation",))) == pytest.approx([10, 6])


def test_a_vote_is_bought_for_its_whole_price_or_not_at_all() -> None:
    assert values(answer("bought_vote", {"concessions/budget": 0.999999}))[0] == pytest.approx(0)


@pytest.mark.parametrize("form", ["lp", "mps"])
def test_odd_names_reach_every_solver(tmp_path: Path, form: Literal["lp", "mps"]) -> None:
    path = tmp_path / f"program.{form}"
    path.write_text(export(read_problem(document("odd_names")), Config(), form), encoding="utf-8")
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    assert solver.readModel(str(path)) == highspy.HighsStatus.kOk
    solver.run()
    assert [solver.getObjectiveValue(), cbc(path), scip(path)] == pytest.approx([-34, -34, -34])


def test_a_tolerance_is_no_proof_of_the_best() -> None:
    """The first objective gives up a tenth for the cost: 14 was possible."""
    outcome = answer("tolerance_is_no_proof")
    assert values(outcome) == pytest.approx([12.6, 8.6])
    assert outcome.objectives[0].bound == pytest.approx(14)
    shown = concord("solve", FOLDER / "tolerance_is_no_proof.json").stdout
    assert "WITHIN 11.2 % OF THE BEST" in shown.splitlines()[0]
    assert "no plan does better" not in shown


def test_growth_over_forty_periods_keeps_its_closed_form() -> None:
    """Half of each reduction stays, and grows threefold: a factor of 1.5 a period on 5 points a period."""
    closed = sum(5 * sum(1.5**k for k in range(periods)) for periods in range(1, 41))
    assert closed == pytest.approx(331719539.628, abs=1e-3)
    assert values(answer("growth_over_40_periods"))[0] == pytest.approx(closed, rel=1e-6)


def test_yaml_reads_numbers_as_yaml_1_2_and_names_the_texts() -> None:
    """`no` is a member, 010 is 10, .5 and 1e3 are numbers; 1_0, 0o10 and 1:30 are texts."""
    result = concord("check", FOLDER / "yaml_norway_and_octal.yaml", "--json")
    issues = json.loads(result.stdout)["issues"]
    assert result.exit_code == 2
    assert [issue["address"] for issue in issues] == [f"members/{i}/resources/money" for i in ("se", "fi", "pl")]


@pytest.mark.parametrize(
    "name, words",
    [
        ("poor_member_stops_all", "burden_sharing counts b, but b has nothing to pay with"),
        ("only_nothing_satisfies_the_shares", "pillar_share asks for at least 20 % of the spending"),
        ("nobody_has_troops", "x cannot run"),
    ],
)
def test_a_value_of_nothing_has_a_warning_from_solve_and_check(name: str, words: str) -> None:
    outcome = answer(name)
    checked = json.loads(concord("check", FOLDER / f"{name}.json", "--json").stdout)
    assert values(outcome)[0] == pytest.approx(0)
    assert [issue["message"] for issue in checked["issues"]] == list(outcome.warnings)
    assert checked["sound"]
    assert any(words in warning for warning in outcome.warnings)


def test_a_cap_on_inequality_names_the_member_without_means() -> None:
    rule = {"burden_sharing": {"type": "gini", "max": 0.3}}
    assert any("counts b" in warning for warning in answer("poor_member_stops_all", rule).warnings)


def test_nothing_times_two_is_nothing() -> None:
    result = concord("study", FOLDER / "star_times_missing.json", "--workers", "1", "--json")
    assert result.exit_code == 0, result.stderr
    base, doubled = json.loads(result.stdout)["rows"]
    assert [row["measures"]["risk_reduction"] for row in (base, doubled)] == pytest.approx([6, 12])
