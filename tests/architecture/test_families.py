"""What a new family of constraints needs beside its own file."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TABLE_OF_CONTENTS = ROOT / "optimizer" / "assemble.py"
FAMILIES = sorted(
    path.stem
    for path in (ROOT / "optimizer" / "formulation" / "constraints").glob("*.py")
    if not path.stem.startswith("_")
)
NUMBER = re.compile(r"C\d+(?= )")
STATEMENT = re.compile(r"(?P<number>C\d+), .*\b(per|for|every|each)\b.* (<=|>=|=) ", re.DOTALL)


def names_in(path: Path) -> set[str]:
    """Every name a module imports or uses, each part of a dotted one."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.ImportFrom(module=module, names=aliases):
                names.update((module or "").split("."), *(alias.name.split(".") for alias in aliases))
            case ast.Import(names=aliases):
                names.update(*(alias.name.split(".") for alias in aliases))
            case ast.Name(id=name):
                names.add(name)
            case ast.Attribute(attr=name):
                names.add(name)
            case _:
                pass
    return names


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_stands_in_the_table_of_contents(family: str) -> None:
    assert family in names_in(TABLE_OF_CONTENTS)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_has_tests_of_its_own(family: str) -> None:
    tests = ROOT / "tests" / "optimizer" / "formulation" / "constraints" / f"test_{family}.py"
    assert tests.exists()
    assert "def test_" in tests.read_text(encoding="utf-8")


def worked(path: Path, prefix: str) -> list[str]:
    """Tests of a file that say in words how a value comes about and have a second solver confirm it."""
    functions = {
        one.name: one for one in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(one, ast.FunctionDef)
    }
    called = {
        name: {node.id for node in ast.walk(one) if isinstance(node, ast.Name)} for name, one in functions.items()
    }
    through = {name for name, names in called.items() if "optimum" in names}
    return [
        name
        for name, one in functions.items()
        if name.startswith(prefix) and ast.get_docstring(one) and (name in through or called[name] & through)
    ]


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_has_two_cases_worked_by_hand_that_a_second_solver_confirms(family: str) -> None:
    tests = ROOT / "tests" / "optimizer"
    own = worked(tests / "constraints" / f"test_{family}.py", "test_")
    assert len([*own, *worked(tests / "test_worked.py", f"test_{family}_")]) >= 2


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_says_which_statement_of_the_model_it_is(family: str) -> None:
    module = ast.parse(
        (ROOT / "optimizer" / "formulation" / "constraints" / f"{family}.py").read_text(encoding="utf-8")
    )
    number = NUMBER.match(ast.get_docstring(module) or "")
    assert number, "the module does not begin with its number in the model: 'C12 consent: …'"
    functions = [ast.get_docstring(node) or "" for node in module.body if isinstance(node, ast.FunctionDef)]
    stated = {statement["number"] for text in functions if (statement := STATEMENT.match(text))}
    assert number[0] in stated, "no function states it: 'C12, one row per host and framework: left <= right'"
