"""C2 needs: effort takes a bundle of real means."""

from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Rows
from optimizer.formulation.linear_expression import linear
from optimizer.formulation.variables import Decisions


def rows(scenario: ScenarioData, d: Decisions) -> Rows:
    """C2, one row per activity, need line L and period: sum of rho[L,r] * eta[c] * x[c,a,r,t] = q[L] * sum of m[f] * e.

    In units of the need line. An equality: floors and stakes are not met by waste.
    """
    problem = scenario.problem
    for a, t in scenario.index.activity_periods:
        for n, line in enumerate(scenario.bounds.need_lines[a]):
            given = [
                (line.from_[key[2]] * problem.contributor[key[0]].productivity, d.contribution[key])
                for key in scenario.index.given_to.get((a, t), ())
                if key[2] in line.from_
            ]
            taken = [
                (-line.amount * problem.framework[f].cost_multiplier, d.level[a, f, t])
                for f in scenario.index.frameworks[a]
            ]
            yield (a, str(n), t), linear(given + taken) == 0


FAMILY = Family(number="C2", name="needs", group=None, says="effort takes a bundle of real means", rows=rows)
