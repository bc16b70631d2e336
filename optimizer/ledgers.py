"""Ledgers: sums that several families write into, each closed by one row.

use[c,r,t]      what is charged to a contributor's means        closed by C1 availability
bought[c,r,t]   what investments have added to means            read by C1, C11, C31
cost[i]         what a member spends over the horizon, M EUR    closed by C20 cost
owed[a,t]       levels of a follow-on that operations take      closed by C19 day_after
removed[h,d,t]  risk points that efforts take off a driver      closed by C17 risk
score           weighted risk reduction of a future, points     closed by the objective
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from models.ids import ActivityId, ContributorId, DriverId, MemberId, PeriodId, ResourceId, TheatreId
from optimizer.expressions import Term

MOST_KEPT = 3
"""Versions of one ledger that are remembered: the first ever, and the last two (as in `recall`)."""


@dataclass(frozen=True)
class Ledgers:
    """The open ledgers of one future; families append (coefficient, variable) pairs."""

    use: dict[tuple[ContributorId, ResourceId, PeriodId], list[Term]] = field(default_factory=lambda: defaultdict(list))
    bought: dict[tuple[ContributorId, ResourceId, PeriodId], list[Term]] = field(
        default_factory=lambda: defaultdict(list)
    )
    cost: dict[MemberId, list[Term]] = field(default_factory=lambda: defaultdict(list))
    owed: dict[tuple[ActivityId, PeriodId], list[Term]] = field(default_factory=lambda: defaultdict(list))
    removed: dict[tuple[TheatreId, DriverId, PeriodId], list[Term]] = field(default_factory=lambda: defaultdict(list))
    score: list[Term] = field(default_factory=list)


class Merged:
    """The ledgers of all families as one; one to which the same was written as before is the same object."""

    def __init__(self) -> None:
        """Nothing was written."""
        self.ledgers = Ledgers()
        self._kept: dict[str, list[tuple[list[Any], Any]]] = {}

    def close(self, parts: Sequence[Ledgers]) -> None:
        """Put together what each family wrote into ledgers of its own, in their order."""
        names = [one.name for one in fields(Ledgers)]
        self.ledgers = Ledgers(**{name: self._ledger(name, [getattr(part, name) for part in parts]) for name in names})

    def _ledger(self, name: str, parts: list[Any]) -> Any:  # noqa: ANN401  (each is of its own kind)
        written, kept = [part for part in parts if part], self._kept.setdefault(name, [])
        for before, ledger in kept:
            if list(map(id, before)) == list(map(id, written)):
                return ledger
        kept.insert(0, (written, _put_together(getattr(Ledgers(), name), written)))
        del kept[MOST_KEPT - 1 : -1]
        return kept[0][1]


def _put_together(ledger: Any, written: list[Any]) -> Any:  # noqa: ANN401
    for one in written:
        if isinstance(ledger, list):
            ledger.extend(one)
            continue
        for key, terms in one.items():
            ledger[key].extend(terms)
    return ledger
