"""C22 roles: soldiers out of civil roles; support, not lead."""

from collections.abc import Iterator

from optimizer.data.politics import is_led_against_policy
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Limit, Rows
from optimizer.formulation.linear_expression import linear
from optimizer.formulation.spending import spend
from optimizer.formulation.variables import Decisions


def rows(scenario: ScenarioData, d: Decisions) -> Rows:
    """C22, one row per civil activity and period: (1-chi) * military spend - chi * other spend <= 0  [M EUR]."""
    share = scenario.problem.policy.max_military_share_in_civil_tasks
    if share is None:
        return
    kind = {r: resource.kind for r, resource in scenario.problem.resource.items()}
    for a, t in scenario.index.activity_periods:
        if scenario.problem.activity[a].task == "civil":
            given = scenario.index.given_to.get((a, t), ())
            balance = spend(scenario, d, given, lambda key: 1 - share if kind[key[2]] == "military" else -share)
            if balance:
                yield (a, t), linear(balance) <= 0


def limits(scenario: ScenarioData, d: Decisions) -> Iterator[Limit]:
    """C22, y[a,f,t] = 0 for lead frameworks in activities of `no_lead_role`."""
    for a, f, t in scenario.index.runs:
        if is_led_against_policy(scenario.problem, a, f):
            says = f"policy wants no lead role in {a}, and {f} leads"
            yield Limit(index=(a, f, t), variable=d.run[a, f, t], upper=0.0, says=says)


FAMILY = Family(
    number="C22",
    name="roles",
    group="policy",
    says="soldiers out of civil roles; support, not lead",
    rows=rows,
    limits=limits,
)
