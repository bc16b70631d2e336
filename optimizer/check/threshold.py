"""C16: stability underfunded is stability not delivered."""

from collections.abc import Iterator

from models.plan import ActivityRun
from models.problem.activity import PiecewiseEffect, ThresholdEffect
from optimizer.check.facts import Facts
from optimizer.check.row import EXACT, RuleRow
from optimizer.tolerances import FIGURE_AGREEMENT, THRESHOLD_SHORTFALL


def rows(facts: Facts) -> Iterator[RuleRow]:
    """C16, one row per run with a threshold or an S-curve, the effect it reports; three more per threshold report.

    w = per_level · E from the threshold on and 0 below it, or the height of the S-curve over E, times the effect
    multiplier of the scenario  [risk points].
    """
    for run in facts.plan.activities:
        if not facts.applies(run.scenario):
            continue
        shape = facts.problem.activity[run.id].effect
        if isinstance(shape, ThresholdEffect) or (isinstance(shape, PiecewiseEffect) and not shape.is_concave):
            effect = facts.reported_effect((run.id, facts.period_index[run.period]))
            yield RuleRow(
                key=f"{run.id}/{run.period}/effect",
                left=run.effect,
                sense="=",
                right=effect,
                sentence=f"{facts.titles.activity[run.id]} reports an effect of {run.effect:g} risk points "
                f"in {run.period}; recomputed, it is {effect:g}.",
                scale=shape.points[-1][1] if isinstance(shape, PiecewiseEffect) else 0.0,
                tolerance=FIGURE_AGREEMENT,
            )
        yield from _report(facts, run)


def _report(facts: Facts, run: ActivityRun) -> Iterator[RuleRow]:
    shape, key, title = facts.problem.activity[run.id].effect, f"{run.id}/{run.period}", facts.titles.activity[run.id]
    needed = shape.threshold if isinstance(shape, ThresholdEffect) else None
    if needed is None or run.threshold is None:
        reports, has = run.threshold is not None, needed is not None
        sentence = f"{title} reports {'a' if reports else 'no'} threshold in {run.period}, "
        sentence += f"but it has {'one' if has else 'none'}."
        yield RuleRow(key=key, left=float(reports), sense="=", right=float(has), sentence=sentence, tolerance=EXACT)
        return
    level = facts.effective[run.id, facts.period_index[run.period]]
    met, short = level >= needed * (1 - THRESHOLD_SHORTFALL), max(0.0, needed - level)
    sentence = f"{title} reports in {run.period} a threshold of {run.threshold.needed:g}, "
    sentence += f"{'met' if run.threshold.met else 'not met'}, {run.threshold.short_by:g} short; "
    sentence += f"recomputed, the effective level is {level:g} of {needed:g}."
    yield RuleRow(key=f"{key}/needed", left=run.threshold.needed, sense="=", right=needed, sentence=sentence)
    yield RuleRow(
        key=f"{key}/met",
        left=float(run.threshold.met),
        sense="=",
        right=float(met),
        sentence=sentence,
        tolerance=EXACT,
    )
    yield RuleRow(
        key=f"{key}/short_by",
        left=run.threshold.short_by,
        sense="=",
        right=short,
        sentence=sentence,
        scale=needed,
        tolerance=FIGURE_AGREEMENT,
    )
