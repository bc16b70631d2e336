"""No bound told of a large problem, at any time through any door, is beaten by any plan found (`make bounds`)."""

import json
import os
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from benchmarks.generate import generate
from models.config import Config
from models.reading import read_config, read_problem
from optimizer.solving.warm import WarmProblem
from tests.service.conftest import a_service
from tests.support.told import Record
from tests.system.told import from_command_line, from_http, from_library

pytestmark = [
    pytest.mark.skipif("CONCORD_BOUNDS" not in os.environ, reason="takes half an hour: `make bounds`"),
    pytest.mark.timeout(3600),
]
Document = dict[str, Any]
SIZES = ("S", "M", "L", "MP")
FLANK = ("southern_flank_2019", "southern_flank_2019_futures")
FOLDER = Path(__file__).resolve().parents[2] / "examples" / "problems"
AT_DOORS: Document = {"mip_gap": 0.01, "time_limit_s": 60}
NEARER: Document = {"mip_gap": 0.002, "time_limit_s": 60}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with a_service(tmp_path_factory.mktemp("bounds") / "concord.db") as started:
        yield started


def document_of(name: str) -> Document:
    """A problem of the benchmarks or of the examples."""
    if name in SIZES:
        return generate(name, 1)
    return dict(json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8")))


def with_less_money(document: Document) -> Document:
    """The document with a third less money for every other member: each of its plans is one of the document too."""
    changed = deepcopy(document)
    for member in changed["members"][::2]:
        money = member["resources"].get("money", 0)
        member["resources"]["money"] = [one / 1.5 for one in money] if isinstance(money, list) else money / 1.5
    return changed


def config_of(solver: Document) -> Config:
    return read_config({"solver": solver})


@pytest.mark.parametrize("name", [*SIZES, *FLANK])
def test_no_bound_of_a_large_problem_is_beaten(client: TestClient, tmp_path: Path, name: str) -> None:
    document = document_of(name)
    record, poorer = Record(problem=read_problem(document)), Record(problem=read_problem(with_less_money(document)))
    warm, at_doors, nearer = WarmProblem(record.problem), config_of(AT_DOORS), config_of(NEARER)
    record.add("library", *from_library(warm, record.problem, at_doors))
    poorer.add("library, less money", *from_library(warm, poorer.problem, at_doors))
    record.add("library, money back", *from_library(warm, record.problem, at_doors))
    record.add("library, nearer", *from_library(WarmProblem(record.problem), record.problem, nearer))
    poorer.add("library, poorer", *from_library(WarmProblem(poorer.problem), poorer.problem, nearer))
    record.add("command line", *from_command_line(tmp_path, document, record.priorities, is_printed=False, **AT_DOORS))
    record.add("HTTP", *from_http(client, document, **AT_DOORS))
    for plan in poorer.plans:
        record.add_plan(f"{plan.door}, of the poorer problem", plan.values[:1])
    bounds, plans = [*record.bounds, *poorer.bounds], [*record.plans, *poorer.plans]
    beaten = [str(one) for one in (*record.beaten(), *poorer.beaten())]
    doors = dict(Counter(bound.door for bound in bounds))
    print(f"{name}: {len(bounds)} bounds, {len(plans)} plans, {len(beaten)} beaten; {doors}")  # noqa: T201  (shown by -rP)
    assert not beaten
    assert not [*record.oddities, *poorer.oddities]
