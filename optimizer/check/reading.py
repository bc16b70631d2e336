"""What a plan decides in one future, with what all futures share, beside what the document says there.

Nothing here judges; families do.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from models.config import Group
from models.ids import (
    ActivityId,
    ContributorId,
    FrameworkId,
    InvestmentId,
    MemberId,
    ResourceId,
)
from models.problem.activity import Activity, Investment
from optimizer.check.plan_index import Decisions, Running, Taking
from optimizer.check.sparse import Amounts


@dataclass(frozen=True, kw_only=True, eq=False)
class Politics:
    """What is decided once for all futures: which framework runs what, who counts, who is there, whose vote is won."""

    decided: Sequence[Decisions]
    flag: Mapping[Running, FrameworkId]
    present: frozenset[Taking]
    won: frozenset[tuple[MemberId, ActivityId, FrameworkId]]

    def counts(self, taking: Taking) -> bool:
        """Whether somebody who gives anything takes part enough to count, in every future."""
        given = any(taking in one.given for one in self.decided)
        return given and all(one.counts_alone(taking) for one in self.decided)


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
        (activity, t), present = running, self.politics.present
        return tuple(i for i in self.problem.member if (ContributorId(i), activity, t) in present)

    def support(self, running: Running) -> float:
        """What all contributors spend on an activity in a period, in M EUR."""
        return self._supports.get(running, 0.0)

    @cached_property
    def _supports(self) -> Mapping[Running, float]:
        return {running: sum(self.value(gift) for gift in gifts.values()) for running, gifts in self.givers.items()}

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

    @cached_property
    def _investments(self) -> Mapping[ContributorId, Sequence[Investment]]:
        found: dict[ContributorId, list[Investment]] = {}
        for one in self.problem.investments:
            found.setdefault(one.contributor, []).append(one)
        return found

    def bought(self, contributor: ContributorId, resource: ResourceId, t: int) -> float:
        """What investments have added to an endowment by a period."""
        if contributor not in self._investments:
            return 0.0
        return sum(
            one.adds.get(resource, 0) * self.bought_units[one.id, before]
            for one in self._investments[contributor]
            for before in range(t - one.lead_time + 1)
        )

    def could_buy(self, contributor: ContributorId, resource: ResourceId, t: int) -> float:
        """What investments could at most have added to an endowment by a period."""
        if contributor not in self._investments:
            return 0.0
        invested = self._investments[contributor]
        return sum(one.adds.get(resource, 0) * one.max for one in invested if t >= one.lead_time)

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
