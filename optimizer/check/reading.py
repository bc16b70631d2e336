"""What a plan decides in one future, indexed, beside what the document says there.

Periods are counted from 0. Nothing here judges; families do.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from models.config import Group
from models.ids import (
    ActivityId,
    ContributorId,
    DriverId,
    FrameworkId,
    InvestmentId,
    MemberId,
    ResourceId,
    ScenarioId,
    TheatreId,
)
from models.plan import Plan
from models.problem.activity import Activity
from models.problem.futures import Criterion
from models.problem.problem import Problem
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
            return self.is_there_alone(taking)
        worth = sum((self.price[resource] or 1) * amount for resource, amount in gift.items())
        return worth >= TOKEN_MEUR - slack(TOKEN_MEUR)

    def is_there_alone(self, taking: Taking) -> bool:
        """Whether anything at all is given."""
        contributor, _, t = taking
        gift = self.given[taking]
        return any(amount > slack(self.endowment(contributor, r)[t]) for r, amount in gift.items())


@dataclass(frozen=True, kw_only=True, eq=False)
class Politics:
    """What is decided once for all futures: which framework runs what, who counts, who is there, whose vote is won."""

    decided: Sequence[Decisions]
    flag: Mapping[Running, FrameworkId]
    won: frozenset[tuple[MemberId, ActivityId, FrameworkId]]

    def counts(self, taking: Taking) -> bool:
        """Whether somebody who gives anything takes part enough to count, in every future."""
        given = any(taking in one.given for one in self.decided)
        return given and all(one.counts_alone(taking) for one in self.decided)

    @cached_property
    def present(self) -> frozenset[Taking]:
        """Who gives anything to what and when, in some future."""
        return frozenset(key for one in self.decided for key in one.given if one.is_there_alone(key))


@dataclass(frozen=True, kw_only=True, eq=False)
class Reading(Decisions):
    """One future of a plan, with the politics that all futures share, and the groups of rows that do not apply."""

    politics: Politics
    relaxed: frozenset[Group]

    @property
    def flag(self) -> Mapping[Running, FrameworkId]:
        """The framework under which each activity runs."""
        return self.politics.flag

    def period(self, t: int) -> str:
        """The name of a period."""
        return self.problem.periods[t]

    def stances(self, running: Running) -> Mapping[MemberId, float]:
        """Where members stand on an activity under the framework that runs it."""
        return self.problem.stances(running[0], self.flag[running])

    def counts(self, contributor: ContributorId, running: Running) -> bool:
        """Whether a contributor takes part enough to count."""
        return self.politics.counts((contributor, *running))

    def is_there(self, contributor: ContributorId, running: Running) -> bool:
        """Whether a contributor gives anything."""
        return (contributor, *running) in self.politics.present

    def members_there(self, running: Running) -> tuple[MemberId, ...]:
        """The members that give anything to an activity in a period."""
        return tuple(member.id for member in self.problem.members if self.is_there(ContributorId(member.id), running))

    def support(self, running: Running) -> float:
        """What all contributors spend on an activity in a period, in M EUR."""
        return sum(self.value(gift) for gift in self.givers[running].values())

    def spend(self, activities: Iterable[Activity]) -> float:
        """What all contributors spend on some activities over the horizon, in M EUR."""
        return sum(self.support((activity.id, t)) for activity in activities for t in self.periods)

    @cached_property
    def bought_units(self) -> Amounts[tuple[InvestmentId, int]]:
        """Units of each investment bought in each period."""
        units: Amounts[tuple[InvestmentId, int]] = Amounts()
        for one in self.plan.investments:
            units[one.id, self.number_of[one.period]] += one.units
        return units

    def bought(self, contributor: ContributorId, resource: ResourceId, t: int) -> float:
        """What investments have added to an endowment by a period."""
        return sum(
            one.adds.get(resource, 0) * self.bought_units[one.id, before]
            for one in self.problem.investments
            if one.contributor == contributor
            for before in range(t - one.lead_time + 1)
        )

    def could_buy(self, contributor: ContributorId, resource: ResourceId, t: int) -> float:
        """What investments could at most have added to an endowment by a period."""
        return sum(
            one.adds.get(resource, 0) * one.max
            for one in self.problem.investments
            if one.contributor == contributor and t >= one.lead_time
        )

    def capacity(self, contributor: ContributorId, resource: ResourceId, t: int) -> float:
        """What a contributor has of a resource in a period, bought capability included."""
        return self.endowment(contributor, resource)[t] + self.bought(contributor, resource, t)

    def paid(self, contributor: ContributorId) -> Iterator[tuple[ResourceId, int, float]]:
        """What a contributor pays to harness partners: resource, period, amount."""
        for one in self.plan.coordination:
            if ContributorId(one.member) == contributor and self.here(one.scenario):
                yield one.resource, self.number_of[one.period], one.amount

    def invested(self, contributor: ContributorId) -> Iterator[tuple[ResourceId, int, float]]:
        """What a contributor pays for investments: resource, period, amount."""
        for one in self.problem.investments:
            if one.contributor == contributor:
                for t in self.periods:
                    units = self.bought_units[one.id, t]
                    yield from ((resource, t, cost * units) for resource, cost in one.cost.items() if units)

    @cached_property
    def use(self) -> Amounts[tuple[ContributorId, ResourceId, int]]:
        """What is taken from each endowment: given, paid to harness partners, invested."""
        taken: Amounts[tuple[ContributorId, ResourceId, int]] = Amounts()
        for (contributor, _, t), gift in self.given.items():
            for resource, amount in gift.items():
                taken[contributor, resource, t] += amount
        for contributor in self.problem.contributor:
            for resource, t, amount in (*self.paid(contributor), *self.invested(contributor)):
                taken[contributor, resource, t] += amount
        return taken

    @cached_property
    def cost(self) -> Mapping[MemberId, float]:
        """What each member spends over the horizon: given, paid, invested, at unit cost, in M EUR."""
        total = {member.id: 0.0 for member in self.problem.members}
        for (contributor, resource, _), amount in self.use.items():
            if MemberId(contributor) in total:
                total[MemberId(contributor)] += self.price[resource] * amount
        return total

    def has_access(self, contributor: ContributorId, activity: Activity) -> bool:
        """Whether a contributor can be where an activity is run."""
        access = self.problem.theatre[activity.theatre].access
        return access is None or contributor in access

    def is_gone(self, contributor: ContributorId, activity: Activity, t: int) -> bool:
        """Whether a contributor has withdrawn from where an activity is run."""
        return bool(self.problem.withdrawn) and any(
            one.member == contributor
            and one.theatre in (None, activity.theatre)
            and (one.from_period is None or self.number_of[one.from_period] <= t)
            for one in self.problem.withdrawn
        )
