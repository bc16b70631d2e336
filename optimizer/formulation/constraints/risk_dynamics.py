"""C28 risk_dynamics: structural sources feed violence; early is cheaper."""

from optimizer.data.risk_growth import growth_rates
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family
from optimizer.formulation.variables import Decisions


def persist(scenario: ScenarioData, d: Decisions) -> None:
    """C28, for every theatre, driver and period: what persists moves as the risk itself does  [risk points].

    P[t] = (1+gamma) * P[t-1] + sum of psi * P'[t-1] is the bound of cut[t] (`bounds.risk`). The same rule holds for
    what is won: writes persistence * (gamma * cut[h,d,t-1] + sum of psi * cut[h,d',t-1]) into removed[h,d,t], beside
    the persistence * cut[h,d,t-1] of C17.
    """
    for h, theatre in scenario.problem.theatre.items():
        if theatre.persistence == 0:
            continue
        for (to, source), rate in growth_rates(theatre).items():
            for t in scenario.periods[1:]:
                before = scenario.before(t, 1)
                d.ledgers.removed[h, to, t].append((theatre.persistence * rate, d.cut[h, source, before]))  # type: ignore[index]


FAMILY = Family(
    number="C28",
    name="risk_dynamics",
    group=None,
    says="structural sources feed violence; early is cheaper",
    terms=persist,
)
