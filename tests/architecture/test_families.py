"""What a new family of constraints needs besides its own file; CONTRIBUTING.md has the recipe."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONSTRAINTS = ROOT / "optimizer" / "formulation" / "constraints"
TABLE_OF_CONTENTS = ROOT / "optimizer" / "formulation" / "families.py"
TESTS = ROOT / "tests" / "optimizer" / "formulation"
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
FAMILIES = sorted(path.stem for path in CONSTRAINTS.glob("*.py") if not path.stem.startswith("_"))
SEVERAL_FILES = {"C7": {"concessions", "consensus"}, "C16": {"threshold", "s_curve"}, "C20": {"cost", "burden"}}
"""Numbers of MODEL that are more than one family."""
WITHOUT_FILE = {"C25"}
"""Numbers of MODEL that are no family: the criteria over scenarios stand with the objectives."""
NUMBER = re.compile(r"C\d+(?= )")
STATEMENT = re.compile(r"(?P<number>C\d+), .*\b(per|for|every|each)\b.* (<=|>=|=) ", re.DOTALL)


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def number_of(family: str) -> str:
    """The number at the beginning of a family's module docstring; empty if there is none."""
    number = NUMBER.match(ast.get_docstring(parsed(CONSTRAINTS / f"{family}.py")) or "")
    return number[0] if number else ""


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_stands_in_the_table_of_contents(family: str) -> None:
    names = {
        node.value.id
        for node in ast.walk(parsed(TABLE_OF_CONTENTS))
        if isinstance(node, ast.Attribute) and node.attr == "FAMILY" and isinstance(node.value, ast.Name)
    }
    assert family in names, (
        f"optimizer/formulation/families.py: import `{family}` from optimizer.formulation.constraints "
        f"and add the line `{family}.FAMILY,` to FAMILIES"
    )


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_has_tests_of_its_own(family: str) -> None:
    tests = TESTS / "constraints" / f"test_{family}.py"
    assert tests.exists(), (
        f"create {tests.relative_to(ROOT)}: the rows as text, what they permit and forbid, an optimum"
    )
    assert "def test_" in tests.read_text(encoding="utf-8"), f"{tests.relative_to(ROOT)} has no test"


def worked(path: Path, prefix: str) -> list[str]:
    """Tests of a file that say in words how a value comes about and have a second solver confirm it."""
    functions = {node.name: node for node in parsed(path).body if isinstance(node, ast.FunctionDef)}
    called = {
        name: {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
        for name, function in functions.items()
    }
    through = {name for name, names in called.items() if "optimum" in names}
    return [
        name
        for name, function in functions.items()
        if name.startswith(prefix) and ast.get_docstring(function) and (name in through or called[name] & through)
    ]


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_has_two_cases_worked_by_hand_that_a_second_solver_confirms(family: str) -> None:
    own = TESTS / "constraints" / f"test_{family}.py"
    assert own.exists(), f"create {own.relative_to(ROOT)}"
    found = [*worked(own, "test_"), *worked(TESTS / "test_worked.py", f"test_{family}_")]
    assert len(found) >= 2, (
        f"{own.relative_to(ROOT)} has {len(found)} worked cases, two are needed: tests with a docstring that derives "
        "the value by hand and an assertion on `optimum(...)` of tests.support.optima, which solves with HiGHS and CBC"
    )


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_says_which_statement_of_the_model_it_is(family: str) -> None:
    path = CONSTRAINTS / f"{family}.py"
    number = number_of(family)
    assert number, (
        f"{path.relative_to(ROOT)}: begin the module's docstring with the family's number and name, "
        f'as in "C12 consent: a host may refuse a framework."; free numbers are listed in CONTRIBUTING.md'
    )
    functions = [ast.get_docstring(node) or "" for node in parsed(path).body if isinstance(node, ast.FunctionDef)]
    stated = {statement["number"] for text in functions if (statement := STATEMENT.match(text))}
    assert number in stated, (
        f"{path.relative_to(ROOT)}: begin the docstring of `rows` (or `limits`) with the statement of the family: "
        f'"{number}, one row per <index>: <left> <= <right>  [<unit>]."'
    )


def test_a_number_is_one_family() -> None:
    """Two families with one number are parts of one statement of the model, and are named here."""
    by_number: dict[str, set[str]] = {}
    for family in FAMILIES:
        by_number.setdefault(number_of(family), set()).add(family)
    shared = {number: names for number, names in by_number.items() if len(names) > 1}
    assert shared == SEVERAL_FILES, (
        "two families have one number: give the new one a free number of CONTRIBUTING.md, or add it to SEVERAL_FILES"
    )


def test_the_recipe_lists_the_free_numbers() -> None:
    used = {int(number_of(family).removeprefix("C") or 0) for family in FAMILIES}
    used |= {int(number.removeprefix("C")) for number in WITHOUT_FILE}
    line = f"**Free numbers:** from C{max(used) + 1} on"
    is_listed = line in CONTRIBUTING.read_text(encoding="utf-8")
    assert is_listed, f"CONTRIBUTING.md: the line of free numbers must begin with '{line}'"
    assert used >= set(range(1, max(used))), "a number was skipped: use it for the new family"
