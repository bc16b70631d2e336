"""C12, with the consent of spoilers (C39): the host may refuse a framework."""

from collections.abc import Iterator

from optimizer.check.facts import Facts
from optimizer.check.hosts import consents
from optimizer.check.row import EXACT, RuleRow
from optimizer.tolerances import ROW_FEASIBILITY


def rows(facts: Facts) -> Iterator[RuleRow]:
    """C12, one row per run: the host and every active spoiler of the theatre consent to its framework  [0/1].

    Under recourse (C25) a refusal in one scenario forbids the level in that scenario; the framework may still be
    chosen.
    """
    recourse = facts.scenario.id is not None and facts.scenario.criterion.recourse
    titles = facts.titles
    for (activity, t), framework in facts.framework.items():
        theatre = facts.problem.activity[activity].theatre
        agreed = consents(facts.problem, theatre, framework)
        by_host = agreed or not facts.problem.theatre[theatre].consents_to(framework)
        refusing = "The host of" if by_host else "An active spoiler in"
        level = facts.level[activity, t]
        yield RuleRow(
            key=f"{activity}/{framework}/{facts.period(t)}",
            left=level if recourse else 1.0,
            sense="<=",
            right=(max(level, 1.0) if agreed else 0.0),
            sentence=f"{refusing} {titles.theatre[theatre]} does not consent to {titles.activity[activity]} "
            f"under {titles.framework[framework]}, but it runs in {facts.period(t)}.",
            scale=facts.least_size.level[activity],
            tolerance=ROW_FEASIBILITY if recourse else EXACT,
        )
