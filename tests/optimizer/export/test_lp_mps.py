"""The program for other eyes: what is written is what is solved, other solvers come to the same, names stay apart."""

import re
import subprocess
from pathlib import Path
from typing import Any, Literal

import highspy
import pulp
import pytest

from models.config import Config
from models.config import Group as RelaxedGroup
from models.errors import InvalidDocument
from models.problem.problem import Problem
from models.reading import read_config, read_problem
from optimizer.export.lp_mps import Format, export, label, number
from tests.support.golden import ABSOLUTE_TOLERANCE, Golden, cases
from tests.support.problems import a_problem, members
from tests.support.second_solver import scip

FOREIGN: tuple[Literal["lp", "mps"], ...] = ("lp", "mps")
CHOSEN = (
    "G01_two_theatres",
    "G02_threshold_b7",
    "G03_scurve_b10",
    "G04_coalition",
    "G05_concession_1",
    "G06_pivot_out",
    "G07_day_after",
    "G09_gini_1_6",
    "G10_gamma2",
    "G11_rivalry_soft1",
    "G12_divergence_range",
    "G13_off_decision+participation",
    "G14_partner_6",
    "G16_regret",
    "G16_worst",
    "G17_cvar",
    "G18_awareness",
    "G19_majority65",
    "G20",
    "G23",
    "G26_capstone",
)
"""A case of every shape: each family that brings variables, whole numbers, free ones, limits, relaxed groups."""


def golden(name: str) -> Golden:
    return next(one for one in cases() if one.name == name)


def written(tmp_path: Path, name: str, form: Format) -> Path:
    one = golden(name)
    path = tmp_path / f"program.{form}"
    path.write_text(export(read_problem(one.problem), read_config(one.config), form), encoding="utf-8")
    return path


def expected(name: str) -> float | None:
    """What a minimisation comes to; None where there is no plan."""
    value = golden(name).expect.get("objective")
    return None if value is None else value if name == "G16_regret" else -value


def agrees(value: float | None, name: str) -> bool:
    wanted = expected(name)
    return value is None if wanted is None else value == pytest.approx(wanted, abs=ABSOLUTE_TOLERANCE)


def highs(path: Path) -> float | None:
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("mip_rel_gap", 0.0)
    assert solver.readModel(str(path)) == highspy.HighsStatus.kOk
    solver.run()
    solved = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return float(solver.getObjectiveValue()) if solved else None


