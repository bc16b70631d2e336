"""C17: risk does not fall below zero; each instrument reaches only its drivers; part of what is won stays won."""

from collections.abc import Iterator

from models.plan import Coverage
from optimizer.check.facts import Facts
from optimizer.check.plan_index import Place
from optimizer.check.removed import reports
from optimizer.check.risk_dynamics import grows
from optimizer.check.row import AGREEMENT, Row


def rows(facts: Facts) -> Iterator[Row]:
    """C17, rows per theatre, driver and period: what the plan reports of it  [risk points].

    reduction = min(risk, what arrives + what stays of the period before); residual = baseline − reduction;
    share = reduction / baseline. What is not reported counts as no reduction. The baseline's row is here where risk
    does not move by itself; else it is C28's.
    """
    reported = reports(facts)
    for place, cut in facts.cut.items():
        theatre, driver, t = place
        one = reported.get(place)
        key = report_key(facts, place, one)
        reduction = 0.0 if one is None else one.reduction
        risk = facts.path[place]
        yield Row(
            key=f"{key}/reduction",
            left=reduction,
            sense="=",
            right=cut,
            sentence=f"{reduction:g} risk points are reported removed from {theatre}/{driver} in {facts.period(t)}; "
            f"what is done removes {cut:g} of {risk:g}",
            scale=risk,
            tolerance=AGREEMENT,
        )
        if one is not None:
            yield from _figures(key, one)


def _figures(key: str, one: Coverage) -> Iterator[Row]:
    residual, share = one.baseline - one.reduction, one.reduction / one.baseline if one.baseline else one.share
    sentence = f"{one.residual:g} risk points are reported left in {one.theatre}, that is {residual:g}"
    yield Row(
        key=f"{key}/residual",
        left=one.residual,
        sense="=",
        right=residual,
        sentence=sentence,
        scale=one.baseline,
        tolerance=AGREEMENT,
    )
    sentence = f"a share of {one.share:g} is reported removed in {one.theatre}, that is {share:g}"
    yield Row(key=f"{key}/share", left=one.share, sense="=", right=share, sentence=sentence, tolerance=AGREEMENT)


def baselines(facts: Facts, *, moving: bool) -> Iterator[Row]:
    """One row per reported driver and period, where risk moves by itself or where it does not  [risk points]."""
    for place, one in reports(facts).items():
        theatre = facts.problem.theatre[place[0]]
        if grows(theatre) == moving:
            yield Row(
                key=f"{report_key(facts, place, one)}/baseline",
                left=one.baseline,
                sense="=",
                right=facts.path[place],
                sentence=f"{one.baseline:g} risk points are reported in {theatre.id}, there are {facts.path[place]:g}",
                tolerance=AGREEMENT,
            )


def report_key(facts: Facts, place: Place, one: Coverage | None) -> str:
    """The key of a driver in a period, with the future if the plan tells futures apart there."""
    theatre, driver, t = place
    key = f"{theatre}/{driver}/{facts.period(t)}"
    apart = one.scenario is not None if one is not None else any(x.scenario is not None for x in facts.plan.coverage)
    return f"{key}/{facts.future.id}" if apart else key
