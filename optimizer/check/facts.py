"""One scenario of a plan with all derived quantities: effective levels, effects, risk and its reduction."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from models.ids import MemberId
from optimizer.check.effect_values import effect_of, effective_levels
from optimizer.check.payers import sharing
from optimizer.check.plan_index import RiskCell, Running
from optimizer.check.plan_view import PlanView
from optimizer.check.risk_cuts import cuts, reported_cuts
from optimizer.check.risk_dynamics import paths
from optimizer.check.sparse import Amounts
from optimizer.tolerances import SIZE_FLOOR


@dataclass(frozen=True, kw_only=True, eq=False)
class Facts(PlanView):
    """What the families judge: the decisions of a plan in one scenario and what follows from them."""

    @cached_property
    def effective(self) -> Amounts[Running]:
        """Effective level of each activity and period that runs."""
        return effective_levels(self)

    @cached_property
    def effect(self) -> Amounts[Running]:
        """Effect of each activity and period that runs, in risk points, before it is divided among drivers."""
        return Amounts(
            ((activity, t), effect_of(self, self.problem.activity[activity], t, level))
            for (activity, t), level in self.effective.items()
        )

    def reported_effect(self, running: Running) -> float:
        """Return the effect that a plan reports for a run in this scenario: with the scenario's multiplier."""
        return self.effect[running] * self.scenario.effect_multiplier.get(running[0], 1.0)

    @cached_property
    def sharing(self) -> tuple[MemberId, ...]:
        """The members whose burdens are compared (C20)."""
        return sharing(self)

    @cached_property
    def path(self) -> Mapping[RiskCell, float]:
        """Risk of each theatre, driver and period without any activity, in risk points."""
        return paths(self)

    @cached_property
    def least_points(self) -> Mapping[RiskCell, float]:
        """Least size of a row about each driver, in risk points: a share of the greatest risk in its theatre."""
        greatest: dict[str, float] = {}
        for (theatre, _, _), risk in self.path.items():
            greatest[theatre] = max(greatest.get(theatre, 0.0), risk)
        return {cell: SIZE_FLOOR * greatest[cell[0]] for cell in self.path}

    @cached_property
    def cut(self) -> Mapping[RiskCell, float]:
        """Risk points removed from each theatre, driver and period."""
        reported = reported_cuts(self, self.effect, self.path)
        return cuts(self, self.effect, self.path) if reported is None else reported
