"""C18: no action ahead of situational awareness."""

from collections.abc import Iterator

from optimizer.check.effect_values import awareness_limit
from optimizer.check.facts import Facts
from optimizer.check.row import RuleRow
from optimizer.tolerances import FIGURE_AGREEMENT


def rows(facts: Facts) -> Iterator[RuleRow]:
    """C18, one row per run of a gated activity: the effective level reported ≤ what awareness allows  [level].

    factor · (awareness of the theatre + Σ effective levels of its sources in the period before).
    """
    for run in facts.plan.activities:
        activity, t = facts.problem.activity[run.id], facts.period_index[run.period]
        if activity.awareness_gate is not None and facts.applies(run.scenario):
            limit = awareness_limit(facts, activity, t, facts.effective)
            yield RuleRow(
                key=f"{run.id}/{run.period}",
                left=run.effective_level,
                sense="<=",
                right=limit,
                sentence=f"{facts.titles.activity[run.id]} reports an effective level of {run.effective_level:g} "
                f"in {run.period}; awareness allows {limit:g}.",
                scale=facts.least_size.level[run.id],
                tolerance=FIGURE_AGREEMENT,
            )
