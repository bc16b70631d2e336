"""Risk removed, computed from effects period by period (C17, C28, C29, C35)."""

from collections.abc import Iterator, Mapping

from models.ids import ActivityId, DriverId, PeriodId, TheatreId
from models.plan import Coverage
from optimizer.data.impact import impact
from optimizer.data.politics import rivalry_applies
from optimizer.data.risk_growth import baseline_risk, next_period_points
from optimizer.outcome.figures.effects import Levels
from optimizer.outcome.figures.scenario_decisions import ActivityPeriod, ScenarioDecisions

Cuts = dict[tuple[TheatreId, DriverId, PeriodId], float]


def risk_removed(decisions: ScenarioDecisions, effects: Levels) -> Cuts:
    """cut[h,d,t]: risk points removed by effects, synergies and persistence, at most the risk there is."""
    risk, gained = scenario_risk(decisions), _gained(decisions, effects)
    cuts: Cuts = {}
    for h, drivers in decisions.problem.risk.items():
        theatre, before = decisions.problem.theatre[h], dict.fromkeys(drivers, 0.0)
        for t in decisions.problem.periods:
            persistent = next_period_points(theatre, before)
            before = {
                d: min(risk[h, d, t], theatre.persistence * persistent[d] + gained.get((h, d, t), 0.0)) for d in drivers
            }
            cuts.update({(h, d, t): cut for d, cut in before.items()})
    return cuts


def scenario_risk(decisions: ScenarioDecisions) -> Cuts:
    """P[h,d,t]: the risk in this scenario if nothing is done, in points."""
    return {
        (h, d, t): decisions.risk_multiplier.get(h, 1.0) * risk
        for (h, d, t), risk in baseline_risk(decisions.problem).items()
    }


def _gained(decisions: ScenarioDecisions, effects: Levels) -> Cuts:
    """Risk points that effects and synergies gain per driver and period, before the cap at the existing risk."""
    problem, gained = decisions.problem, Cuts()
    running = {a for a, _ in effects}
    for (a, h, d), kappa in impact(problem).items():
        if a not in running:
            continue
        weight = kappa * decisions.effect_multiplier.get(a, 1.0)
        for place, t in enumerate(problem.periods):
            gained[h, d, t] = gained.get((h, d, t), 0.0) + weight * _arriving(decisions, effects, a, place)
    for synergy in problem.synergies:
        h = problem.activity[synergy.activities[0]].theatre
        driver = synergy.driver or next(iter(problem.risk[h]))
        for t in problem.periods:
            if all((a, t) in decisions.runs for a in synergy.activities):
                gained[h, driver, t] = gained.get((h, driver, t), 0.0) + synergy.effect
    return gained


def _arriving(decisions: ScenarioDecisions, effects: Levels, a: ActivityId, place: int) -> float:
    """The effect of a that arrives in the period at `place`, after its lag or its lead time."""
    activity = decisions.problem.activity[a]
    if activity.lead_time is None:
        return _at(decisions, effects, a, place - activity.lag)
    fast, slow = place - activity.lead_time.with_presence, place - activity.lead_time.without
    fast_part = _at(decisions, effects, a, fast) if _had_presence(decisions, a, fast) else 0.0
    return fast_part + (0.0 if _had_presence(decisions, a, slow) else _at(decisions, effects, a, slow))


def _at(decisions: ScenarioDecisions, values: Mapping[ActivityPeriod, float], a: ActivityId, place: int) -> float:
    return values.get((a, decisions.problem.periods[place]), 0.0) if place >= 0 else 0.0


def _had_presence(decisions: ScenarioDecisions, a: ActivityId, place: int) -> bool:
    lead = decisions.problem.activity[a].lead_time
    if lead is None or place < 1:
        return False
    return any((b, decisions.problem.periods[place - 1]) in decisions.runs for b in lead.presence_from)


def risk_reduction(decisions: ScenarioDecisions, cuts: Cuts) -> float:
    """Weighted, discounted risk points removed, minus the friction between rivals."""
    theatre, discount = decisions.problem.theatre, decisions.problem.discount
    removed = sum(theatre[h].weight * discount ** decisions.place[t] * cut for (h, _, t), cut in cuts.items())
    return removed - friction(decisions)


def friction(decisions: ScenarioDecisions) -> float:
    """Risk points lost to rivals that serve together, summed over runs; not weighted, not discounted (C13)."""
    if "rivalry" in decisions.relax:
        return 0.0
    return sum(
        rivalry.friction
        for rivalry in decisions.problem.rivalries
        if not rivalry.hard
        for a, t in sorted({(a, t) for _, a, t in decisions.present})
        if rivalry_applies(decisions.problem, rivalry, a)
        and all((c, a, t) in decisions.present for c in rivalry.between)
    )


def coverage(decisions: ScenarioDecisions, cuts: Cuts) -> Iterator[Coverage]:
    """Baseline, reduction and residual risk of every driver of every theatre, in points."""
    risk = scenario_risk(decisions)
    for (h, d, t), cut in cuts.items():
        existing = risk[h, d, t]
        yield Coverage(
            theatre=h,
            driver=d,
            period=t,
            baseline=existing,
            reduction=cut,
            residual=existing - cut,
            share=cut / existing if existing > 0 else 0.0,
            scenario=None if decisions.is_only_scenario else decisions.scenario,
        )
