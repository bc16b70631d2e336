"""C23: monitoring and priority do not quietly decay."""

from collections.abc import Iterator

from models.problem.policy import CoverageFloor
from optimizer.check.facts import Facts
from optimizer.check.row import RuleRow


def rows(facts: Facts) -> Iterator[RuleRow]:
    """C23, one row per floor: on a level and on spending in each period, on coverage over the horizon.

    Σ_f e ≥ level  [level]; spend in the theatre ≥ amount  [M EUR]; Σ cut ≥ share · Σ risk  [risk points].
    """
    policy = facts.problem.policy
    for floor in policy.min_level:
        for t in facts.periods:
            level, period = facts.level[floor.activity, t], facts.period(t)
            sentence = f"{facts.titles.activity[floor.activity]} runs at level {level:g} in {period}; "
            sentence += f"the policy requires at least {floor.level:g}."
            key, size = f"min_level/{floor.activity}/{period}", facts.least_size.level[floor.activity]
            yield RuleRow(key=key, left=level, sense=">=", right=floor.level, sentence=sentence, scale=size)
    for least in policy.min_spend:
        activities = [activity.id for activity in facts.problem.activities if activity.theatre == least.theatre]
        for t in facts.periods:
            spent, period = sum(facts.support((activity, t)) for activity in activities), facts.period(t)
            sentence = f"{spent:g} M EUR are spent in {facts.titles.theatre[least.theatre]} in {period}; "
            sentence += f"the policy requires at least {least.amount:g} M EUR."
            key, size = f"min_spend/{least.theatre}/{period}", facts.least_size.money
            yield RuleRow(key=key, left=spent, sense=">=", right=least.amount, sentence=sentence, scale=size)
    for cover in policy.min_coverage:
        yield _coverage(facts, cover)


def _coverage(facts: Facts, floor: CoverageFloor) -> RuleRow:
    cells = [cell for cell in facts.path if cell[0] == floor.theatre and floor.driver in (None, cell[1])]
    removed, risk = sum(facts.cut[cell] for cell in cells), sum(facts.path[cell] for cell in cells)
    theatre = facts.titles.theatre[floor.theatre]
    key = floor.theatre if floor.driver is None else f"{floor.theatre}/{floor.driver}"
    what = theatre if floor.driver is None else f"{floor.driver} in {theatre}"
    return RuleRow(
        key=f"min_coverage/{key}",
        left=removed,
        sense=">=",
        right=floor.share * risk,
        sentence=f"{removed:g} of {risk:g} risk points of {what} are removed; "
        f"the policy requires at least {floor.share:.0%}.",
        scale=risk,
    )
