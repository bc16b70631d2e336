"""C39 spoilers: outsiders weaken effects (data, in `reach`) and may keep a framework out (limits, here)."""

from collections.abc import Iterator

from optimizer.data.politics import refusing_spoilers
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, UpperLimit
from optimizer.formulation.variables import DecisionVariables


def limits(scenario: ScenarioData, d: DecisionVariables) -> Iterator[UpperLimit]:
    """C39, per activity, framework, period and spoiler s active where a runs: y[a,f,t] <= consent[s,f].

    The host must consent too (C12). With recourse y is decided before the scenario is known, so a refusal in one
    scenario closes e[a,f,t] there instead.
    """
    closes = d.level if scenario.has_recourse else d.run
    for a, frameworks in scenario.index.frameworks.items():
        for f in frameworks:
            for spoiler in refusing_spoilers(scenario.problem, a, f):
                says = f"{spoiler} keeps {f} out of {scenario.problem.activity[a].theatre}"
                for t in scenario.periods:
                    yield UpperLimit(index=(a, f, t), variable=closes[a, f, t], upper=0.0, says=says)


FAMILY = Family(
    number="C39",
    name="spoilers",
    group="consent",
    says="outsiders weaken effects and may keep a framework out",
    limits=limits,
)
