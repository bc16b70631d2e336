"""Figures that a plan reports besides levels, effects and risk, compared with those recomputed from its decisions."""

from collections.abc import Iterator, Mapping, Sequence

from models.ids import ContributorId, MemberId
from models.outcome import ObjectiveResult
from models.plan import ActivityRun
from optimizer.check.divergence import sizes, spread
from optimizer.check.facts import Facts
from optimizer.check.metric_sizes import metric_size
from optimizer.check.payers import willing_members
from optimizer.check.plan_index import Running
from optimizer.check.row import EXACT, RuleRow
from optimizer.check.score import Best, expected, metric, risk_reduction
from optimizer.check.score import burdens as relative_burdens
from optimizer.tolerances import FIGURE_AGREEMENT


def objectives(facts: Sequence[Facts], claimed: Sequence[ObjectiveResult]) -> Iterator[RuleRow]:
    """One row per objective: the value claimed = the value recomputed  [unit of the metric].

    A regret is measured against the best values that the plan states for the scenarios. Without them the claim cannot
    be checked, so it fails.
    """
    for claim in claimed:
        value = metric(facts, claim.metric)
        if value is None:
            sentence = f"{claim.metric} is reported as {claim.value:g}, "
            sentence += "but the plan does not state the best value of every scenario."
            yield _count_row(claim.metric, 1, sentence)
        else:
            sentence = f"{claim.metric} is reported as {claim.value:g}; recomputed from the plan, it is {value:g}."
            yield _agreement_row(claim.metric, claim.value, value, sentence, metric_size(facts, claim.metric))


def scenario_results(facts: Sequence[Facts]) -> Iterator[RuleRow]:
    """One row per scenario reported: its risk reduction  [risk points]."""
    reported = {result.id: result for result in facts[0].plan.scenarios}
    for view in facts:
        scenario = view.scenario.id
        claim = reported.get(scenario) if scenario is not None else next(iter(reported.values()), None)
        if claim is not None:
            value = risk_reduction(view)
            title = facts[0].titles.scenario.get(claim.id, claim.id)
            sentence = f"The plan reports a risk reduction of {claim.risk_reduction:g} in scenario {title}; "
            sentence += f"recomputed, it is {value:g}."
            size = metric_size([view], "risk_reduction")
            yield _agreement_row(f"{claim.id}/risk_reduction", claim.risk_reduction, value, sentence, size)


def regrets(facts: Sequence[Facts], best: Best, best_gap: float) -> Iterator[RuleRow]:
    """One row per stated regret with a known reference: best − risk reduction; 0 for the only scenario  [risk points].

    A best value is known only up to the relative gap of the solve that found it.
    """
    views = {view.scenario.id: view for view in facts}
    for result in facts[0].plan.scenarios:
        view = views.get(result.id, facts[0])
        most = risk_reduction(view) if len(facts) == 1 else best.get(result.id)
        if result.regret is None or most is None:
            continue
        value = most - risk_reduction(view)
        title = facts[0].titles.scenario.get(result.id, result.id)
        sentence = f"The plan reports a regret of {result.regret:g} in scenario {title}; recomputed, it is {value:g}."
        row = _agreement_row(
            f"{result.id}/regret", result.regret, value, sentence, max(abs(most), metric_size([view], "risk_reduction"))
        )
        row.tolerance = FIGURE_AGREEMENT if len(facts) == 1 else max(FIGURE_AGREEMENT, best_gap)
        yield row


def burdens(facts: Sequence[Facts]) -> Iterator[RuleRow]:
    """Four rows per member: cost, share, relative and fair burden  [M EUR; shares; M EUR per ability to pay].

    All are expected values over the scenarios. A member that the plan does not list must pay nothing.
    """
    reported = {burden.member: burden for burden in facts[0].plan.burden}
    cost = {member: expected(facts, [view.cost[member] for view in facts]) for member in facts[0].problem.member}
    total, relative = sum(cost.values()), relative_burdens(facts)
    shares = [_fair_shares(view) for view in facts]
    for member, paid in cost.items():
        claim, title = reported.get(member), facts[0].titles.contributor[member]
        claimed = 0.0 if claim is None else claim.cost
        sentence = f"The plan reports that {title} pays {claimed:g} M EUR; recomputed, it pays {paid:g} M EUR."
        yield _agreement_row(f"{member}/cost", claimed, paid, sentence, metric_size(facts, "cost"))
        if claim is None:
            continue
        share = paid / total if total else 0.0
        sentence = f"The plan reports that {title} pays a share of {claim.share:g} of the cost; "
        sentence += f"recomputed, it is {share:g}."
        yield _agreement_row(f"{member}/share", claim.share, share, sentence, 1.0)
        burden = relative[member]
        sentence = f"The plan reports a relative burden of {claim.relative_burden:g} for {title}; "
        sentence += f"recomputed, it is {burden:g}."
        yield _agreement_row(
            f"{member}/relative_burden", claim.relative_burden, burden, sentence, metric_size(facts, "max_burden")
        )
        fair = expected(facts, [one.get(member, 0.0) for one in shares])
        sentence = f"The plan reports a fair share of {claim.fair_share:g} for {title}; "
        sentence += f"recomputed, it is {fair:g}."
        yield _agreement_row(f"{member}/fair_share", claim.fair_share, fair, sentence, 1.0)


