"""The example studies are valid for the problems in their notes."""

import json
import re
from pathlib import Path

import pytest

from models.problem.problem import Problem
from models.study.reading import read_study

STUDIES = sorted((Path(__file__).parents[2] / "examples" / "studies").glob("*.json"))


@pytest.mark.parametrize("path", STUDIES, ids=lambda path: path.stem)
def test_a_study_fits_the_problem_that_its_notes_name(path: Path) -> None:
    document = json.loads(path.read_text(encoding="utf-8"))
    named = re.search(r"problems/\w+\.json", document["notes"])
    assert named
    problem = Problem.model_validate(json.loads((path.parents[1] / named[0]).read_text(encoding="utf-8")))
    _, spec = read_study(document, problem)
    assert spec.title
