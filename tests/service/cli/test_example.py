"""`concord example`: lists and prints the example problems."""

import json

import pytest

from models.reading import read_problem
from service.examples.service import Examples, examples_folder
from tests.service.cli.asking import concord

NAMES = tuple(Examples(examples_folder()).all())


def test_lists_every_example_with_its_title() -> None:
    result = concord("example")
    assert result.exit_code == 0
    assert [name for name in NAMES if name not in result.stdout] == []
    assert "The smallest problem" in result.stdout


@pytest.mark.parametrize("name", NAMES)
def test_prints_an_example_that_is_a_problem(name: str) -> None:
    result = concord("example", name)
    assert (result.exit_code, result.stderr) == (0, "")
    assert read_problem(json.loads(result.stdout)).title


def test_prints_what_solve_reads() -> None:
    assert concord("solve", "-", "--json", given=concord("example", "smallest").stdout).exit_code == 0


def test_suggests_the_nearest_name() -> None:
    result = concord("example", "smalest")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "did you mean smallest?" in result.stderr


def test_leaves_the_folder_of_examples_alone() -> None:
    assert concord("example", "../figures/means").exit_code == 2
