"""C4: one flag at a time, and one that the activity may fly."""

from collections import Counter
from collections.abc import Iterator

from optimizer.check.facts import Facts
from optimizer.check.row import EXACT, Row


def rows(facts: Facts) -> Iterator[Row]:
    """C4, one row per activity and period that runs: Σ_f y ≤ 1, and y = 0 for frameworks it cannot use  [count]."""
    runs = [run for run in facts.plan.activities if facts.here(run.scenario)]
    for (activity, period), flags in Counter((run.id, run.period) for run in runs).items():
        yield Row(
            key=f"{activity}/{period}",
            left=float(flags),
            sense="<=",
            right=1.0,
            sentence=f"{activity} runs under {flags} frameworks at once",
            tolerance=EXACT,
        )
    for run in runs:
        allowed = facts.problem.frameworks_of(facts.problem.activity[run.id])
        usable = run.framework in allowed and facts.problem.framework[run.framework].enabled
        why = "is switched off" if run.framework in allowed else f"is none of its frameworks ({', '.join(allowed)})"
        yield Row(
            key=f"{run.id}/{run.framework}/{run.period}",
            left=1.0,
            sense="<=",
            right=float(usable),
            sentence=f"{run.id} runs under {run.framework}, which {why}",
            tolerance=EXACT,
        )
