"""C2 needs: a level of an activity takes a bundle of resources."""

from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Rows
from optimizer.formulation.linear_expression import linear
from optimizer.formulation.variables import DecisionVariables


def rows(scenario: ScenarioData, d: DecisionVariables) -> Rows:
    """C2, one row per activity, need line L and period: supply = demand  [unit of the line].

    supply is the sum over r and c of rho[L,r] * eta[c] * x[c,a,r,t], demand is q[L] * sum over f of m[f] * e[a,f,t].
    It is an equality, so that waste cannot meet floors and stakes.
    """
    problem = scenario.problem
    for a, t in scenario.index.activity_periods:
        for n, line in enumerate(scenario.bounds.need_lines[a]):
            contributed = [
                (line.from_[key[2]] * problem.contributor[key[0]].productivity, d.contribution[key])
                for key in scenario.index.given_to.get((a, t), ())
                if key[2] in line.from_
            ]
            required = [
                (-line.amount * problem.framework[f].cost_multiplier, d.level[a, f, t])
                for f in scenario.index.frameworks[a]
            ]
            yield (a, str(n), t), linear(contributed + required) == 0


FAMILY = Family(number="C2", name="needs", group=None, says="an activity takes a bundle of real resources", rows=rows)
