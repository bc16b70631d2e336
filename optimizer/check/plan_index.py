"""The amounts that a plan states for one scenario, indexed. Periods are counted from 0."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from models.ids import (
    ActivityId,
    ContributorId,
    DriverId,
    FrameworkId,
    MemberId,
    ResourceId,
    ScenarioId,
    TheatreId,
)
from models.plan import Plan
from models.problem.problem import Problem
from models.problem.scenario import Criterion
from models.quantities import by_period
from optimizer.check.least_sizes import LeastSizes
from optimizer.check.row import slack
from optimizer.check.sparse import Amounts, Bundle, Bundles, ContributorBundles
from optimizer.check.titles import Titles
from optimizer.tolerances import SIZE_FLOOR, TOKEN_SHARE

Participation = tuple[ContributorId, ActivityId, int]
"""A contributor, an activity and a period."""
Running = tuple[ActivityId, int]
"""An activity and a period in which it runs."""
RiskCell = tuple[TheatreId, DriverId, int]
"""A theatre, a driver of its risk and a period."""


@dataclass(frozen=True, kw_only=True)
class ScenarioProblem:
    """One scenario: its own problem (overrides applied) and the multipliers that apply after the overrides.

    `id` is None if the problem has no scenarios. `criterion` is that of the document, which covers all scenarios.
    """

    id: ScenarioId | None
    criterion: Criterion
    probability: float
    problem: Problem
    effect_multiplier: Mapping[ActivityId, float]
    risk_multiplier: Mapping[TheatreId, float]


@dataclass(frozen=True, kw_only=True, eq=False)
class PlanIndex:
    """The amounts that a plan states for one scenario, indexed by activity, contributor, resource and period."""

    scenario: ScenarioProblem
    plan: Plan

    @property
    def problem(self) -> Problem:
        """The problem of this scenario."""
        return self.scenario.problem

    @cached_property
    def titles(self) -> Titles:
        """The titles of the problem's records."""
        return Titles(self.problem)

    @cached_property
    def least_size(self) -> LeastSizes:
        """The least size of a row of this scenario, by what the row measures."""
        return LeastSizes(self.problem)

    def applies(self, scenario: ScenarioId | None) -> bool:
        """Return whether an entry of the plan with this `scenario` applies to this scenario; None applies to all."""
        return scenario is None or scenario == self.scenario.id

    @cached_property
    def periods(self) -> range:
        """The periods, counted from 0."""
        return range(len(self.problem.periods))

    @cached_property
    def period_index(self) -> Mapping[str, int]:
        """The position of each period, by id."""
        return {period: number for number, period in enumerate(self.problem.periods)}

    @cached_property
    def contributions(self) -> Bundles[Participation]:
        """Contributions by contributor, activity and period, in units of each resource."""
        found: Bundles[Participation] = Bundles()
        for allocation in self.plan.allocations:
            if self.applies(allocation.scenario):
                key = allocation.contributor, allocation.activity, self.period_index[allocation.period]
                found.setdefault(key, Amounts())[allocation.resource] += allocation.amount
        return found

    @cached_property
    def contributions_to(self) -> ContributorBundles[Running]:
        """Contributions by activity and period, then by contributor."""
        found: ContributorBundles[Running] = ContributorBundles()
        for (contributor, activity, t), bundle in self.contributions.items():
            found.setdefault((activity, t), Bundles())[contributor] = bundle
        return found

    @cached_property
    def level(self) -> Amounts[Running]:
        """Level of each activity and period that runs."""
        runs = (run for run in self.plan.activities if self.applies(run.scenario))
        return Amounts(((run.id, self.period_index[run.period]), run.level) for run in runs)

    @cached_property
    def conceded(self) -> Amounts[tuple[MemberId, ActivityId, FrameworkId]]:
        """Political capital spent on each member, activity and framework, for all scenarios at once."""
        points: Amounts[tuple[MemberId, ActivityId, FrameworkId]] = Amounts()
        for concession in self.plan.concessions:
            points[concession.member, concession.activity, concession.framework] += concession.amount
        return points

    def value(self, bundle: Bundle) -> float:
        """Return the value of a bundle at unit cost, in M EUR."""
        return sum(self.price[resource] * amount for resource, amount in bundle.items())

    @cached_property
    def price(self) -> Mapping[ResourceId, float]:
        """Unit cost of each resource, in M EUR."""
        return {resource.id: resource.unit_cost for resource in self.problem.resources}

    @cached_property
    def _endowments(self) -> Mapping[tuple[ContributorId, ResourceId], tuple[float, ...]]:
        return {
            (contributor, resource): by_period(amount, self.problem.periods)
            for contributor, record in self.problem.contributor.items()
            for resource, amount in record.resources.items()
        }

    def endowment(self, contributor: ContributorId, resource: ResourceId) -> tuple[float, ...]:
        """Return a contributor's endowment of a resource in each period, in units of the resource."""
        return self._endowments.get((contributor, resource)) or (0.0,) * len(self.periods)

    def meets_stake(self, key: Participation) -> bool:
        """Return whether a contribution reaches the contributor's stake in the activity.

        Without a stake, a partner counts with a token: a small share of its means. A member counts with any
        contribution.
        """
        contributor, activity, _ = key
        stake = self.problem.contributor[contributor].stake(activity)
        if stake > 0:
            least = max(stake, self.least_size.own_worth(contributor))
            return self.value(self.contributions[key]) >= stake - slack(least)
        if MemberId(contributor) in self.problem.member:
            return key in self.participations
        return self._share_of_means(key) >= TOKEN_SHARE - slack(max(TOKEN_SHARE, SIZE_FLOOR))

    def stakes_given(self, contributor: ContributorId, t: int) -> float:
        """Return what a contributor gives in a period, in stakes, summed over activities.

        A stake is what counts in an activity (see `meets_stake`): its stake there, or a token if it has none.
        """
        return sum(self._stakes(key) for key in self.contributions if (key[0], key[2]) == (contributor, t))

    def _stakes(self, key: Participation) -> float:
        stake = self.problem.contributor[key[0]].stake(key[1])
        return self.value(self.contributions[key]) / stake if stake > 0 else self._share_of_means(key) / TOKEN_SHARE

    def stakes_in_reach(self, contributor: ContributorId) -> float:
        """Return the least size of a row about what a contributor gives, in stakes."""
        stakes = [self.problem.contributor[contributor].stake(activity.id) for activity in self.problem.activities]
        worth = self.least_size.own_worth(contributor)
        return max((worth / stake if stake > 0 else SIZE_FLOOR / TOKEN_SHARE for stake in stakes), default=1.0)

    def _share_of_means(self, key: Participation) -> float:
        """Return the share of its means that a contributor gives, summed over resources.

        The means are the most that it can have of a resource in any period.
        """
        most = self.least_size.means[key[0]]
        return sum(amount / most[resource] for resource, amount in self.contributions[key].items() if most[resource])

    @cached_property
    def participations(self) -> frozenset[Participation]:
        """Every contributor, activity and period with a contribution: plans hold no rounding of 0."""
        return frozenset(
            key for key, bundle in self.contributions.items() if any(amount > 0 for amount in bundle.values())
        )
