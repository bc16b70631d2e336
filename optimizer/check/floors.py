"""C23: monitoring and priority do not quietly decay."""

from collections.abc import Iterator

from models.problem.policy import CoverageFloor
from optimizer.check.facts import Facts
from optimizer.check.row import Row


def rows(facts: Facts) -> Iterator[Row]:
    """C23, one row per floor: on a level and on spending in each period, on coverage over the horizon.

    Σ_f e ≥ level  [level]; spend in the theatre ≥ amount  [M EUR]; Σ cut ≥ share · Σ risk  [risk points].
    """
    policy = facts.problem.policy
    for floor in policy.min_level:
        for t in facts.periods:
            level = facts.level[floor.activity, t]
            sentence = f"{floor.activity} is at level {level:g}, at least {floor.level:g} was decided"
            key = f"min_level/{floor.activity}/{facts.period(t)}"
            yield Row(key=key, left=level, sense=">=", right=floor.level, sentence=sentence)
    for least in policy.min_spend:
        for t in facts.periods:
            spent = sum(facts.support((one.id, t)) for one in facts.problem.activities if one.theatre == least.theatre)
            sentence = f"{spent:g} M EUR are spent in {least.theatre}, at least {least.amount:g} was decided"
            key = f"min_spend/{least.theatre}/{facts.period(t)}"
            yield Row(key=key, left=spent, sense=">=", right=least.amount, sentence=sentence)
    for cover in policy.min_coverage:
        yield _coverage(facts, cover)


def _coverage(facts: Facts, floor: CoverageFloor) -> Row:
    here = [place for place in facts.path if place[0] == floor.theatre and floor.driver in (None, place[1])]
    removed, risk = sum(facts.cut[place] for place in here), sum(facts.path[place] for place in here)
    what = floor.theatre if floor.driver is None else f"{floor.theatre}/{floor.driver}"
    return Row(
        key=f"min_coverage/{what}",
        left=removed,
        sense=">=",
        right=floor.share * risk,
        sentence=f"{removed:g} of {risk:g} risk points in {what} are removed, {floor.share:.0%} must be",
        scale=risk,
    )
