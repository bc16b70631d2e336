"""The sizes that a comparison of plans is relative to: the greatest amount of each kind in the problem.

A size is in the unit of what it measures, so the unit of a problem decides neither what counts as equal nor as good.
"""

from dataclasses import dataclass
from functools import cached_property

from models.ids import ActivityId, ContributorId, MemberId, ResourceId
from models.problem.objective import Metric
from optimizer.data.scenarios import ScenarioData


@dataclass(frozen=True)
class Sizes:
    """The greatest amounts of a problem, over all its scenarios; a record that it does not have is missing."""

    scenarios: tuple[ScenarioData, ...]

    @cached_property
    def amount(self) -> dict[ResourceId, float]:
        """The most that any contributor can have of each resource in any period, in units of the resource."""
        found: dict[ResourceId, float] = {}
        for scenario in self.scenarios:
            for (_, r, _), amount in scenario.bounds.greatest_endowments.items():
                found[r] = max(found.get(r, 0.0), amount)
        return found

    @cached_property
    def level(self) -> dict[ActivityId, float]:
        """The greatest level of each activity that the endowments allow in any period."""
        found: dict[ActivityId, float] = {}
        for scenario in self.scenarios:
            for (a, _, _), level in scenario.bounds.level.items():
                found[a] = max(found.get(a, 0.0), level)
        return found

    @cached_property
    def money(self) -> float:
        """The value at unit cost of everything that all contributors can have over the horizon, in M EUR."""
        return max(sum(worth.values()) for worth in self._worth)

    def cost(self, i: MemberId) -> float:
        """The greatest cost of a member over the horizon, in M EUR; 0 if the problem does not have it."""
        return max(worth.get(ContributorId(i), 0.0) for worth in self._worth)

    @cached_property
    def _worth(self) -> tuple[dict[ContributorId, float], ...]:
        """For each scenario the value of what each contributor can have over the horizon, in M EUR."""
        return tuple(_worth(scenario) for scenario in self.scenarios)

    @cached_property
    def points(self) -> float:
        """The weighted, discounted risk of all theatres over the horizon if nothing is done, in points."""
        return max(
            sum(
                scenario.problem.theatre[h].weight
                * scenario.problem.discount ** scenario.index.place[t]
                * scenario.risk_multiplier.get(h, 1.0)
                * risk
                for (h, _, t), risk in scenario.bounds.risk.items()
            )
            for scenario in self.scenarios
        )

    def metric(self, metric: Metric) -> float:
        """The greatest value that a metric can have, in its unit; 1 for points of position and shares."""
        match metric:
            case "risk_reduction" | "residual_risk" | "max_regret":
                return self.points
            case "cost" | "change_from_baseline":
                return self.money
            case "max_burden":
                return self.money / min(member.ability_to_pay for member in self.scenarios[0].problem.members)
            case "opposition" | "divergence" | "concessions" | "min_coverage":
                return 1.0


def _worth(scenario: ScenarioData) -> dict[ContributorId, float]:
    found: dict[ContributorId, float] = {}
    for (c, r, _), amount in scenario.bounds.greatest_endowments.items():
        found[c] = found.get(c, 0.0) + scenario.problem.resource[r].unit_cost * amount
    return found
