"""C23 floors: monitoring and priority do not quietly decay."""

from models.ids import PeriodId, TheatreId
from models.problem.policy import CoverageFloor
from optimizer.data.index_sets import Contribution
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import EVERY, Family, Rows
from optimizer.formulation.linear_expression import linear, total
from optimizer.formulation.spending import spend
from optimizer.formulation.variables import Decisions


def rows(scenario: ScenarioData, d: Decisions) -> Rows:
    """C23, floors tied to given numbers (a floor tied to last period would make "never start" optimal, T4).

    level, one row per floor and period: sum over f of e[a,f,t] >= level  [level].
    spend, one row per floor and period: spend in the theatre >= amount  [M EUR].
    coverage, one row per floor: sum of cut >= share * sum of P, over periods and drivers, in every scenario  [points].
    """
    policy = scenario.problem.policy
    for level in policy.min_level:
        for t in scenario.periods:
            runs = (d.level[level.activity, f, t] for f in scenario.index.frameworks[level.activity])
            yield ("level", level.activity, t), total(runs) >= level.level
    for floor in policy.min_spend:
        for t in scenario.periods:
            spent = spend(scenario, d, _given_in(scenario, floor.theatre, t), lambda _: 1.0)
            yield ("spend", floor.theatre, t), linear(spent) >= floor.amount
    for coverage in policy.min_coverage:
        yield from _coverage(scenario, d, coverage)


def _given_in(scenario: ScenarioData, theatre: TheatreId, t: PeriodId) -> list[Contribution]:
    here = (activity.id for activity in scenario.problem.activities if activity.theatre == theatre)
    return [key for a in here for key in scenario.index.given_to.get((a, t), ())]


def _coverage(scenario: ScenarioData, d: Decisions, floor: CoverageFloor) -> Rows:
    cells = [cell for cell in scenario.index.cells if cell[0] == floor.theatre and floor.driver in (None, cell[1])]
    risk = sum(scenario.bounds.risk[cell] for cell in cells) * scenario.risk_multiplier.get(floor.theatre, 1.0)
    yield ("coverage", floor.theatre, floor.driver or EVERY), total(d.cut[cell] for cell in cells) >= floor.share * risk


FAMILY = Family(
    number="C23",
    name="floors",
    group="policy",
    says="monitoring and priority do not quietly decay",
    rows=rows,
    per_scenario=True,
)
