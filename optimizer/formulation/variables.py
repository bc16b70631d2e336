"""Typed access to the variables that every family shares, and to the variables of single families by name.

Each family sees the variables of one scenario. Decisions that are taken once are the same variables in every scenario;
variables that depend on the scenario are its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from models.ids import ActivityId, ContributorId, MemberId, PeriodId
from optimizer.data.index_sets import ActivityPeriod, Cell, Contribution, Run
from optimizer.formulation.ledgers import Ledgers
from optimizer.formulation.linear_expression import Variable

Handle = Mapping[tuple[str, ...], Variable]
"""The variable of each index."""


@dataclass(frozen=True, kw_only=True)
class DecisionVariables:
    """The variables of the model (docs/algebra.md), as one scenario sees them."""

    contribution: Mapping[Contribution, Variable]
    """x[c,a,r,t] >= 0, in units of r."""
    level: Mapping[Run, Variable]
    """e[a,f,t] >= 0, levels."""
    run: Mapping[Run, Variable]
    """y[a,f,t], binary."""
    counts: Mapping[tuple[ContributorId, ActivityId, PeriodId], Variable]
    """counts[c,a,t], binary: c contributes at least its stake; only if a rule counts the contributor."""
    present: Mapping[tuple[ContributorId, ActivityId, PeriodId], Variable]
    """present[c,a,t], binary: c may contribute; only if a rule can forbid its presence."""
    effective_level: Mapping[ActivityPeriod, Variable]
    """E[a,t] >= 0, levels."""
    effect: Mapping[ActivityPeriod, Variable]
    """w[a,t] >= 0, risk points."""
    cut: Mapping[Cell, Variable]
    """cut[h,d,t], risk points removed."""
    cost: Mapping[MemberId, Variable]
    """c[i] >= 0, cost of a member over the horizon, M EUR."""
    ledgers: Ledgers = field(default_factory=Ledgers)
    own: Mapping[str, Handle] = field(default_factory=dict)
    """The variables of single families, by name."""
