"""C22 roles: civil tasks limit military resources, and some activities must not be led."""

from collections.abc import Iterator

from optimizer.data.politics import is_led_against_policy
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Rows, UpperLimit
from optimizer.formulation.linear_expression import linear
from optimizer.formulation.spending import spend
from optimizer.formulation.variables import DecisionVariables


def rows(scenario: ScenarioData, d: DecisionVariables) -> Rows:
    """C22, one row per civil activity and period: (1-chi) * military spending - chi * other spending <= 0  [M EUR].

    chi is the greatest military share in civil tasks, 0 to 1.
    """
    share = scenario.problem.policy.max_military_share_in_civil_tasks
    if share is None:
        return
    kind = {r: resource.kind for r, resource in scenario.problem.resource.items()}
    for a, t in scenario.index.activity_periods:
        if scenario.problem.activity[a].task == "civil":
            contributions = scenario.index.given_to.get((a, t), ())
            balance = spend(scenario, d, contributions, lambda key: 1 - share if kind[key[2]] == "military" else -share)
            if balance:
                yield (a, t), linear(balance) <= 0


def limits(scenario: ScenarioData, d: DecisionVariables) -> Iterator[UpperLimit]:
    """C22, for every activity of `no_lead_role`: y[a,f,t] = 0 under lead frameworks f."""
    for a, f, t in scenario.index.runs:
        if is_led_against_policy(scenario.problem, a, f):
            says = f"policy allows no lead role in {a}, and {f} is a lead framework"
            yield UpperLimit(index=(a, f, t), variable=d.run[a, f, t], upper=0.0, says=says)


FAMILY = Family(
    number="C22",
    name="roles",
    group="policy",
    says="civil tasks limit military resources, and some activities must not be led",
    rows=rows,
    limits=limits,
)
