"""C23 floors: levels, spending and coverage stay above floors, so monitoring and priorities do not decay."""

from models.ids import PeriodId, TheatreId
from models.problem.policy import CoverageFloor
from optimizer.data.index_sets import Contribution
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import EVERY, Family, Rows
from optimizer.formulation.linear_expression import linear, total
from optimizer.formulation.spending import spend
from optimizer.formulation.variables import DecisionVariables


def rows(scenario: ScenarioData, d: DecisionVariables) -> Rows:
    """C23, rows for floors with fixed numbers. A floor tied to the period before would reward never starting (T4).

    level, one row per floor and period: sum over f of e[a,f,t] >= level  [level].
    spend, one row per floor and period: spending in the theatre >= amount  [M EUR].
    coverage, one row per floor: sum of cut >= share * sum of P, over periods and drivers, in every scenario  [points].
    """
    policy = scenario.problem.policy
    for level in policy.min_level:
        for t in scenario.periods:
            levels = (d.level[level.activity, f, t] for f in scenario.index.frameworks[level.activity])
            yield ("level", level.activity, t), total(levels) >= level.level
    for floor in policy.min_spend:
        for t in scenario.periods:
            spent = spend(scenario, d, _contributions_in(scenario, floor.theatre, t), lambda _: 1.0)
            yield ("spend", floor.theatre, t), linear(spent) >= floor.amount
    for coverage in policy.min_coverage:
        yield from _coverage(scenario, d, coverage)


def _contributions_in(scenario: ScenarioData, theatre: TheatreId, t: PeriodId) -> list[Contribution]:
    activities = (activity.id for activity in scenario.problem.activities if activity.theatre == theatre)
    return [key for a in activities for key in scenario.index.given_to.get((a, t), ())]


def _coverage(scenario: ScenarioData, d: DecisionVariables, floor: CoverageFloor) -> Rows:
    cells = [cell for cell in scenario.index.cells if cell[0] == floor.theatre and floor.driver in (None, cell[1])]
    risk = sum(scenario.bounds.risk[cell] for cell in cells) * scenario.risk_multiplier.get(floor.theatre, 1.0)
    yield ("coverage", floor.theatre, floor.driver or EVERY), total(d.cut[cell] for cell in cells) >= floor.share * risk


FAMILY = Family(
    number="C23",
    name="floors",
    group="policy",
    says="levels, spending and coverage stay above the floors that policy sets",
    rows=rows,
    per_scenario=True,
)
