"""C4: one framework at a time, and one that the activity may use."""

from collections import Counter
from collections.abc import Iterator

from optimizer.check.facts import Facts
from optimizer.check.row import EXACT, RuleRow


def rows(facts: Facts) -> Iterator[RuleRow]:
    """C4, one row per activity and period that runs: Σ_f y ≤ 1, and y = 0 for frameworks it cannot use  [count]."""
    titles = facts.titles
    runs = [run for run in facts.plan.activities if facts.applies(run.scenario)]
    for (activity, period), number in Counter((run.id, run.period) for run in runs).items():
        yield RuleRow(
            key=f"{activity}/{period}",
            left=float(number),
            sense="<=",
            right=1.0,
            sentence=f"{titles.activity[activity]} runs under {number} frameworks in {period}; only 1 is allowed.",
            tolerance=EXACT,
        )
    for run in runs:
        allowed = facts.problem.frameworks_of(facts.problem.activity[run.id])
        is_usable = run.framework in allowed and facts.problem.framework[run.framework].enabled
        names = ", ".join(titles.framework[framework] for framework in allowed)
        reason = "is not enabled" if run.framework in allowed else f"is not among its frameworks ({names})"
        yield RuleRow(
            key=f"{run.id}/{run.framework}/{run.period}",
            left=1.0,
            sense="<=",
            right=float(is_usable),
            sentence=f"{titles.activity[run.id]} runs under {titles.framework[run.framework]} in {run.period}, "
            f"which {reason}.",
            tolerance=EXACT,
        )
