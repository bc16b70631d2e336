"""What a plan states for one future, indexed. Periods are counted from 0."""

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
from optimizer.check.row import slack
from optimizer.check.sparse import Amounts, Gift, Gifts, Givers

TOKEN_MEUR = 0.001
"""What a partner without a stake must give to count."""

Taking = tuple[ContributorId, ActivityId, int]
Running = tuple[ActivityId, int]
Place = tuple[TheatreId, DriverId, int]


@dataclass(frozen=True, kw_only=True)
class Future:
    """One future: its own problem (overrides applied), and the multipliers that come after. `id` None: the only one.

    `criterion` is that of the document: how futures are judged is no matter of any one of them.
    """

    id: ScenarioId | None
    criterion: Criterion
    probability: float
    problem: Problem
    effect_multiplier: Mapping[ActivityId, float]
    risk_multiplier: Mapping[TheatreId, float]


@dataclass(frozen=True, kw_only=True, eq=False)
class Decisions:
    """The amounts a plan states for one future."""

    future: Future
    plan: Plan

    @property
    def problem(self) -> Problem:
        """The document, as this future has it."""
        return self.future.problem

    def here(self, scenario: ScenarioId | None) -> bool:
        """Whether an entry of the plan speaks of this future."""
        return scenario is None or scenario == self.future.id

    @cached_property
    def periods(self) -> range:
        """The periods, counted from 0."""
        return range(len(self.problem.periods))

    @cached_property
    def number_of(self) -> Mapping[str, int]:
        """The number of each period."""
        return {period: number for number, period in enumerate(self.problem.periods)}

    @cached_property
    def given(self) -> Gifts[Taking]:
        """What each contributor gives to each activity in each period, in units of each resource."""
        gifts: Gifts[Taking] = Gifts()
        for one in self.plan.allocations:
            if self.here(one.scenario):
                taking = one.contributor, one.activity, self.number_of[one.period]
                gifts.setdefault(taking, Amounts())[one.resource] += one.amount
        return gifts

    @cached_property
    def givers(self) -> Givers[Running]:
        """The same by activity and period."""
        found: Givers[Running] = Givers()
        for (contributor, activity, t), gift in self.given.items():
            found.setdefault((activity, t), Gifts())[contributor] = gift
        return found

    @cached_property
    def level(self) -> Amounts[Running]:
        """The level at which each activity runs."""
        runs = (run for run in self.plan.activities if self.here(run.scenario))
        return Amounts(((run.id, self.number_of[run.period]), run.level) for run in runs)

    @cached_property
    def conceded(self) -> Amounts[tuple[MemberId, ActivityId, FrameworkId]]:
        """Political capital spent on each member's consent, in all futures."""
        points: Amounts[tuple[MemberId, ActivityId, FrameworkId]] = Amounts()
        for one in self.plan.concessions:
            points[one.member, one.activity, one.framework] += one.amount
        return points

    def value(self, gift: Gift) -> float:
        """What a gift is worth at unit cost, in M EUR."""
        return sum(self.price[resource] * amount for resource, amount in gift.items())

    @cached_property
    def price(self) -> Mapping[ResourceId, float]:
        """What a unit of each resource costs, in M EUR."""
        return {resource.id: resource.unit_cost for resource in self.problem.resources}

    @cached_property
    def _endowments(self) -> Mapping[tuple[ContributorId, ResourceId], tuple[float, ...]]:
        return {
            (contributor, resource): by_period(amount, self.problem.periods)
            for contributor, record in self.problem.contributor.items()
            for resource, amount in record.resources.items()
        }

    def endowment(self, contributor: ContributorId, resource: ResourceId) -> tuple[float, ...]:
        """What a contributor has of a resource in each period."""
        return self._endowments.get((contributor, resource)) or (0.0,) * len(self.periods)

    def counts_alone(self, taking: Taking) -> bool:
        """Whether what is given reaches the stake.

        Where there is no stake a partner counts by a token, a free resource valued at 1, and a member by being there.
        """
        contributor, activity, _ = taking
        stake = self.problem.contributor[contributor].stake(activity)
        gift = self.given[taking]
        if stake > 0:
            return self.value(gift) >= stake - slack(stake)
        if MemberId(contributor) in self.problem.member:
            return taking in self.there
        worth = sum((self.price[resource] or 1) * amount for resource, amount in gift.items())
        return worth >= TOKEN_MEUR - slack(TOKEN_MEUR)

    @cached_property
    def there(self) -> frozenset[Taking]:
        """Who gives anything at all to what and when."""
        return frozenset(
            (contributor, activity, t)
            for (contributor, activity, t), gift in self.given.items()
            if any(amount > slack(self.endowment(contributor, r)[t]) for r, amount in gift.items())
        )
