"""What a plan reports of itself beside levels, effects and risk, compared with what its decisions say."""

from collections.abc import Iterator, Sequence

from models.ids import ContributorId
from models.outcome import ObjectiveResult
from models.plan import ActivityRun
from optimizer.check.divergence import apart
from optimizer.check.facts import Facts
from optimizer.check.payers import giving
from optimizer.check.plan_index import Running
from optimizer.check.row import AGREEMENT, EXACT, Row
from optimizer.check.score import expected, metric, risk_reduction


def objectives(facts: Sequence[Facts], claimed: Sequence[ObjectiveResult]) -> Iterator[Row]:
    """One row per objective: its value is that of the plan  [unit of the metric].

    A regret is measured against what the plan says was possible in each future; where it does not say, the claim
    cannot be checked, and so does not pass.
    """
    for one in claimed:
        value = metric(facts, one.metric)
        if value is None:
            yield _none(
                one.metric, 1, f"{one.metric} is reported as {one.value:g}; no future's best is given beside it"
            )
        else:
            sentence = f"{one.metric} is reported as {one.value:g}; the plan's is {value:g}"
            yield _agree(one.metric, one.value, value, sentence)


def futures(facts: Sequence[Facts]) -> Iterator[Row]:
    """One row per future reported: its risk reduction  [risk points]."""
    reported = {one.id: one for one in facts[0].plan.scenarios}
    for one in facts:
        claim = reported.get(one.future.id) if one.future.id is not None else next(iter(reported.values()), None)
        if claim is not None:
            value = risk_reduction(one)
            sentence = f"risk reduction in {claim.id} is reported as {claim.risk_reduction:g}; the plan's is {value:g}"
            yield _agree(f"{claim.id}/risk_reduction", claim.risk_reduction, value, sentence)


def burdens(facts: Sequence[Facts]) -> Iterator[Row]:
    """Four rows per member: cost, share, relative and fair burden; who is not listed pays nothing  [M EUR]."""
    reported = {one.member: one for one in facts[0].plan.burden}
    cost = {member: expected(facts, [one.cost[member] for one in facts]) for member in facts[0].problem.member}
    total = sum(cost.values())
    ability = {one: facts[0].problem.member[one].ability_to_pay for one in facts[0].sharing}
    abilities = sum(ability.values())
    for member, paid in cost.items():
        claim = reported.get(member)
        stated = 0.0 if claim is None else claim.cost
        yield _agree(f"{member}/cost", stated, paid, f"{member} is reported to pay {stated:g} M EUR; it pays {paid:g}")
        if claim is None:
            continue
        share = paid / total if total else claim.share
        sentence = f"{member} is reported to carry {claim.share:g} of the cost; it carries {share:g}"
        yield _agree(f"{member}/share", claim.share, share, sentence)
        burden = paid / facts[0].problem.member[member].ability_to_pay
        sentence = f"{member} is reported a relative burden of {claim.relative_burden:g}; it is {burden:g}"
        yield _agree(f"{member}/relative_burden", claim.relative_burden, burden, sentence)
        if member in ability:
            fair = ability[member] / abilities
            sentence = f"{member} is reported a fair share of {claim.fair_share:g}; it is {fair:g}"
            yield _agree(f"{member}/fair_share", claim.fair_share, fair, sentence)


def participants(facts: Facts) -> Iterator[Row]:
    """Two rows per run: whoever gives is listed, whoever is listed gives; one for its role  [contributors; 0/1]."""
    for run in facts.plan.activities:
        if not facts.here(run.scenario):
            continue
        gifts = facts.givers[run.id, facts.number_of[run.period]]
        giving = {one for one, gift in gifts.items() if any(amount > 0 for amount in gift.values())}
        there = {one for one in gifts if (one, run.id, facts.number_of[run.period]) in facts.there}
        yield from _listed(run, there, giving)
        role = facts.problem.framework[run.framework].role
        sentence = f"{run.id} is reported as {run.role}; under {run.framework} it is {role}"
        yield _none(f"{run.id}/{run.period}/role", int(run.role != role), sentence)


def _listed(run: ActivityRun, there: set[ContributorId], giving: set[ContributorId]) -> Iterator[Row]:
    missing, invented = sorted(there - set(run.participants)), sorted(set(run.participants) - giving)
    key = f"{run.id}/{run.period}"
    yield _none(f"{key}/missing", len(missing), f"{', '.join(missing)} gives to {run.id} and is not listed there")
    yield _none(f"{key}/invented", len(invented), f"{', '.join(invented)} is listed in {run.id} and gives nothing")
    aside = sorted({one.member for one in run.stood_aside} & there)
    yield _none(f"{key}/aside", len(aside), f"{', '.join(aside)} is said to stand aside from {run.id} and gives to it")


def divergences(facts: Facts) -> Iterator[Row]:
    """Four rows per run reported: range, total deviation, pairwise difference, willing share  [positions; share]."""
    for one in facts.plan.divergence:
        running = one.activity, facts.number_of[one.period]
        key = f"{one.activity}/{one.period}"
        if running not in facts.flag:
            yield _none(f"{key}/runs", 1, f"divergence is reported for {one.activity}, which does not run")
            continue
        distance = apart(facts, running)
        for name, claimed, value in (
            ("range", one.range, distance.range),
            ("total_deviation", one.total_deviation, distance.total_deviation),
            ("pairwise", one.pairwise, distance.pairwise),
            ("willing_share", one.willing_share, _willing_share(facts, running)),
        ):
            sentence = f"{name} of {one.activity} is reported as {claimed:g}; it is {value:g}"
            yield _agree(f"{key}/{name}", claimed, value, sentence)


def _willing_share(facts: Facts, running: Running) -> float:
    activity, t = facts.problem.activity[running[0]], running[1]
    return len(giving(facts, activity, facts.flag[running], t)) / len(facts.problem.members)


def _agree(key: str, claimed: float, value: float, sentence: str) -> Row:
    return Row(key=key, left=claimed, sense="=", right=value, sentence=sentence, tolerance=AGREEMENT)


def _none(key: str, number: int, sentence: str) -> Row:
    return Row(key=key, left=float(number), sense="<=", right=0.0, sentence=sentence, tolerance=EXACT)
