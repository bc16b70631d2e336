"""From effects to risk removed, in the order of the periods (C17)."""

from collections.abc import Iterator

from models.ids import ActivityId, DriverId, PeriodId, TheatreId
from models.plan import Coverage
from optimizer.reach import reach
from optimizer.results.decided import Decided
from optimizer.results.effects import Levels

Cuts = dict[tuple[TheatreId, DriverId, PeriodId], float]


def risk_removed(decided: Decided, effects: Levels) -> Cuts:
    """cut[h,d,t]: what efforts and persistence take off each driver, never more than there is."""
    problem = decided.problem
    reached: dict[tuple[TheatreId, DriverId], list[tuple[ActivityId, float]]] = {}
    for (a, h, d), kappa in reach(problem).items():
        reached.setdefault((h, d), []).append((a, kappa))
    cuts: Cuts = {}
    for h, drivers in problem.risk.items():
        for d, baseline in drivers.items():
            before = 0.0
            for place, t in enumerate(problem.periods):
                removed = problem.theatre[h].persistence * before + sum(
                    kappa * decided.effect_multiplier.get(a, 1.0) * _effect_at(decided, effects, a, place)
                    for a, kappa in reached.get((h, d), ())
                )
                before = min(decided.risk_multiplier.get(h, 1.0) * baseline[place], removed)
                cuts[h, d, t] = before
    return cuts


def _effect_at(decided: Decided, effects: Levels, a: ActivityId, place: int) -> float:
    acted = place - decided.problem.activity[a].lag
    return effects.get((a, decided.problem.periods[acted]), 0.0) if acted >= 0 else 0.0


def risk_reduction(decided: Decided, cuts: Cuts) -> float:
    """Weighted and discounted, in risk points."""
    theatre, discount = decided.problem.theatre, decided.problem.discount
    return sum(theatre[h].weight * discount ** decided.place[t] * cut for (h, _, t), cut in cuts.items())


def coverage(decided: Decided, cuts: Cuts) -> Iterator[Coverage]:
    """What happens to every driver of every theatre."""
    for (h, d, t), cut in cuts.items():
        multiplier = decided.risk_multiplier.get(h, 1.0)
        baseline = multiplier * decided.problem.risk[h][d][decided.place[t]]
        yield Coverage(
            theatre=h,
            driver=d,
            period=t,
            baseline=baseline,
            reduction=cut,
            residual=baseline - cut,
            share=cut / baseline if baseline > 0 else 0.0,
            scenario=None if decided.is_only else decided.scenario,
        )