def cbc(path: Path, tmp_path: Path) -> float | None:
    found = tmp_path / "solution.txt"
    command = [pulp.PULP_CBC_CMD.pulp_cbc_path, str(path), "ratioGap", "0", "solve", "solution", str(found)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "error" not in done.stdout.lower().replace("with 0 errors", ""), done.stdout
    first = found.read_text(encoding="utf-8").splitlines()[0]
    return float(first.split()[-1]) if first.startswith("Optimal") else None


@pytest.mark.parametrize("form", FOREIGN)
@pytest.mark.parametrize("name", CHOSEN)
def test_every_solver_reads_it_and_comes_to_the_same(tmp_path: Path, name: str, form: Literal["lp", "mps"]) -> None:
    path = written(tmp_path, name, form)
    found = {"HiGHS": highs(path), "CBC": cbc(path, tmp_path), "SCIP": scip(path)}
    assert {solver: value for solver, value in found.items() if not agrees(value, name)} == {}


def text_of(problem: Problem, form: Format, *relax: RelaxedGroup, **config: Any) -> str:
    return export(problem, Config(relax=relax, **config), form)


def test_a_golden_lp_is_what_it_was() -> None:
    problem = a_problem(positions=[{"member": "a", "activity": "train", "value": -2}])
    assert text_of(problem, "lp").splitlines() == [
        "\\ minimises -risk_reduction",
        "\\ relaxed: nothing",
        "minimize",
        " objective:",
        " - 1 cut(iraq,risk,p1)",
        " + 0 constant",
        "subject to",
        " availability(a,money,p1):",
        " + 1 x(a,train,money,p1)",
        " <= 10",
        " needs(train,0,p1):",
        " + 1 x(a,train,money,p1)",
        " - 1 _e(train,alliance,p1)",
        " = 0",
        " level(most,train,alliance,p1):",
        " + 1 _e(train,alliance,p1)",
        " - 10 y(train,alliance,p1)",
        " <= 0",
        " _effect(level,train,p1):",
        " + 1 _e(train,alliance,p1)",
        " - 1 _E(train,p1)",
        " >= 0",
        " _effect(linear,train,p1):",
        " - 1 _E(train,p1)",
        " + 1 w(train,p1)",
        " = 0",
        " risk(iraq,risk,p1):",
        " - 1 cut(iraq,risk,p1)",
        " + 1 w(train,p1)",
        " >= 0",
        " cost(a):",
        " - 1 c(a)",
        " + 1 x(a,train,money,p1)",
        " = 0",
        "bounds",
        " 0 <= cut(iraq,risk,p1) <= 100",
        " 0 <= c(a)",
        " x(a,train,money,p1) = 0",
        " 0 <= _e(train,alliance,p1)",
        " y(train,alliance,p1) = 0",
        " 0 <= _E(train,p1)",
        " 0 <= w(train,p1)",
        " constant = 1",
        "general",
        " y(train,alliance,p1)",
        "end",
    ]


def test_what_politics_closes_is_a_bound_and_what_is_relaxed_is_none() -> None:
    problem = a_problem(positions=[{"member": "a", "activity": "train", "value": -2}])
    assert " y(train,alliance,p1) = 0" in text_of(problem, "lp").splitlines()
    assert " 0 <= y(train,alliance,p1) <= 1" in text_of(problem, "lp", "decision").splitlines()


def test_the_rows_of_a_relaxed_group_are_left_out() -> None:
    problem = a_problem(policy={"min_spend": [{"theatre": "iraq", "amount": 4}]})
    for form in (*FOREIGN, "tex"):
        assert "floors" in text_of(problem, form)  # type: ignore[arg-type]
        assert "floors" not in text_of(problem, form, "policy")  # type: ignore[arg-type]


def test_overrides_are_put_in_before_it_is_written() -> None:
    assert " <= 7" in text_of(a_problem(), "lp", overrides={"members/a/resources/money": 7}).splitlines()


def test_a_problem_that_cannot_be_solved_is_not_written() -> None:
    quorum = [{"id": "coalition", "rule": {"type": "participants", "min_participants": 2}}]
    with pytest.raises(InvalidDocument):
        text_of(a_problem(frameworks=quorum), "lp")


def test_ids_that_look_alike_when_joined_stay_apart() -> None:
    """Contributor a_b on c, and a on b_c: joined by underscores the two would be one."""
    problem = a_problem(
        members=[*members("a_b", "a", "a-b", "a.b")],
        activities=[{"id": "c"}, {"id": "b_c"}, {"id": "b-c"}, {"id": "x"}],
    )
    for form in FOREIGN:
        text = text_of(problem, form)
        shown = set(re.findall(r"x\([^)]*\)", text))
        assert len(shown) == 4 * 4
        assert {"x(a_b,c,money,p1)", "x(a,b_c,money,p1)", "x(a~b,c,money,p1)", "x(a,b~c,money,p1)"} <= shown


def test_a_sign_that_is_an_operator_elsewhere_is_written_as_another() -> None:
    assert label(("window", ("a-b+c", "m", "p1"))) == "window(a~b&c,m,p1)"


def test_no_name_can_be_taken_for_a_number() -> None:
    assert label(("e", ("train", "p1"))) == "_e(train,p1)"
    assert label(("E", ("train", "p1"))) == "_E(train,p1)"


def test_long_ids_are_cut_and_stay_apart(tmp_path: Path) -> None:
    long = "a" * 99
    problem = a_problem(
        members=members(f"{long}1", f"{long}2"),
        periods=[f"{long}p"],
        activities=[{"id": f"{long}1"}, {"id": f"{long}2"}],
        theatres=[{"id": "iraq", "risk": 30}],
    )
    for form in FOREIGN:
        path = tmp_path / f"program.{form}"
        path.write_text(text_of(problem, form), encoding="utf-8")
        assert max(map(len, re.split(r"\s", path.read_text(encoding="utf-8")))) <= 100 + len(":")
        assert highs(path) == pytest.approx(-20)
        assert scip(path) == pytest.approx(-20)
        assert cbc(path, tmp_path) == pytest.approx(-20)


@pytest.mark.parametrize("value", [0.1, 1 / 3, 2 / 3 * 1e-7, 123456789.123456789, 1e17, -0.8])
def test_a_number_is_read_back_as_the_same_double(value: float) -> None:
    assert float(number(value)) == value


@pytest.mark.parametrize("form", FOREIGN)
def test_coefficients_lose_no_digit(form: Literal["lp", "mps"]) -> None:
    rate = 0.1234567890123456
    problem = a_problem(activities=[{"id": "train", "effect": {"type": "linear", "per_level": rate}}])
    assert repr(rate) in text_of(problem, form)


def test_whole_numbers_are_declared() -> None:
    text = text_of(a_problem(activities=[{"id": "train", "min_level": 1}]), "lp")
    assert text.split("\ngeneral\n")[1].split() == ["y(train,alliance,p1)", "end"]
    assert "'INTORG'" in text_of(a_problem(activities=[{"id": "train", "min_level": 1}]), "mps")


def opened_and_closed(text: str) -> bool:
    """Whether braces, dollar signs and environments come in pairs, escaped ones aside."""
    bare = re.sub(r"\\[{}$%&#_]", "", text.replace("\\textbackslash{}", ""))
    depth = 0
    for sign in bare:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    pairs = re.findall(r"\\(begin|end)\{(\w+)\}", bare)
    opened: list[str] = []
    for kind, name in pairs:
        if kind == "begin":
            opened.append(name)
        elif not opened or opened.pop() != name:
            return False
    return depth == 0 and not opened and all(line.count("$") % 2 == 0 for line in bare.splitlines())


@pytest.mark.parametrize("name", ["G04_coalition", "G10_gamma2", "G12_divergence_range", "G17_cvar", "G26_capstone"])
def test_the_latex_is_balanced_and_escaped(name: str) -> None:
    one = golden(name)
    text = export(read_problem(one.problem), read_config(one.config), "tex")
    assert opened_and_closed(text)
    assert text.startswith("\\documentclass")
    formulae = "".join(re.findall(r"\\text\{([^{}]*)\}", text))
    assert not re.search(r"(?<!\\)[_#%&]", formulae)


def test_the_latex_names_each_active_family_and_no_other() -> None:
    problem = a_problem(positions=[{"member": "a", "activity": "train", "value": -2}])
    text = text_of(problem, "tex")
    assert "\\subsection*{C1 availability}" in text
    assert "\\subsection*{C7 consensus}" in text
    assert "cascade" not in text
    assert "C7 consensus" not in text_of(problem, "tex", "decision")


def test_the_latex_tells_futures_apart_above_the_variable() -> None:
    problem = a_problem(
        scenarios=[{"id": "calm"}, {"id": "storm", "risk_multiplier": {"iraq": 2}}], criterion={"type": "worst_case"}
    )
    assert "\\mathit{cut}^{\\text{storm}}_{\\text{iraq, risk, p1}}" in text_of(problem, "tex")
