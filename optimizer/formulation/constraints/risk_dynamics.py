"""C28 risk_dynamics: structural drivers feed violence, so early action is cheaper."""

from optimizer.data.risk_growth import growth_rates
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family
from optimizer.formulation.variables import DecisionVariables


def persist(scenario: ScenarioData, d: DecisionVariables) -> None:
    """C28, for every theatre, driver and period: past cuts grow and spill over as the risk itself does  [risk points].

    P[t] = (1+gamma) * P[t-1] + sum of psi * P'[t-1] is the bound of cut[t] (`bounds.risk`). By the same rule this
    writes persistence * (gamma * cut[h,d,t-1] + sum of psi * cut[h,d',t-1]) into the ledger removed[h,d,t]. C17 writes
    persistence * cut[h,d,t-1].
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
    says="structural drivers feed violence, so early action is cheaper",
    terms=persist,
)
