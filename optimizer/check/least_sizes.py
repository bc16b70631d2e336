"""The least sizes of rows: what the solver's rounding is relative to, wherever the sides of a row do not show it.

The solver leaves a row off by a share of the greatest amount of its kind in the whole problem. So a row about a small
amount is not judged more finely than that: its size is at least `SIZE_FLOOR` of the greatest amount. All sizes are in
the unit of what they measure; a problem written in another unit has the same sizes in that unit.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from models.ids import ActivityId, ContributorId, ResourceId
from models.problem.activity import Activity, NeedLine
from models.problem.problem import Problem
from models.quantities import by_period
from optimizer.check.sparse import Amounts, Bundle
from optimizer.tolerances import SIZE_FLOOR


@dataclass(frozen=True, eq=False)
class LeastSizes:
    """Least sizes of the rows of one problem."""

    problem: Problem

    @cached_property
    def means(self) -> Mapping[ContributorId, Bundle]:
        """The most that each contributor can have of each resource in any period, with everything it can buy."""
        periods = self.problem.periods
        found: dict[ContributorId, dict[ResourceId, list[float]]] = {
            contributor: {resource: list(by_period(amount, periods)) for resource, amount in record.resources.items()}
            for contributor, record in self.problem.contributor.items()
        }
        for investment in self.problem.investments:
            for resource, amount in investment.adds.items():
                means = found[investment.contributor].setdefault(resource, [0.0] * len(periods))
                for t in range(investment.lead_time, len(periods)):
                    means[t] += amount * investment.max
        return {
            contributor: Amounts({resource: max(amounts) for resource, amounts in means.items()})
            for contributor, means in found.items()
        }

    def own(self, contributor: ContributorId, resource: ResourceId) -> float:
        """Return the means of a contributor, at least the least size of the resource, in units of the resource."""
        return max(self.means[contributor][resource], self.amount[resource])

    @cached_property
    def amount(self) -> Bundle:
        """Least size of a row about a resource, in its unit: a share of the most that anyone can have in a period."""
        greatest: Bundle = Amounts()
        for means in self.means.values():
            for resource, amount in means.items():
                greatest[resource] = max(greatest[resource], SIZE_FLOOR * amount)
        return greatest

    @cached_property
    def _worth(self) -> Mapping[ContributorId, float]:
        """Value at unit cost of the means of each contributor in one period, in M EUR."""
        price = {resource.id: resource.unit_cost for resource in self.problem.resources}
        return {
            contributor: sum(price[resource] * amount for resource, amount in means.items())
            for contributor, means in self.means.items()
        }

    def own_worth(self, contributor: ContributorId) -> float:
        """Return the least size of a row about the spending of one contributor in one period, in M EUR."""
        return SIZE_FLOOR * self._worth[contributor]

    @cached_property
    def money(self) -> float:
        """Least size of a row about spending, in M EUR: a share of the value of all means over the horizon."""
        return SIZE_FLOOR * len(self.problem.periods) * sum(self._worth.values())

    @cached_property
    def burden(self) -> float:
        """Least size of a row about relative burdens, in M EUR per unit of ability to pay."""
        return self.money / min(member.ability_to_pay for member in self.problem.members)

    def need(self, activity: Activity, line: NeedLine) -> float:
        """Return the least size of a row about a need of an activity, in the unit of the need.

        It is a share of the most that anyone can supply, and of what the greatest level takes.
        """
        supply = max(rate * self._supply[resource] for resource, rate in line.from_.items())
        return min(supply, line.amount * self._multiplier[activity.id] * self.level[activity.id])

    @cached_property
    def _multiplier(self) -> Mapping[ActivityId, float]:
        """The greatest cost multiplier of the frameworks of each activity."""
        return {activity.id: max(self._multipliers(activity)) for activity in self.problem.activities}

    def _multipliers(self, activity: Activity) -> list[float]:
        return [self.problem.framework[f].cost_multiplier for f in self.problem.frameworks_of(activity)]

    @cached_property
    def _supply(self) -> Bundle:
        """Share of the most that anyone can supply of a resource in a period, with its productivity."""
        greatest: Bundle = Amounts()
        for contributor, means in self.means.items():
            productivity = self.problem.contributor[contributor].productivity
            for resource, amount in means.items():
                greatest[resource] = max(greatest[resource], SIZE_FLOOR * productivity * amount)
        return greatest

    @cached_property
    def level(self) -> Mapping[ActivityId, float]:
        """Least size of a row about the level of each activity: a share of the level that all means together allow."""
        return {activity.id: SIZE_FLOOR * self._greatest_level(activity) for activity in self.problem.activities}

    def _greatest_level(self, activity: Activity) -> float:
        multiplier = min(self._multipliers(activity))
        levels = [self._total_supply(line) / (line.amount * multiplier) for line in activity.need_lines]
        return min(levels) if activity.max_level is None else min(*levels, activity.max_level)

    def _total_supply(self, line: NeedLine) -> float:
        return sum(rate * self._all_supply[resource] for resource, rate in line.from_.items())

    @cached_property
    def _all_supply(self) -> Bundle:
        """Sum over contributors of the most that each can supply of a resource in a period."""
        total: Bundle = Amounts()
        for contributor, means in self.means.items():
            productivity = self.problem.contributor[contributor].productivity
            for resource, amount in means.items():
                total[resource] += productivity * amount
        return total
