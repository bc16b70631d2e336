"""C34 locks: activities that must run or must not, and members that have withdrawn; facts that nothing relaxes."""

from collections.abc import Iterator

from optimizer.data.politics import has_withdrawn, is_forbidden, lock_applies
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import EVERY, Family, Index, Rows, UpperLimit
from optimizer.formulation.linear_expression import total
from optimizer.formulation.variables import DecisionVariables


def rows(scenario: ScenarioData, d: DecisionVariables) -> Rows:
    """C34, one row per lock `run`, activity and period: sum of y[a,f,t] over the frameworks of the lock >= 1."""
    written: set[Index] = set()
    for lock in scenario.problem.policy.run:
        for t in scenario.periods:
            frameworks = scenario.index.frameworks[lock.activity]
            runs = [d.run[lock.activity, f, t] for f in frameworks if lock_applies(lock, lock.activity, f, t)]
            name = (lock.activity, lock.framework or EVERY, t)
            if runs and name not in written:  # a lock over all periods may repeat a lock of this period
                written.add(name)
                yield name, total(runs) >= 1


def limits(scenario: ScenarioData, d: DecisionVariables) -> Iterator[UpperLimit]:
    """C34, for every closed variable: y = 0 if forbidden or under a disabled framework; x = counts = 0 if withdrawn."""
    problem = scenario.problem
    for a, f, t in scenario.index.runs:
        if is_forbidden(problem, a, f, t):
            yield UpperLimit(index=(a, f, t), variable=d.run[a, f, t], upper=0.0, says=f"policy forbids {a} under {f}")
        if not problem.framework[f].enabled:
            yield UpperLimit(index=(a, f, t), variable=d.run[a, f, t], upper=0.0, says=f"{f} is switched off")
    if not problem.withdrawn:
        return
    for key in scenario.index.contributions:
        if has_withdrawn(problem, key[0], key[1], key[3]):
            yield UpperLimit(index=key, variable=d.contribution[key], upper=0.0, says=f"{key[0]} has withdrawn")
    for (c, a, t), counts in d.counts.items():
        if has_withdrawn(problem, c, a, t):
            yield UpperLimit(index=(c, a, t), variable=counts, upper=0.0, says=f"{c} has withdrawn")


FAMILY = Family(
    number="C34",
    name="locks",
    group=None,
    says="policy can require or forbid an activity, and withdrawn contributors give nothing",
    rows=rows,
    limits=limits,
)
