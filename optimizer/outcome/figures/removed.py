"""From effects to risk removed, in the order of the periods (C17, C28, C29, C35)."""

from collections.abc import Iterator, Mapping

from models.ids import ActivityId, DriverId, PeriodId, TheatreId
from models.plan import Coverage
from optimizer.data.impact import reach
from optimizer.data.politics import disputes
from optimizer.data.risk_growth import carried, untouched
from optimizer.outcome.figures.decided import ActivityPeriod, Decided
from optimizer.outcome.figures.effects import Levels

Cuts = dict[tuple[TheatreId, DriverId, PeriodId], float]


def risk_removed(decided: Decided, effects: Levels) -> Cuts:
    """cut[h,d,t]: what efforts, mixtures and persistence take off each driver, never more than there is."""
    risk, won = baseline(decided), _won(decided, effects)
    cuts: Cuts = {}
    for h, drivers in decided.problem.risk.items():
        theatre, before = decided.problem.theatre[h], dict.fromkeys(drivers, 0.0)
        for t in decided.problem.periods:
            stays = carried(theatre, before)
            before = {d: min(risk[h, d, t], theatre.persistence * stays[d] + won.get((h, d, t), 0.0)) for d in drivers}
            cuts.update({(h, d, t): cut for d, cut in before.items()})
    return cuts


def baseline(decided: Decided) -> Cuts:
    """P[h,d,t]: the risk if nothing is done, in this scenario."""
    return {
        (h, d, t): decided.risk_multiplier.get(h, 1.0) * risk for (h, d, t), risk in untouched(decided.problem).items()
    }


def _won(decided: Decided, effects: Levels) -> Cuts:
    """What arrives at each driver: effects by what they reach, and what two activities win together."""
    problem, won = decided.problem, Cuts()
    ran = {a for a, _ in effects}
    for (a, h, d), kappa in reach(problem).items():
        if a not in ran:
            continue
        weight = kappa * decided.effect_multiplier.get(a, 1.0)
        for place, t in enumerate(problem.periods):
            won[h, d, t] = won.get((h, d, t), 0.0) + weight * _arriving(decided, effects, a, place)
    for synergy in problem.synergies:
        h = problem.activity[synergy.activities[0]].theatre
        driver = synergy.driver or next(iter(problem.risk[h]))
        for t in problem.periods:
            if all((a, t) in decided.runs for a in synergy.activities):
                won[h, driver, t] = won.get((h, driver, t), 0.0) + synergy.effect
    return won


def _arriving(decided: Decided, effects: Levels, a: ActivityId, place: int) -> float:
    """The effect of a that arrives at a place in time: after its lag, or its lead time with and without presence."""
    activity = decided.problem.activity[a]
    if activity.lead_time is None:
        return _at(decided, effects, a, place - activity.lag)
    fast, slow = place - activity.lead_time.with_presence, place - activity.lead_time.without
    soon = _at(decided, effects, a, fast) if _was_near(decided, a, fast) else 0.0
    return soon + (0.0 if _was_near(decided, a, slow) else _at(decided, effects, a, slow))


def _at(decided: Decided, values: Mapping[ActivityPeriod, float], a: ActivityId, place: int) -> float:
    return values.get((a, decided.problem.periods[place]), 0.0) if place >= 0 else 0.0


def _was_near(decided: Decided, a: ActivityId, place: int) -> bool:
    lead = decided.problem.activity[a].lead_time
    if lead is None or place < 1:
        return False
    return any((b, decided.problem.periods[place - 1]) in decided.runs for b in lead.presence_from)


def risk_reduction(decided: Decided, cuts: Cuts) -> float:
    """Weighted and discounted, less the friction between rivals, in risk points."""
    theatre, discount = decided.problem.theatre, decided.problem.discount
    won = sum(theatre[h].weight * discount ** decided.place[t] * cut for (h, _, t), cut in cuts.items())
    return won - friction(decided)


def friction(decided: Decided) -> float:
    """What rivals that serve together cost in points, per activity and period, unweighted and undiscounted (C13)."""
    if "rivalry" in decided.relaxed:
        return 0.0
    return sum(
        rivalry.friction
        for rivalry in decided.problem.rivalries
        if not rivalry.hard
        for a, t in sorted({(a, t) for _, a, t in decided.present})
        if disputes(decided.problem, rivalry, a) and all((c, a, t) in decided.present for c in rivalry.between)
    )


def coverage(decided: Decided, cuts: Cuts) -> Iterator[Coverage]:
    """What happens to every driver of every theatre."""
    risk = baseline(decided)
    for (h, d, t), cut in cuts.items():
        there = risk[h, d, t]
        yield Coverage(
            theatre=h,
            driver=d,
            period=t,
            baseline=there,
            reduction=cut,
            residual=there - cut,
            share=cut / there if there > 0 else 0.0,
            scenario=None if decided.is_only else decided.scenario,
        )
