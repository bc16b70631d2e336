"""What library, command line and service tell of a solve: progress and outcomes for a `tests.support.told.Record`."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from models.config import Config
from models.outcome import OUTCOME, Outcome, Progress
from models.problem.objective import NATURAL_SENSE, Metric
from models.problem.problem import Problem
from optimizer.solving.warm import WarmProblem
from service.cli.show.figures import priority_name
from tests.service.allocations.test_events import events_of
from tests.service.asking import ALLOCATIONS, begin, until
from tests.service.cli.asking import concord

Document = dict[str, Any]
Said = tuple[list[Progress], list[Outcome]]
"""Progress and outcomes, in order."""

ENDED = ("succeeded", "failed", "cancelled")
LINE = re.compile(r"\s*(?P<seconds>[\d.]+) s  (?P<name>[^:]+): (?P<figures>.+)")
FIGURE = re.compile(
    r"(?P<kind>best plan|best possible by search|proven bound) (?P<figure>-?[\d.,]+(e-?\d+)?)( (?P<unit>%))?"
)
KINDS = {"best plan": "incumbent", "best possible by search": "bound", "proven bound": "proven"}


def from_library(warm: WarmProblem, problem: Problem, config: Config) -> Said:
    """The progress and all answers of the library."""
    progress = list[Progress]()
    return progress, [one.outcome for one in warm.answers(problem, config, on_progress=progress.append)]


def from_command_line(
    folder: Path, problem: Document, priorities: list[tuple[Metric, ...]], *, is_printed: bool = True, **solver: Any
) -> Said:
    """The progress lines of `concord solve` and the outcome that it writes; also the one that a second run prints."""
    (folder / "problem.json").write_text(json.dumps(problem), encoding="utf-8")
    limits = ("--gap", str(solver["mip_gap"]), "--time-limit", str(solver["time_limit_s"]))
    result = concord("solve", folder / "problem.json", "--output", str(folder / "outcome.json"), *limits)
    outcomes = [OUTCOME.validate_json((folder / "outcome.json").read_bytes())]
    if is_printed:
        outcomes.append(OUTCOME.validate_json(concord("solve", folder / "problem.json", "--json", *limits).stdout))
    named = {priority_name(metrics): metrics for metrics in priorities}
    return list(_lines(result.stderr, named)), outcomes


def _lines(text: str, named: dict[str, tuple[Metric, ...]]) -> Iterator[Progress]:
    for line in text.splitlines():
        found = LINE.fullmatch(line)
        if found is None:
            continue
        metrics = named[found["name"]]
        is_most = NATURAL_SENSE[metrics[0]] == "maximize"
        told = {
            KINDS[figure["kind"]]: _at_most(figure["figure"], is_percent=bool(figure["unit"]), is_most=is_most)
            for figure in FIGURE.finditer(found["figures"])
        }
        empty = dict.fromkeys(KINDS.values())
        yield Progress(
            metric=metrics[0], metrics=metrics, gap=None, nodes=0, elapsed_s=float(found["seconds"]), **(empty | told)
        )


def _at_most(figure: str, *, is_percent: bool, is_most: bool) -> float:
    """The best value that is shown as this figure: half of its last digit better."""
    plain = figure.replace(",", "")
    mantissa, _, power = plain.partition("e")
    half = 0.5 * 10.0 ** (int(power or 0) - len(mantissa.partition(".")[2]))
    value = float(plain) + (half if is_most else -half)
    return value / 100 if is_percent else value


def from_http(client: TestClient, problem: Document, **solver: Any) -> Said:
    """The progress and outcomes of every answer about an allocation while it runs, and of its stream of events."""
    allocation_id = begin(client, {"problem": problem, "config": {"solver": solver}})
    progress, outcomes = list[Progress](), dict[str, Outcome]()

    def asked() -> bool:
        envelope = client.get(f"{ALLOCATIONS}/{allocation_id}").json()
        if envelope["job"]["progress"] is not None:
            progress.append(Progress.model_validate(envelope["job"]["progress"]))
        if envelope["outcome"] is not None:
            outcomes[json.dumps(envelope["outcome"])] = OUTCOME.validate_python(envelope["outcome"])
        return envelope["job"]["status"] in ENDED

    until(asked, within_s=solver["time_limit_s"] + 120)
    for event in events_of(client, allocation_id):
        data = json.loads(event["data"])
        if event["event"] == "incumbent":
            progress.append(Progress.model_validate({name: data[name] for name in Progress.model_fields}))
    return progress, list(outcomes.values())
