"""Typed handles to the variables that every family shares, and to a family's own by name.

Each family sees the decisions of one scenario. What is decided now is the same variable in every scenario; what depends on
the scenario is that scenario's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from models.ids import ActivityId, ContributorId, MemberId, PeriodId
from optimizer.data.index_sets import ActivityPeriod, Cell, Contribution, Run
from optimizer.formulation.ledgers import Ledgers
from optimizer.formulation.linear_expression import Variable

Handle = Mapping[tuple[str, ...], Variable]


@dataclass(frozen=True, kw_only=True)
class Decisions:
    """The variables of MODEL section 1, as one scenario sees them."""

    contribution: Mapping[Contribution, Variable]
    """x[c,a,r,t] >= 0, in units of r."""
    level: Mapping[Run, Variable]
    """e[a,f,t] >= 0, levels."""
    run: Mapping[Run, Variable]
    """y[a,f,t], binary."""
    counts: Mapping[tuple[ContributorId, ActivityId, PeriodId], Variable]
    """counts[c,a,t], binary: takes part enough to count; only where a rule counts the contributor."""
    present: Mapping[tuple[ContributorId, ActivityId, PeriodId], Variable]
    """present[c,a,t], binary: may be there at all; only where a rule forbids presence."""
    effective_level: Mapping[ActivityPeriod, Variable]
    """E[a,t] >= 0, levels."""
    effect: Mapping[ActivityPeriod, Variable]
    """w[a,t] >= 0, risk points."""
    cut: Mapping[Cell, Variable]
    """cut[h,d,t], risk points removed."""
    cost: Mapping[MemberId, Variable]
    """c[i] >= 0, what a member spends over the horizon, M EUR."""
    ledgers: Ledgers = field(default_factory=Ledgers)
    own: Mapping[str, Handle] = field(default_factory=dict)
    """Variables that one family declared, by name."""
