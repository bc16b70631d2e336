"""C17: risk does not fall below zero; each instrument reaches only its drivers; part of a reduction persists."""

from collections.abc import Iterator

from models.plan import Coverage
from optimizer.check.facts import Facts
from optimizer.check.plan_index import RiskCell
from optimizer.check.risk_cuts import coverage_reports
from optimizer.check.risk_dynamics import is_dynamic
from optimizer.check.row import RuleRow
from optimizer.tolerances import FIGURE_AGREEMENT


def rows(facts: Facts) -> Iterator[RuleRow]:
    """C17, rows per theatre, driver and period: the figures that the plan reports for it  [risk points].

    reduction = min(risk, arriving effects + persistent part of the period before); residual = baseline − reduction;
    share = reduction / baseline. A missing report counts as no reduction. `baselines` has the rows of the baseline.
    """
    reported = coverage_reports(facts)
    for cell, cut in facts.cut.items():
        theatre, driver, t = cell
        report = reported.get(cell)
        key = report_key(facts, cell)
        reduction = 0.0 if report is None else report.reduction
        risk = facts.path[cell]
        yield RuleRow(
            key=f"{key}/reduction",
            left=reduction,
            sense="=",
            right=cut,
            sentence=f"The plan reports {reduction:g} risk points removed from {driver} "
            f"in {facts.titles.theatre[theatre]} in {facts.period(t)}; recomputed, it removes {cut:g} of {risk:g}.",
            scale=max(risk, facts.least_points[cell]),
            tolerance=FIGURE_AGREEMENT,
        )
        if report is not None:
            yield from _figures(facts, key, report)


def _figures(facts: Facts, key: str, report: Coverage) -> Iterator[RuleRow]:
    residual = report.baseline - report.reduction
    share = report.reduction / report.baseline if report.baseline else 0.0
    place = f"{report.driver} in {facts.titles.theatre[report.theatre]} in {report.period}"
    sentence = f"The plan reports {report.residual:g} risk points left of {place}; "
    sentence += f"baseline less reduction is {residual:g}."
    yield RuleRow(
        key=f"{key}/residual",
        left=report.residual,
        sense="=",
        right=residual,
        sentence=sentence,
        scale=report.baseline,
        tolerance=FIGURE_AGREEMENT,
    )
    sentence = f"The plan reports a share of {report.share:g} removed from {place}; "
    sentence += f"reduction over baseline is {share:g}."
    yield RuleRow(
        key=f"{key}/share",
        left=report.share,
        sense="=",
        right=share,
        sentence=sentence,
        scale=1.0,
        tolerance=FIGURE_AGREEMENT,
    )


def baselines(facts: Facts, *, dynamic: bool) -> Iterator[RuleRow]:
    """One row per reported driver and period: the baseline reported = the risk without any activity  [risk points].

    `dynamic` selects the theatres with growth or spill-over (C28); otherwise the rows are those of C17.
    """
    for cell, report in coverage_reports(facts).items():
        theatre = facts.problem.theatre[cell[0]]
        if is_dynamic(theatre) == dynamic:
            yield RuleRow(
                key=f"{report_key(facts, cell)}/baseline",
                left=report.baseline,
                sense="=",
                right=facts.path[cell],
                sentence=f"The plan reports a baseline of {report.baseline:g} risk points for {report.driver} "
                f"in {facts.titles.theatre[theatre.id]} in {report.period}; recomputed, it is {facts.path[cell]:g}.",
                scale=facts.least_points[cell],
                tolerance=FIGURE_AGREEMENT,
            )


def report_key(facts: Facts, cell: RiskCell) -> str:
    """Return the key of a driver in a period."""
    theatre, driver, t = cell
    return f"{theatre}/{driver}/{facts.period(t)}"