def _fair_shares(facts: Facts) -> Mapping[MemberId, float]:
    """Ability to pay of each member whose burden is compared, as a share of that of all of them."""
    ability = {member: facts.problem.member[member].ability_to_pay for member in facts.sharing}
    return {member: one / sum(ability.values()) for member, one in ability.items()}


def participants(facts: Facts) -> Iterator[RuleRow]:
    """Four rows per run: participants missing, listed without contributing, standing aside; and the role.

    The first three count contributors; the last is 0 or 1.
    """
    for run in facts.plan.activities:
        if not facts.applies(run.scenario):
            continue
        t = facts.period_index[run.period]
        bundles = facts.contributions_to[run.id, t]
        contributing = {c for c, bundle in bundles.items() if any(amount > 0 for amount in bundle.values())}
        participating = {c for c in bundles if (c, run.id, t) in facts.participations}
        yield from _listed(facts, run, participating, contributing)
        role = facts.problem.framework[run.framework].role
        sentence = f"The plan reports the role {run.role} in {facts.titles.activity[run.id]} in {run.period}; "
        sentence += f"under {facts.titles.framework[run.framework]} it is {role}."
        yield _count_row(f"{run.id}/{run.period}/role", int(run.role != role), sentence)


def _listed(
    facts: Facts, run: ActivityRun, participating: set[ContributorId], contributing: set[ContributorId]
) -> Iterator[RuleRow]:
    missing, invented = sorted(participating - set(run.participants)), sorted(set(run.participants) - contributing)
    aside = sorted({entry.member for entry in run.stood_aside} & participating)
    key, title = f"{run.id}/{run.period}", facts.titles.activity[run.id]
    sentence = f"Contributors to {title} in {run.period} that are not listed as participants: {_names(facts, missing)}."
    yield _count_row(f"{key}/missing", len(missing), sentence)
    sentence = f"Listed participants of {title} in {run.period} that contribute nothing: {_names(facts, invented)}."
    yield _count_row(f"{key}/invented", len(invented), sentence)
    sentence = f"Contributors to {title} in {run.period} that are reported to stand aside: {_names(facts, aside)}."
    yield _count_row(f"{key}/aside", len(aside), sentence)


def _names(facts: Facts, contributors: Sequence[str]) -> str:
    return ", ".join(facts.titles.contributor[contributor] for contributor in contributors) or "none"


def divergences(facts: Facts) -> Iterator[RuleRow]:
    """Four rows per run reported: range, total deviation, pairwise difference, willing share  [positions; share]."""
    for report in facts.plan.divergence:
        if not facts.applies(report.scenario):
            continue
        running = report.activity, facts.period_index[report.period]
        key, title = f"{report.activity}/{report.period}", facts.titles.activity[report.activity]
        if running not in facts.framework:
            sentence = f"The plan reports a divergence for {title} in {report.period}, but it does not run."
            yield _count_row(f"{key}/runs", 1, sentence)
            continue
        recomputed, size = spread(facts, running), {**sizes(facts), "willing_share": 1.0}
        for name, claimed, value in (
            ("range", report.range, recomputed.range),
            ("total_deviation", report.total_deviation, recomputed.total_deviation),
            ("pairwise", report.pairwise, recomputed.pairwise),
            ("willing_share", report.willing_share, _willing_share(facts, running)),
        ):
            sentence = f"The plan reports a {name.replace('_', ' ')} of {claimed:g} for {title} in {report.period}; "
            sentence += f"recomputed, it is {value:g}."
            yield _agreement_row(f"{key}/{name}", claimed, value, sentence, size[name])


def _willing_share(facts: Facts, running: Running) -> float:
    activity, t = facts.problem.activity[running[0]], running[1]
    return len(willing_members(facts, activity, facts.framework[running], t)) / len(facts.problem.members)


def _agreement_row(key: str, claimed: float, value: float, sentence: str, size: float) -> RuleRow:
    return RuleRow(
        key=key, left=claimed, sense="=", right=value, sentence=sentence, scale=size, tolerance=FIGURE_AGREEMENT
    )


def _count_row(key: str, number: int, sentence: str) -> RuleRow:
    return RuleRow(key=key, left=float(number), sense="<=", right=0.0, sentence=sentence, tolerance=EXACT)
