"""Ledgers: sums that several families write into, each closed by one row.

use[c,r,t]      what is charged to a contributor's means        closed by C1 availability
bought[c,r,t]   what investments have added to means            read by C1, C11, C31
cost[i]         what a member spends over the horizon, M EUR    closed by C20 cost
owed[a,t]       levels of a follow-on that operations take      closed by C19 day_after
removed[h,d,t]  risk points that efforts take off a driver      closed by C17 risk
score           weighted risk reduction of a scenario, points     closed by the objective
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from models.ids import ActivityId, ContributorId, DriverId, MemberId, PeriodId, ResourceId, TheatreId
from optimizer.formulation.linear_expression import Term


@dataclass(frozen=True)
class Ledgers:
    """The open ledgers of one scenario; families append (coefficient, variable) pairs."""

    use: dict[tuple[ContributorId, ResourceId, PeriodId], list[Term]] = field(default_factory=lambda: defaultdict(list))
    bought: dict[tuple[ContributorId, ResourceId, PeriodId], list[Term]] = field(
        default_factory=lambda: defaultdict(list)
    )
    cost: dict[MemberId, list[Term]] = field(default_factory=lambda: defaultdict(list))
    owed: dict[tuple[ActivityId, PeriodId], list[Term]] = field(default_factory=lambda: defaultdict(list))
    removed: dict[tuple[TheatreId, DriverId, PeriodId], list[Term]] = field(default_factory=lambda: defaultdict(list))
    score: list[Term] = field(default_factory=list)


def merged(name: str, written: Iterable[Any]) -> Any:  # noqa: ANN401  (each ledger is of its own kind)
    """One ledger of what several families wrote into theirs, in their order."""
    ledger = getattr(Ledgers(), name)
    for one in written:
        if isinstance(ledger, list):
            ledger.extend(one)
            continue
        for key, terms in one.items():
            ledger[key].extend(terms)
    return ledger
