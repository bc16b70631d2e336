"""A reading of a plan with everything that follows from it: effective levels, effects, risk and what is removed."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from models.ids import MemberId
from optimizer.check.achieved import effect_of, effective_levels
from optimizer.check.payers import sharing
from optimizer.check.plan_index import Place, Running
from optimizer.check.reading import Reading
from optimizer.check.removed import cuts, stated_cuts
from optimizer.check.risk_dynamics import paths
from optimizer.check.sparse import Amounts


@dataclass(frozen=True, kw_only=True, eq=False)
class Facts(Reading):
    """What families judge: one future of a plan, its decisions and what they achieve."""

    @cached_property
    def effective(self) -> Amounts[Running]:
        """Effective level of each activity that runs."""
        return effective_levels(self)

    @cached_property
    def effect(self) -> Amounts[Running]:
        """Risk points that each activity is worth before they reach a driver."""
        return Amounts(
            ((activity, t), effect_of(self, self.problem.activity[activity], t, level))
            for (activity, t), level in self.effective.items()
        )

    @cached_property
    def sharing(self) -> tuple[MemberId, ...]:
        """The members that compare burdens."""
        return sharing(self)

    @cached_property
    def path(self) -> Mapping[Place, float]:
        """The risk of each driver if nothing is done."""
        return paths(self)

    @cached_property
    def cut(self) -> Mapping[Place, float]:
        """Risk points removed from each driver."""
        stated = stated_cuts(self, self.effect, self.path)
        return cuts(self, self.effect, self.path) if stated is None else stated
