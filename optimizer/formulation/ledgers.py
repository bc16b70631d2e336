"""Ledgers: sums to which several families add terms; one row or metric reads each sum.

use[c,r,t]      charge on a contributor's endowment             read by C1 availability
bought[c,r,t]   endowment that investments add                  read by C1, C11, C31
cost[i]         cost of a member over the horizon, M EUR        read by C20 cost
owed[a,t]       levels of a follow-on that operations require   read by C19 day_after
removed[h,d,t]  risk points that activities remove              read by C17 risk
score           weighted risk reduction of a scenario, points   read by the objective
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from models.ids import ActivityId, ContributorId, DriverId, MemberId, PeriodId, ResourceId, TheatreId
from optimizer.formulation.linear_expression import Term


@dataclass(frozen=True)
class Ledgers:
    """The ledgers of one scenario; families append (coefficient, variable) pairs."""

    use: dict[tuple[ContributorId, ResourceId, PeriodId], list[Term]] = field(default_factory=lambda: defaultdict(list))
    bought: dict[tuple[ContributorId, ResourceId, PeriodId], list[Term]] = field(
        default_factory=lambda: defaultdict(list)
    )
    cost: dict[MemberId, list[Term]] = field(default_factory=lambda: defaultdict(list))
    owed: dict[tuple[ActivityId, PeriodId], list[Term]] = field(default_factory=lambda: defaultdict(list))
    removed: dict[tuple[TheatreId, DriverId, PeriodId], list[Term]] = field(default_factory=lambda: defaultdict(list))
    score: list[Term] = field(default_factory=list)


def merged(name: str, written: Iterable[Any]) -> Any:  # noqa: ANN401  (each ledger is of its own kind)
    """The ledger `name` of several families concatenated, in the order of the families."""
    ledger = getattr(Ledgers(), name)
    for one in written:
        if isinstance(ledger, list):
            ledger.extend(one)
            continue
        for key, terms in one.items():
            ledger[key].extend(terms)
    return ledger
