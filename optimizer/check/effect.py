"""C15: the framework changes what the same effort achieves."""

from collections.abc import Iterator

from models.problem.activity import LinearEffect, PiecewiseEffect
from optimizer.check.facts import Facts
from optimizer.check.row import RuleRow
from optimizer.tolerances import FIGURE_AGREEMENT


def rows(facts: Facts) -> Iterator[RuleRow]:
    """C15, two rows per run: the effective level and, if linear or concave, the effect that the plan reports.

    E = effect multiplier · level, at most what awareness allows  [level]; w = per_level · E, or the height of the
    concave line over E, times the effect multiplier of the scenario  [risk points].
    """
    for run in facts.plan.activities:
        if not facts.applies(run.scenario):
            continue
        running = run.id, facts.period_index[run.period]
        key, title = f"{run.id}/{run.period}", facts.titles.activity[run.id]
        level = facts.effective[running]
        yield RuleRow(
            key=f"{key}/effective_level",
            left=run.effective_level,
            sense="=",
            right=level,
            sentence=f"{title} reports an effective level of {run.effective_level:g} in {run.period}; "
            f"recomputed, it is {level:g}.",
            scale=facts.least_size.level[run.id],
            tolerance=FIGURE_AGREEMENT,
        )
        shape = facts.problem.activity[run.id].effect
        if isinstance(shape, LinearEffect) or (isinstance(shape, PiecewiseEffect) and shape.is_concave):
            effect = facts.reported_effect(running)
            yield RuleRow(
                key=f"{key}/effect",
                left=run.effect,
                sense="=",
                right=effect,
                sentence=f"{title} reports an effect of {run.effect:g} risk points in {run.period}; "
                f"recomputed, it is {effect:g}.",
                tolerance=FIGURE_AGREEMENT,
            )
