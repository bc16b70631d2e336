"""C12 consent: the host may refuse a framework."""

from collections.abc import Iterator

from optimizer.data.politics import host_refuses
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, UpperLimit
from optimizer.formulation.variables import DecisionVariables


def limits(scenario: ScenarioData, d: DecisionVariables) -> Iterator[UpperLimit]:
    """C12, per activity, framework and period: y[a,f,t] <= consent[h(a),f], h(a) the theatre where a runs.

    With recourse y is decided before the scenario is known, so a refusal in one scenario closes e[a,f,t] there
    instead.
    """
    closes = d.level if scenario.has_recourse else d.run
    for a, f, t in scenario.index.runs:
        if host_refuses(scenario.problem, a, f):
            says = f"the host of {scenario.problem.activity[a].theatre} refuses {f}"
            yield UpperLimit(index=(a, f, t), variable=closes[a, f, t], upper=0.0, says=says)


FAMILY = Family(number="C12", name="consent", group="consent", says="the host may refuse a framework", limits=limits)
