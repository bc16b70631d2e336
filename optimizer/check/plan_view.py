"""One scenario of a plan with the politics that all scenarios share. It derives quantities; the families judge them."""

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
from optimizer.check.plan_index import Participation, PlanIndex, Running
from optimizer.check.sparse import Amounts


@dataclass(frozen=True, kw_only=True, eq=False)
class Politics:
    """The political decisions that all scenarios share.

    `framework` is the framework of each run, `participations` who takes part in any scenario, `bought_votes` the votes
    won by concessions. `indexes` is the plan in each scenario.
    """

    indexes: Sequence[PlanIndex]
    framework: Mapping[Running, FrameworkId]
    participations: frozenset[Participation]
    bought_votes: frozenset[tuple[MemberId, ActivityId, FrameworkId]]

    def counts(self, key: Participation) -> bool:
        """Return whether a contributor that gives something counts as a participant in every scenario."""
        contributes = any(key in index.contributions for index in self.indexes)
        return contributes and all(index.meets_stake(key) for index in self.indexes)


@dataclass(frozen=True, kw_only=True, eq=False)
class PlanView(PlanIndex):
    """One scenario of a plan, with the shared politics and the relaxed groups of rows."""

    politics: Politics
    relaxed: frozenset[Group]

    @property
    def framework(self) -> Mapping[Running, FrameworkId]:
        """The framework under which each activity runs."""
        return self.politics.framework

    def period(self, t: int) -> str:
        """Return the id of a period."""
        return self.problem.periods[t]

    def stances(self, running: Running) -> Mapping[MemberId, float]:
        """Return the members' positions on an activity under the framework that runs it."""
        return self.problem.stances(running[0], self.framework[running])

    def counts(self, contributor: ContributorId, running: Running) -> bool:
        """Return whether a contributor counts as a participant of a run."""
        return self.politics.counts((contributor, *running))

    def participates(self, contributor: ContributorId, running: Running) -> bool:
        """Return whether a contributor gives anything to a run."""
        return (contributor, *running) in self.politics.participations

    def participating_members(self, running: Running) -> tuple[MemberId, ...]:
        """Return the members that give anything to a run, in document order."""
        (activity, t), participations = running, self.politics.participations
        return tuple(i for i in self.problem.member if (ContributorId(i), activity, t) in participations)

    def support(self, running: Running) -> float:
        """Return the spending of all contributors on a run, in M EUR."""
        return self._supports.get(running, 0.0)

    @cached_property
    def _supports(self) -> Mapping[Running, float]:
        return {
            running: sum(self.value(bundle) for bundle in bundles.values())
            for running, bundles in self.contributions_to.items()
        }

    def spend(self, activities: Iterable[Activity]) -> float:
        """Return the spending of all contributors on some activities over the horizon, in M EUR."""
        return sum(self.support((activity.id, t)) for activity in activities for t in self.periods)

    @cached_property
    def bought_units(self) -> Amounts[tuple[InvestmentId, int]]:
        """Units of each investment bought in each period."""
        units: Amounts[tuple[InvestmentId, int]] = Amounts()
        for purchase in self.plan.investments:
            units[purchase.id, self.period_index[purchase.period]] += purchase.units
        return units

    @cached_property
    def _investments(self) -> Mapping[ContributorId, Sequence[Investment]]:
        found: dict[ContributorId, list[Investment]] = {}
        for investment in self.problem.investments:
            found.setdefault(investment.contributor, []).append(investment)
        return found

    def added(self, contributor: ContributorId, resource: ResourceId, t: int) -> float:
        """Return what investments have added to an endowment by period t, in units of the resource."""
        if contributor not in self._investments:
            return 0.0
        return sum(
            investment.adds.get(resource, 0) * self.bought_units[investment.id, earlier]
            for investment in self._investments[contributor]
            for earlier in range(t - investment.lead_time + 1)
        )

    def most_added(self, contributor: ContributorId, resource: ResourceId, t: int) -> float:
        """Return the most that investments could have added to an endowment by period t, in units of the resource."""
        if contributor not in self._investments:
            return 0.0
        return sum(
            investment.adds.get(resource, 0) * investment.max
            for investment in self._investments[contributor]
            if t >= investment.lead_time
        )

    def capacity(self, contributor: ContributorId, resource: ResourceId, t: int) -> float:
        """Return a contributor's endowment of a resource in a period, including what investments have added."""
        return self.endowment(contributor, resource)[t] + self.added(contributor, resource, t)

    def coordination_payments(self, contributor: ContributorId) -> Iterator[tuple[ResourceId, int, float]]:
        """Yield a contributor's payments for harnessing partners: resource, period, amount."""
        for payment in self.plan.coordination:
            if ContributorId(payment.member) == contributor and self.applies(payment.scenario):
                yield payment.resource, self.period_index[payment.period], payment.amount

    def investment_payments(self, contributor: ContributorId) -> Iterator[tuple[ResourceId, int, float]]:
        """Yield a contributor's payments for investments: resource, period, amount."""
        for investment in self.problem.investments:
            if investment.contributor == contributor:
                for t in self.periods:
                    units = self.bought_units[investment.id, t]
                    yield from ((resource, t, cost * units) for resource, cost in investment.cost.items() if units)

    @cached_property
    def use(self) -> Amounts[tuple[ContributorId, ResourceId, int]]:
        """Use of each endowment: contributions, payments for partners and payments for investments."""
        used: Amounts[tuple[ContributorId, ResourceId, int]] = Amounts()
        for (contributor, _, t), bundle in self.contributions.items():
            for resource, amount in bundle.items():
                used[contributor, resource, t] += amount
        for contributor in self.problem.contributor:
            payments = *self.coordination_payments(contributor), *self.investment_payments(contributor)
            for resource, t, amount in payments:
                used[contributor, resource, t] += amount
        return used

    @cached_property
    def cost(self) -> Mapping[MemberId, float]:
        """Cost of each member over the horizon at unit cost, in M EUR: contributions, partners and investments."""
        total = {member.id: 0.0 for member in self.problem.members}
        for (contributor, resource, _), amount in self.use.items():
            if MemberId(contributor) in total:
                total[MemberId(contributor)] += self.price[resource] * amount
        return total

    def has_access(self, contributor: ContributorId, activity: Activity) -> bool:
        """Return whether a contributor has access to the theatre in which an activity is run."""
        access = self.problem.theatre[activity.theatre].access
        return access is None or contributor in access

    def has_withdrawn(self, contributor: ContributorId, activity: Activity, t: int) -> bool:
        """Return whether a contributor has withdrawn by period t from the theatre in which an activity is run."""
        return bool(self.problem.withdrawn) and any(
            withdrawal.member == contributor
            and withdrawal.theatre in (None, activity.theatre)
            and (withdrawal.from_period is None or self.period_index[withdrawal.from_period] <= t)
            for withdrawal in self.problem.withdrawn
        )
