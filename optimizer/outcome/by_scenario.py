"""The decisions of plans by scenario, so that plans with and without recourse can be compared.

A decision that a plan takes for all scenarios is its decision in each of them.
"""

from collections.abc import Iterator, Sequence

from models.ids import ScenarioId
from models.plan import ActivityRun, Plan

Scenarios = tuple[ScenarioId | None, ...]
"""The scenarios by which plans are compared; None alone if every plan decides for all scenarios at once."""

ALL: Scenarios = (None,)


def compared_scenarios(plans: Sequence[Plan]) -> Scenarios:
    """All scenarios of the plans that decide by scenario, in their order."""
    found = (result.id for plan in plans if plan.decides_by_scenario for result in plan.scenarios)
    return tuple(dict.fromkeys(found)) or ALL


def scenarios_of_entry(scenario: ScenarioId | None, scenarios: Scenarios) -> Scenarios:
    """The scenarios in which an entry of a plan holds: its own, or all."""
    return scenarios if scenario is None else (scenario,)


def runs_of(plan: Plan, scenarios: Scenarios) -> Iterator[tuple[ScenarioId | None, ActivityRun]]:
    """The runs of a plan in each of the scenarios.

    Without recourse the rows of a run differ in figures only, so the first row decides for all scenarios.
    """
    if plan.decides_by_scenario:
        yield from ((run.scenario, run) for run in plan.activities)
        return
    decided = {(run.id, run.period): run for run in reversed(plan.activities)}
    for run in plan.activities:
        if decided[run.id, run.period] is run:
            yield from ((scenario, run) for scenario in scenarios)
